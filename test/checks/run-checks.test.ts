import { describe, expect, test } from 'vitest';
import {
  type CandidateCheck,
  CHECKS,
  type Check,
  type CheckSuite,
  type ReplyCheck,
  runChecks,
  SEVERITIES,
  verdictOf,
} from '../../src/checks/index.js';
import { answer, subjectOf } from './subject.js';

const readsReply: ReplyCheck = {
  id: 'reads_reply',
  version: 1,
  severity: 'note',
  description: 'Always fires.',
  reads: 'reply',
  find: ({ finishReason }) => [{ message: `finish reason ${finishReason}` }],
};

const readsCandidate: CandidateCheck = {
  id: 'reads_candidate',
  version: 1,
  severity: 'fail',
  description: 'Fires twice.',
  reads: 'candidate',
  find: ({ candidate }) => [
    { message: candidate, start: 0, end: candidate.length },
    { message: 'mild', severity: 'flag' },
  ],
};

function suiteOf(...checks: Check[]): CheckSuite {
  return checks.map((check) => ({ check, severity: check.severity, thresholds: {} }));
}

describe('runChecks', () => {
  test('gives findings in the order of the checks, with the severity of the check unless the case is milder', () => {
    const findings = runChecks(subjectOf({ raw: answer('Blue.') }), suiteOf(readsReply, readsCandidate));
    expect(findings).toEqual([
      { check: 'reads_reply', severity: 'note', message: 'finish reason stop', start: null, end: null },
      { check: 'reads_candidate', severity: 'fail', message: 'Blue.', start: 0, end: 5 },
      { check: 'reads_candidate', severity: 'flag', message: 'mild', start: null, end: null },
    ]);
  });

  test('leaves out the checks of the candidate when there is none', () => {
    const findings = runChecks(subjectOf({ raw: 'Thin.' }), suiteOf(readsReply, readsCandidate));
    expect(findings.map((finding) => finding.check)).toEqual(['reads_reply']);
  });

  test('finds nothing in a good reply', () => {
    expect(runChecks(subjectOf({ raw: answer('Because the Moon and the Sun pull on the sea.') }))).toEqual(
      [],
    );
  });
});

describe('the list of checks', () => {
  test('has unique ids in snake_case, thresholds in camelCase, versions from 1, and descriptions that are sentences', () => {
    expect(new Set(CHECKS.map((check) => check.id)).size).toBe(CHECKS.length);
    for (const check of CHECKS) {
      expect(check.id).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(check.version).toBeGreaterThanOrEqual(1);
      expect(check.description).toMatch(/^[A-Z].*\.$/);
      expect(check.reads).toMatch(/^[a-z]+$/);
      expect(SEVERITIES).toContain(check.severity);
      for (const [name, threshold] of Object.entries(check.thresholds ?? {})) {
        expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
        expect(threshold.default).toBeTypeOf('number');
        expect(threshold.description).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  test('gets through a megabyte of anything', { tags: 'stress', timeout: 120_000 }, () => {
    for (const piece of [
      ' ',
      '\n',
      '[',
      '[End]\n',
      '```\n',
      ':',
      '- ',
      'a. ',
      'Sorry ',
      '<|',
      '\n\nEnd',
      '{\n',
      'f(x);\n',
      '<div>',
      '```js\n',
      'é',
    ]) {
      const text = piece.repeat(1_000_000 / piece.length);
      const subject = subjectOf({ raw: `x${text}x`, format: 'plain', response: `y${text}` });
      expect(Array.isArray(runChecks(subject))).toBe(true);
    }
  });
});

describe('verdictOf', () => {
  test.each([
    [[], 'pass'],
    [['note', 'note'], 'pass'],
    [['note', 'flag'], 'flag'],
    [['flag', 'fail', 'note'], 'fail'],
  ] as const)('%j is worth %s', (severities, verdict) => {
    expect(verdictOf(severities.map((severity) => ({ severity })))).toBe(verdict);
  });
});
