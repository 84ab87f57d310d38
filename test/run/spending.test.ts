import { describe, expect, test } from 'vitest';
import { addUp, costPerRefined, mayBeCharged, SpendingSum, spendingBy } from '../../src/run/spending.js';
import { type AttemptParts, attemptOf } from '../support/run-parts.js';

const usage = (promptTokens: number, completionTokens: number, cached = 0, reasoning = 0) => ({
  promptTokens,
  completionTokens,
  cachedPromptTokens: cached,
  reasoningTokens: reasoning,
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
      cachedPromptTokens: 0,
      reasoningTokens: 0,
      repliesWithoutUsage: 0,
      costUsd: 0,
    });
  });

  test('is the sum over all attempts, of whatever purpose', () => {
    const attempts: AttemptParts[] = [
      { usage: usage(10, 5, 4, 3), costUsd: 0.25 },
      { usage: usage(1, 2, 1, 1), costUsd: 0.5, purpose: 'retry' },
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
      cachedPromptTokens: 5,
      reasoningTokens: 4,
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
    ['unreachable', 0],
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

describe('a request may have been charged', () => {
  const faultOf = (code: string, status: number | null) => {
    const attempt = attemptOf({ fault: ['transport', code, 'words'] });
    return { ...attempt, error: attempt.error && { ...attempt.error, status } };
  };

  test.each([
    ['a bad gateway', 'server_error', 502, true],
    ['a gateway that did not wait', 'server_error', 504, true],
    ['an empty answer behind a gateway', 'server_error', 520, true],
    ['a slow answer behind a gateway', 'server_error', 524, true],
    ['a server error', 'server_error', 500, false],
    ['a fault in the package of a provider', 'server_error', null, true],
    ['an overloaded server', 'server_error', 503, false],
    ['a rate limit', 'rate_limited', 429, false],
    ['an answer that was withheld', 'content_filter', 200, true],
    ['a prompt that was refused', 'content_filter', 400, false],
    ['a server that was never reached', 'unreachable', null, false],
    ['a broken connection', 'connection', null, true],
  ])('after %s: %s %s: %s', (_, code, status, charged) => {
    expect(mayBeCharged(faultOf(code, status))).toBe(charged);
    expect(addUp([faultOf(code, status)]).maybeCharged).toBe(charged ? 1 : 0);
  });

  test('after a reply whose tokens nobody knows, which is counted apart', () => {
    expect(mayBeCharged(attemptOf())).toBe(true);
    expect(addUp([attemptOf()])).toMatchObject({ maybeCharged: 0, repliesWithoutUsage: 1 });
  });

  test('but not when it is known what it used', () => {
    expect(mayBeCharged(attemptOf({ usage: usage(1, 1) }))).toBe(false);
    expect(mayBeCharged({ ...faultOf('timeout', null), usage: usage(1, 1) })).toBe(false);
  });
});

describe('a sum', () => {
  test('grows attempt by attempt to what all together make', () => {
    const attempts = [{ usage: usage(10, 5), costUsd: 0.25 }, timeout, {}].map(attemptOf);
    const sum = new SpendingSum();
    for (const [index, attempt] of attempts.entries()) {
      sum.add(attempt);
      expect({ ...sum }).toEqual(addUp(attempts.slice(0, index + 1)));
    }
  });

  test('by model or purpose has each attempt once, in the order of their first', () => {
    const attempts = [
      { model: 'b', usage: usage(1, 0), costUsd: 1 },
      { model: 'a', purpose: 'retry' as const, usage: usage(2, 0) },
      { model: 'b', purpose: 'retry' as const, usage: usage(4, 0), costUsd: 2 },
    ].map(attemptOf);
    const tokens = (key: 'model' | 'purpose') =>
      [...spendingBy(attempts, key)].map(([name, spent]) => [name, spent.promptTokens, spent.costUsd]);
    expect(tokens('model')).toEqual([
      ['b', 5, 3],
      ['a', 2, null],
    ]);
    expect(tokens('purpose')).toEqual([
      ['first', 1, 1],
      ['retry', 6, null],
    ]);
  });
});

test.each([
  [6, 3, 2],
  [0, 3, 0],
  [null, 3, null],
  [6, 0, null],
])('a cost of %s for %d refined examples is %s each', (costUsd, refined, each) => {
  expect(costPerRefined(costUsd, refined)).toBe(each);
});
