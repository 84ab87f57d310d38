import { describe, expect, test } from 'vitest';
import { checkLines, outcomeLines, reasonLines, spendingLine } from '../../src/report/summary.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer, attemptOf } from '../support/run-parts.js';

const of = (example: number, raw: string): AttemptParts => ({ example: String(example), raw });
/** refined, kept (flag), kept (fail), pending, refined with a note. */
const LEDGER = ledgerWith(5, [
  of(0, answer('Better.')),
  of(1, answer('Original 1.')),
  of(2, 'A critique.'),
  of(4, `${answer('Better.')}Bye.`),
]);

describe('outcomeLines', () => {
  test('counts the outcomes that occurred, and says what they mean', () => {
    expect(outcomeLines(LEDGER)).toEqual([
      '  refined        2   the refined response',
      '  kept           2   the original response',
      '  pending        1   not answered yet',
    ]);
    expect(outcomeLines([])).toEqual([]);
  });

  test('tells dropped from blocked', () => {
    const ledger = ledgerWith(2, [of(0, answer('Original 0.')), of(1, 'A critique.')], [], {
      onFlag: 'drop',
      onFail: 'block',
    });
    expect(outcomeLines(ledger)).toEqual([
      '  dropped        1   left out',
      '  blocked        1   left out until somebody looks',
    ]);
  });
});

describe('checkLines', () => {
  test('counts examples, not findings, most first, then by name', () => {
    const ledger = ledgerWith(4, [
      of(0, answer('Original 0.')),
      of(1, answer('Original 1.')),
      of(2, 'A critique.'),
      of(3, `${answer('One.')}${answer('Original 3.')}`),
    ]);
    expect(checkLines(ledger)).toEqual([
      '      3  unchanged          flag',
      '      1  no_answer          fail',
      '      1  several_answers    flag',
    ]);
  });

  test('leaves out attempts that do not count, and examples without a reply', () => {
    const ledger = ledgerWith(2, [of(0, 'A critique.'), { ...of(0, answer('Better.')), attempt: 2 }]);
    expect(checkLines(ledger)).toEqual([]);
  });
});

describe('reasonLines', () => {
  test('lists what did not end as refined, with the reason', () => {
    expect(reasonLines(LEDGER, 80, 10)).toEqual([
      '   1  kept     unchanged: The text is the same as the original response.',
      '   2  kept     no_answer: The reply has no [Better Answer] marker.',
    ]);
  });

  test('lists no more than it is told to, and says how many there are', () => {
    expect(reasonLines(LEDGER, 80, 1)).toEqual([
      '   1  kept     unchanged: The text is the same as the original response.',
      '  ... and 1 more',
    ]);
  });

  test('fits the screen, and shows nothing that a terminal obeys', () => {
    const fault = ['example', 'bad_request', `\u001b[2J${'long words '.repeat(20)}`] as const;
    const lines = reasonLines(ledgerWith(1, [{ fault }]), 60, 10);
    expect(lines).toEqual([expect.stringMatching(/^ {3}0 {2}kept {5}refused by the server.*\\x1b\[2J.*…$/)]);
    expect(lines[0]?.length).toBeLessThanOrEqual(60);
  });
});

describe('spendingLine', () => {
  const usage = { promptTokens: 1200, completionTokens: 34, cachedPromptTokens: 0, reasoningTokens: 0 };

  test('tells requests, tokens and cost', () => {
    const attempts = [attemptOf({ usage, costUsd: 0.5 }), attemptOf({ usage, costUsd: 0.75 })];
    const line = spendingLine({ attempts });
    expect(line).toContain('2 requests');
    expect(line).toContain('2,400 tokens in, 68 out');
    expect(line).toContain('cost $1.25');
  });

  test('never shows an unknown cost as 0', () => {
    expect(spendingLine({ attempts: [attemptOf({ usage })] })).toContain('cost unknown');
    expect(spendingLine({ attempts: [attemptOf()] })).toContain('token counts missing for 1');
    expect(spendingLine({ attempts: [] })).toContain('cost $0.00');
  });

  test('tells how many requests brought nothing', () => {
    const fault = ['transport', 'timeout', 'late'] as const;
    const line = spendingLine({ attempts: [attemptOf(), attemptOf({ fault }), attemptOf({ fault })] });
    expect(line).toMatch(/^3 requests.*2 without a reply/);
  });
});
