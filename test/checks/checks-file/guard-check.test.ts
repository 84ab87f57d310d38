import { describe, expect, test } from 'vitest';
import type { CandidateSubject } from '../../../src/checks/check.js';
import { guardCheck } from '../../../src/checks/checks-file/guard-check.js';
import type { CandidateCheck, ReplyCheck } from '../../../src/checks/index.js';
import { runChecks } from '../../../src/checks/run-checks.js';
import { UserError } from '../../../src/errors.js';
import { answer, subjectOf } from '../subject.js';

const FACTS = { id: 'mine', version: 1, severity: 'flag', description: 'All.' } as const;
const WHERE = '/home/somebody/checks.mjs';

/** What becomes of a check of the candidate `Blue.` that does this. */
function find(does: () => unknown, raw = answer('Blue.')) {
  const check: CandidateCheck = { ...FACTS, reads: 'candidate', find: does as CandidateCheck['find'] };
  return runChecks(subjectOf({ raw }), [
    { check: guardCheck(check, WHERE), severity: 'flag', thresholds: {} },
  ]);
}

function failure(does: () => unknown): UserError {
  try {
    find(does);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  return expect.fail('no UserError');
}

/** A subject as a check sees it that does not keep to the types. */
type Changeable = CandidateSubject & { readonly example: { readonly source: Record<string, unknown> } };

describe('a guarded check', () => {
  test.each([
    ['nothing', []],
    ['the whole', [{ message: 'All of it.' }]],
    ['a span', [{ message: 'This.', start: 0, end: 5 }]],
    ['a place', [{ message: 'Here.', start: 5, end: 5 }]],
    ['a milder case', [{ message: 'Mild.', severity: 'note' }]],
    ['offsets that are not there', [{ message: 'All.', start: undefined, end: undefined }]],
  ])('may find %s', (_, found) => {
    expect(find(() => found)).toMatchObject(found.map(({ message }) => ({ check: 'mine', message })));
  });

  test('keeps what is known of the check', () => {
    const thresholds = { least: { default: 1, description: 'The least.' } };
    const check: ReplyCheck = { ...FACTS, thresholds, reads: 'reply', find: () => [] };
    expect(guardCheck(check, WHERE)).toEqual({ ...check, find: expect.any(Function) });
    const { thresholds: _, ...without } = check;
    expect(guardCheck(without, WHERE)).toEqual({ ...without, find: expect.any(Function) });
  });

  test('gets what an unguarded one gets', () => {
    const check: ReplyCheck<'least'> = {
      ...FACTS,
      reads: 'reply',
      find: ({ finishReason }, { least }) => [{ message: `${finishReason} ${least}` }],
    };
    const suite = [{ check: guardCheck(check, WHERE), severity: 'flag', thresholds: { least: 4 } }] as const;
    expect(runChecks(subjectOf({ raw: 'x' }), suite)).toMatchObject([{ message: 'stop 4' }]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['no list', () => undefined, /expected array/],
    ['a promise', async () => [], /expected array/],
    ['no message', () => [{ start: 0, end: 1 }], /0\.message/],
    ['a blank message', () => [{ message: ' \n' }], /0\.message: blank/],
    ['a severity that is none', () => [{ message: 'A.', severity: 'off' }], /0\.severity/],
    ['half a span', () => [{ message: 'A.', start: 1 }], /from 1 to undefined/],
    ['a span that ends before it begins', () => [{ message: 'A.', start: 3, end: 2 }], /from 3 to 2/],
    ['a span behind the text', () => [{ message: 'A.', start: 3, end: 6 }], /from 3 to 6, in a text of 5/],
    ['a span before the text', () => [{ message: 'A.', start: -1, end: 2 }], /0\.start/],
    ['half an offset', () => [{ message: 'A.', start: 0.5, end: 2 }], /0\.start/],
    ['something else in the second place', () => [{ message: 'A.' }, 'B'], /^1: /],
  ])('that returns %s stops, and says so', (_, does, found) => {
    const { code, message, facts } = failure(does);
    expect([code, message]).toEqual(['config', 'The check mine returned what is no list of observations.']);
    expect(facts.where).toBe(`${WHERE}, check mine, example 7`);
    expect(facts.found).toMatch(found);
    expect(facts.expected).toContain('message');
  });

  test('that gives a span where there is no text stops', () => {
    const check: ReplyCheck = { ...FACTS, reads: 'reply', find: () => [{ message: 'A.', start: 0, end: 0 }] };
    const suite = [{ check: guardCheck(check, WHERE), severity: 'flag', thresholds: {} }] as const;
    expect(() => runChecks(subjectOf({ raw: 'no marker' }), suite)).toThrow(UserError);
  });

  test.each<[string, unknown, string]>([
    ['an error', new RangeError('too far\nby much'), 'RangeError: too far'],
    ['an error without a stack', Object.assign(new Error('bare'), { stack: undefined }), 'Error: bare'],
    ['a text', 'no', "'no'"],
    ['nothing', undefined, 'undefined'],
    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
  ])('that throws %s stops, and says so', (_, thrown, found) => {
    const error = failure(() => {
      throw thrown;
    });
    expect(error).toMatchObject({ code: 'config', message: 'The check mine failed.', cause: thrown });
    expect(error.facts).toMatchObject({ where: `${WHERE}, check mine, example 7`, found });
    expect(error.facts.hint).toContain('saved');
  });

  test.each<[string, (subject: Changeable) => void]>([
    ['the response', ({ example }) => Object.assign(example, { response: 'Red.' })],
    ['the row', ({ example }) => Object.assign(example.source, { output: 'Red.' })],
    ['a list in the row', ({ example }) => (example.source.tags as string[]).push('red')],
    ['what was read out of the reply', ({ parsed }) => Object.assign(parsed, { candidate: 'Red.' })],
    ['a view', (subject) => Object.assign(subject, { refined: null })],
  ])('cannot change %s', (_, change) => {
    const subject = subjectOf({ raw: answer('Blue.') });
    const example = { ...subject.example, source: { output: 'Blue.', tags: ['blue'] } };
    const mine: CandidateCheck = {
      ...FACTS,
      reads: 'candidate',
      find: (given) => {
        change(given as Changeable);
        return [];
      },
    };
    const suite = [{ check: guardCheck(mine, WHERE), severity: 'flag', thresholds: {} }] as const;
    expect(() => runChecks({ ...subject, example }, suite)).toThrow('The check mine failed.');
    expect(example).toMatchObject({ ...subject.example, source: { output: 'Blue.', tags: ['blue'] } });
    expect(subject.parsed.candidate).toBe('Blue.');
  });

  test('still sees the parts of a text, though nobody looked at them before', () => {
    const check: CandidateCheck = {
      ...FACTS,
      reads: 'candidate',
      find: ({ refined }) => [{ message: `${refined.wordCount} ${refined.lines.length}` }],
    };
    const suite = [{ check: guardCheck(check, WHERE), severity: 'flag', thresholds: {} }] as const;
    expect(runChecks(subjectOf({ raw: answer('Blue.') }), suite)).toMatchObject([{ message: '1 1' }]);
  });
});
