import { describe, expect, test } from 'vitest';
import { spendingData, spendingLines } from '../../src/report/spending.js';
import { addUp } from '../../src/run/spending.js';
import { type AttemptParts, attemptOf } from '../support/run-parts.js';

const usage = (promptTokens: number, completionTokens: number, cached = 0, reasoning = 0) => ({
  promptTokens,
  completionTokens,
  cachedPromptTokens: cached,
  reasoningTokens: reasoning,
});
const FAULT: AttemptParts = { fault: ['transport', 'timeout', 'late'] };
const linesOf = (attempts: AttemptParts[], refined = 0) => spendingLines(attempts.map(attemptOf), refined);

describe('what a run used', () => {
  test('is told in all, by model, by purpose and for each refined example', () => {
    const attempts: AttemptParts[] = [
      { usage: usage(1_200, 400), costUsd: 1 },
      { usage: usage(1_000, 300), costUsd: 0.5, purpose: 'repair' },
      { usage: usage(100_000, 30), costUsd: 0.012, model: 'judge', purpose: 'judge' },
    ];
    expect(linesOf(attempts, 2)).toEqual([
      '                             requests     tokens in   tokens out      cost',
      '  in all                            3       102,200          730     $1.51',
      '  small-model                       2         2,200          700     $1.50',
      '  judge                             1       100,000           30    $0.012',
      '  first                             1         1,200          400     $1.00',
      '  repair                            1         1,000          300     $0.50',
      '  judge                             1       100,000           30    $0.012',
      '  for each of 2 refined examples: $0.76',
    ]);
  });

  test('names cached and reasoning tokens where there are any', () => {
    const lines = linesOf([{ usage: usage(3_000, 400, 2_000, 100), costUsd: 1 }]);
    expect(lines.slice(-2)).toEqual([
      '  tokens in: 2,000 from the cache',
      '  tokens out: 100 of hidden reasoning',
    ]);
    expect(linesOf([{ usage: usage(1, 1), costUsd: 1 }]).at(-1)).toMatch(/^ {2}first /);
  });

  test('is never shown as 0 where it is unknown', () => {
    const [, all, ...rest] = linesOf([{}, {}], 1);
    expect(all).toBe('  in all                            2       unknown      unknown   unknown');
    expect(rest.slice(-2)).toEqual([
      '  for each of 1 refined example: unknown',
      '  unknown or "+": 2 of the replies came without token counts',
    ]);
    const some = linesOf([{ usage: usage(5, 6), costUsd: 1 }, {}])[1];
    expect(some).toBe('  in all                            2            5+           6+   unknown');
  });

  test('tells requests that were maybe charged', () => {
    expect(linesOf([FAULT, FAULT]).at(-1)).toBe('  maybe also charged: 2 requests without an answer');
  });

  test('is nothing when nothing was sent', () => {
    expect(linesOf([])).toEqual(['  nothing was sent yet']);
  });

  test('fits 80 columns, whatever a model is called, and shows nothing that a terminal obeys', () => {
    const model = `\u001b[2J${'name'.repeat(30)}`;
    for (const line of linesOf([{ model, usage: usage(1_234_567_890, 1_234_567_890), costUsd: 12_345.6 }])) {
      expect(line.length, line).toBeLessThanOrEqual(80);
      expect(line).not.toContain('\u001b');
    }
  });

  test('is the same as data', () => {
    const attempts = [{ usage: usage(1, 2), costUsd: 1 }, { model: '__proto__' }].map(attemptOf);
    const { byModel, byPurpose, perRefinedUsd, ...total } = spendingData(attempts, 2);
    expect(total).toEqual(addUp(attempts));
    expect(Object.entries(byModel)).toEqual([
      ['small-model', addUp(attempts.slice(0, 1))],
      ['__proto__', addUp(attempts.slice(1))],
    ]);
    expect(byPurpose).toEqual({ first: addUp(attempts) });
    expect(perRefinedUsd).toBeNull();
    expect(spendingData(attempts.slice(0, 1), 2).perRefinedUsd).toBe(0.5);
  });
});
