import { describe, expect, test } from 'vitest';
import { groupByExample, lastReplyOfSessions } from '../../src/run/given-up.js';
import { judgeAnswers } from '../../src/run/judge-answers.js';
import { type AttemptParts, attemptOf } from '../support/run-parts.js';

const FIRST = { attempt: 1, order: 'original-first' } as const;
const SECOND = { attempt: 1, order: 'refined-first' } as const;

/** What came of judging example 0; the attempts are numbered, of session `j`, and the judge's, unless they say otherwise. */
function answersOf(...attempts: readonly AttemptParts[]): [number, unknown[]][] {
  const all = attempts.map((parts, index) =>
    attemptOf({ attempt: index + 1, session: 'j', purpose: 'judge', ...parts }),
  );
  const own = groupByExample(all).get('0') ?? [];
  return [...judgeAnswers(own, lastReplyOfSessions(all))];
}

const said = (content: string, order: 'original-first' | 'refined-first' = 'original-first') => ({
  ...{ order, content, refusal: '' },
});
/** Another example's, which the judge did answer. */
const elsewhere: AttemptParts = { example: '1', judged: FIRST, raw: 'x' };

describe('an answer is', () => {
  test('the reply, by the attempt that it is about and its order', () => {
    const other = { attempt: 2, order: 'original-first' } as const;
    expect(
      answersOf({ judged: FIRST, raw: 'a' }, { judged: SECOND, raw: 'b' }, { judged: other, raw: 'c' }),
    ).toEqual([
      [1, [said('a'), said('b', 'refined-first')]],
      [2, [said('c')]],
    ]);
  });

  test('the latest reply, where there are several', () => {
    expect(answersOf({ judged: FIRST, raw: 'a' }, { judged: FIRST, raw: 'b' })).toEqual([[1, [said('b')]]]);
  });

  test('the reply that came before a fault, or after one', () => {
    const fault: AttemptParts = { judged: FIRST, fault: ['example', 'bad_request', 'no'] };
    const reply: AttemptParts = { judged: FIRST, raw: 'a' };
    expect(answersOf(fault, reply)).toEqual([[1, [said('a')]]]);
    expect(answersOf(reply, fault)).toEqual([[1, [said('a')]]]);
  });

  test('a refusal, when the judge answered others in the same call', () => {
    const refused: AttemptParts = { judged: FIRST, fault: ['example', 'content_filter', 'not this'] };
    const refusal = 'refused by the server: content_filter: not this';
    expect(answersOf(elsewhere, refused)).toEqual([
      [1, [{ order: 'original-first', content: null, refusal }]],
    ]);
  });

  test('that no reply came, when it ran out of re-sendings while others were answered', () => {
    const late = (resend: number): AttemptParts => ({
      ...{ judged: FIRST, resend, resendsLeft: 1 - resend },
      fault: ['transport', 'timeout', 'late'],
    });
    const refusal = 'no reply after 2 sendings: timeout: late';
    expect(answersOf(late(0), elsewhere, late(1))).toEqual([
      [1, [{ order: 'original-first', content: null, refusal }]],
    ]);
    expect(answersOf(elsewhere, late(0), late(1))).toEqual([]);
  });
});

describe('nothing came yet', () => {
  test.each<[string, AttemptParts[]]>([
    [
      'of attempts that judge nothing',
      [
        { purpose: 'first', raw: 'a' },
        { purpose: 'retry', raw: 'b' },
      ],
    ],
    [
      'when the judge refused, and answered nobody',
      [{ judged: FIRST, fault: ['example', 'bad_request', 'no'] }],
    ],
    [
      'when it refused in a call in which it answered nobody, though it did in another',
      [
        { ...elsewhere, session: 'k' },
        { judged: FIRST, fault: ['example', 'bad_request', 'no'] },
      ],
    ],
    [
      'after a rate limit',
      [elsewhere, { judged: FIRST, resendsLeft: 0, fault: ['transport', 'rate_limited', 'no'] }],
    ],
    [
      'when it was given up by the user',
      [elsewhere, { judged: FIRST, resendsLeft: 0, fault: ['transport', 'given_up', 'no'] }],
    ],
    ['when the key was wrong', [elsewhere, { judged: FIRST, fault: ['run', 'unauthorized', 'no'] }]],
    [
      'while it may be sent again',
      [elsewhere, { judged: FIRST, resendsLeft: 1, fault: ['transport', 'timeout', 'no'] }],
    ],
  ])('%s', (_, attempts) => {
    expect(answersOf(...attempts)).toEqual([]);
  });
});
