import { describe, expect, test } from 'vitest';
import { addUp } from '../../src/run/spending.js';
import { type AttemptParts, attemptOf } from '../support/run-parts.js';

const usage = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
  cachedPromptTokens: 0,
  reasoningTokens: 0,
});
const timeout: AttemptParts = { fault: ['transport', 'timeout', 'late'] };

describe('what a run used', () => {
  test('is nothing when nothing was sent', () => {
    expect(addUp([])).toEqual({
      sent: 0,
      faults: 0,
      resent: 0,
      maybeCharged: 0,
      promptTokens: 0,
      completionTokens: 0,
      repliesWithoutUsage: 0,
      costUsd: 0,
    });
  });

  test('is the sum over all attempts, of whatever purpose', () => {
    const attempts: AttemptParts[] = [
      { usage: usage(10, 5), costUsd: 0.25 },
      { usage: usage(1, 2), costUsd: 0.5, purpose: 'retry' },
      { usage: usage(100, 0), costUsd: 0.125, purpose: 'judge' },
      { ...timeout, resend: 1 },
    ];
    expect(addUp(attempts.map(attemptOf))).toEqual({
      sent: 4,
      faults: 1,
      resent: 1,
      maybeCharged: 1,
      promptTokens: 111,
      completionTokens: 7,
      repliesWithoutUsage: 0,
      costUsd: 0.875,
    });
  });

  test.each<[string, AttemptParts[], number | null]>([
    [
      'a fault that no tokens were charged for costs nothing',
      [{ costUsd: 1, usage: usage(1, 1) }, timeout],
      1,
    ],
    ['only such faults cost nothing', [timeout, timeout], 0],
    ['a reply of unknown cost makes the sum unknown', [{ costUsd: null, usage: usage(1, 1) }], null],
    ['a reply without token counts makes the sum unknown', [{ costUsd: null }], null],
    ['a charged fault of unknown cost makes the sum unknown', [{ ...timeout, usage: usage(1, 0) }], null],
    ['a charged fault counts', [{ ...timeout, usage: usage(1, 0), costUsd: 0.5 }], 0.5],
    ['known costs after an unknown one do not make it known', [{}, { costUsd: 1 }, { costUsd: 2 }], null],
    ['an unknown cost after known ones is not forgotten', [{ costUsd: 1 }, {}], null],
    ['a known cost of 0 is 0', [{ costUsd: 0, usage: usage(0, 0) }], 0],
  ])('%s', (_, attempts, costUsd) => {
    expect(addUp(attempts.map(attemptOf)).costUsd).toBe(costUsd);
  });

  test.each([
    ['timeout', 1],
    ['malformed_reply', 1],
    ['connection', 1],
    ['given_up', 1],
    ['rate_limited', 0],
    ['server_error', 0],
  ])('counts a request that ended in %s as maybe charged: %d', (code, count) => {
    expect(addUp([attemptOf({ fault: ['transport', code, 'words'] })]).maybeCharged).toBe(count);
    expect(addUp([attemptOf({ fault: ['transport', code, 'words'], usage: usage(1, 1) })]).maybeCharged).toBe(
      0,
    );
  });

  test('tells how many replies came without token counts', () => {
    expect(addUp([{}, {}, { usage: usage(1, 1) }, timeout].map(attemptOf)).repliesWithoutUsage).toBe(2);
  });
});
