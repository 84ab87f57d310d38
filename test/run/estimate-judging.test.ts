import { describe, expect, test } from 'vitest';
import { loadJudgePrompt } from '../../src/prompt/load-prompt.js';
import { estimateJudging, type JudgingSource } from '../../src/run/estimate-judging.js';
import { openQuestions } from '../../src/run/judge-rounds.js';
import { drawUpLedger } from '../../src/run/ledger.js';
import { attemptOf, someExamples } from '../support/run-parts.js';

const PRICE = { inputUsdPerMTok: 1000, outputUsdPerMTok: 10_000 };
const NOTHING: JudgingSource = { prompt: await loadJudgePrompt(), price: PRICE, expected: [], open: [] };
const expected = someExamples(2);

describe('what judging will use', () => {
  test('is nothing, when there is nothing to judge', () => {
    const nothing = { requests: 0, promptTokens: 0, completionTokens: 0, costUsd: 0 };
    expect(estimateJudging(NOTHING)).toEqual(nothing);
  });

  test('is twice what one question takes, for each reply that is still to come', () => {
    const one = estimateJudging({ ...NOTHING, expected: expected.slice(0, 1) });
    expect(one.requests).toBe(2);
    expect(one.promptTokens).toBeGreaterThan(2 * 500);
    expect(one.costUsd).toBeCloseTo(one.promptTokens * 0.001 + one.completionTokens * 0.01);
    const two = estimateJudging({ ...NOTHING, expected });
    expect(two).toMatchObject({ requests: 4, completionTokens: 2 * one.completionTokens });
  });

  test('is once that, where only the second question is open', () => {
    const source = { selection: expected, attempts: [attemptOf()], decisions: new Map() };
    const ledger = drawUpLedger(source, { onFlag: 'keep', onFail: 'keep' }, () => 'better-answer');
    const open = openQuestions(ledger, false);
    const both = estimateJudging({ ...NOTHING, open });
    const second = open.map((question) => ({ ...question, order: 'refined-first' as const }));
    const one = estimateJudging({ ...NOTHING, open: second });
    expect([both.requests, one.requests]).toEqual([2, 1]);
    expect(both.promptTokens).toBe(2 * one.promptTokens);
    expect(both.costUsd).toBeCloseTo(2 * (one.costUsd ?? 0));
  });

  test('costs nobody knows what, when the price is unknown', () => {
    expect(estimateJudging({ ...NOTHING, price: null, expected })).toMatchObject({
      requests: 4,
      costUsd: null,
    });
  });
});
