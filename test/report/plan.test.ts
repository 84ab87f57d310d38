import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/conduct/plan.js';
import { planData, planLines } from '../../src/report/plan.js';

const PLAN: Plan = {
  estimate: {
    examples: 980,
    promptTokens: 812_345,
    completionTokens: 402_000,
    costUsd: 0.363,
    mostUsd: 2.53,
    basis: 'responses',
  },
  judging: null,
  repairs: {
    due: { examples: 0, promptTokens: 0, completionTokens: 0, costUsd: 0, mostUsd: 0 },
    most: 0,
  },
  settled: 20,
  later: 0,
  counter: { encoding: 'o200k', exact: true },
  maxTokens: 4096,
  price: { inputUsdPerMTok: 0.15, outputUsdPerMTok: 0.6, cachedInputUsdPerMTok: 0.075, asOf: '2026-03-21' },
  batch: false,
  timeMs: 725_000,
  budgetUsd: null,
  budgetTokens: null,
};

const lineOf = (plan: Partial<Plan>, label: string): string[] =>
  planLines({ ...PLAN, ...plan }).filter((line) => line.startsWith(`${label}:`));

describe('the plan', () => {
  test('tells what will be asked, used, paid, and how long it takes', () => {
    expect(planLines(PLAN)).toEqual([
      'examples:  980 to ask; 20 answered before',
      'in:        812,345 tokens (counted as o200k)',
      'out:       about 402,000 tokens (from the lengths of the responses)',
      'cost:      about $0.36; without re-sendings at most $2.53',
      '           (if all completions had 4,096 tokens)',
      'price:     $0.15 in, $0.60 out per million (the list of 2026-03-21)',
      'time:      about 12m 05s',
    ]);
  });

  test('tells what is left for later, and nothing of what does not occur', () => {
    expect(lineOf({ settled: 0, later: 7 }, 'examples')).toEqual(['examples:  980 to ask; 7 left for later']);
    expect(lineOf({ settled: 0 }, 'examples')).toEqual(['examples:  980 to ask']);
  });

  test('tells what judging adds, also to what the budget must hold', () => {
    const tokens = { promptTokens: 2_400_000, completionTokens: 784_000 };
    const judging = { model: 'gpt-4o', requests: 1960, ...tokens, costUsd: 1.2 };
    const lines = planLines({ ...PLAN, judging, budgetUsd: { limit: 2, left: 1.5 } });
    expect(lines.slice(6)).toEqual([
      'judging:   up to 1,960 requests to gpt-4o, in both orders:',
      '           about 2,400,000 tokens in, 784,000 out, cost about $1.20',
      'time:      about 12m 05s',
      'budget:    $2.00, of which $1.50 left; too little: some stay pending',
    ]);
    const unpriced = planLines({ ...PLAN, judging: { ...judging, costUsd: null } });
    expect(unpriced[7]).toBe('           about 2,400,000 tokens in, 784,000 out, cost unknown');
    const budgetTokens = { limit: 4_000_000, left: 4_000_000 };
    expect(lineOf({ judging, budgetTokens }, 'budget')[0]).toContain('too little');
    expect(lineOf({ budgetTokens }, 'budget')[0]).not.toContain('too little');
  });

  test('says where counts are not exact', () => {
    const about = ['in:        about 812,345 tokens (counted as o200k)'];
    expect(lineOf({ counter: { encoding: 'o200k', exact: false } }, 'in')).toEqual(about);
    const estimate = { ...PLAN.estimate, basis: 'replies so far' as const };
    expect(lineOf({ estimate }, 'in')).toEqual(about);
    expect(lineOf({ estimate }, 'out')).toEqual([
      "out:       about 402,000 tokens (from this run's replies so far)",
    ]);
  });

  const due = { examples: 7, promptTokens: 9_000, completionTokens: 4_321, costUsd: 0.02, mostUsd: 0.1 };

  test.each<[string, Partial<Plan>, string[]]>([
    [
      'may come',
      { repairs: { due: PLAN.repairs.due, most: 1 } },
      ['repairs:   on top, up to 1 request for each reply that fails its checks'],
    ],
    [
      'are due, each once',
      { repairs: { due, most: 1 }, estimate: { ...PLAN.estimate, examples: 0 } },
      ['repairs:   7 due, on top: about 9K tokens in, 4.32K out, $0.020'],
    ],
    [
      'are due, and may be due again',
      { repairs: { due, most: 2 }, estimate: { ...PLAN.estimate, examples: 0 } },
      [
        'repairs:   7 due, on top: about 9K tokens in, 4.32K out, $0.020',
        'repairs:   on top, up to 2 requests for each reply that fails its checks',
      ],
    ],
    [
      'are due, more may come, and their price is unknown',
      { repairs: { due: { ...due, costUsd: null }, most: 2 }, price: null },
      [
        'repairs:   7 due, on top: about 9K tokens in, 4.32K out',
        'repairs:   on top, up to 2 requests for each reply that fails its checks',
      ],
    ],
    ['were turned off', {}, []],
  ])('tells of repairs that %s', (_, plan, lines) => {
    expect(lineOf(plan, 'repairs')).toEqual(lines);
  });

  test('counts repairs that are due in what a budget has to bear', () => {
    const budgets = { budgetUsd: { limit: 5, left: 0.37 }, budgetTokens: { limit: 2e6, left: 1_214_345 } };
    expect(lineOf(budgets, 'budget').join()).not.toContain('too little');
    for (const line of lineOf({ ...budgets, repairs: { due, most: 1 } }, 'budget')) {
      expect(line).toContain('too little');
    }
  });

  test('shows an unknown price and an unknown time as such', () => {
    const estimate = { ...PLAN.estimate, costUsd: null, mostUsd: null };
    expect(planLines({ ...PLAN, estimate, price: null, timeMs: null }).slice(3)).toEqual([
      'cost:      unknown: give --price-in and --price-out',
      'time:      unknown',
    ]);
  });

  test.each<[string, Partial<Plan>, string]>([
    [
      'the user’s own',
      { price: { inputUsdPerMTok: 0, outputUsdPerMTok: 0.125, asOf: null } },
      '$0.00 in, $0.125 out per million (the price you gave)',
    ],
    [
      'half of the list’s',
      { price: { inputUsdPerMTok: 0.003_625, outputUsdPerMTok: 180, asOf: '2026-03-21' }, batch: true },
      '$0.003625 in, $180.00 out per million (half the list of 2026-03-21)',
    ],
  ])('shows all digits of a price: %s', (_, plan, text) => {
    expect(lineOf(plan, 'price')).toEqual([`price:     ${text}`]);
  });

  test.each<[string, Partial<Plan>, string]>([
    ['that is enough', { budgetUsd: { limit: 5, left: 4.2 } }, '$5.00, of which $4.20 left'],
    [
      'that is too little',
      { budgetUsd: { limit: 5, left: 0.1 } },
      '$5.00, of which $0.10 left; too little: some stay pending',
    ],
    [
      'of which nobody knows the rest',
      { budgetUsd: { limit: 5, left: null } },
      '$5.00, of which unknown left',
    ],
    [
      'in tokens',
      { budgetTokens: { limit: 2_000_000, left: 1_214_345 } },
      '2,000,000 tokens, of which 1,214,345 tokens left',
    ],
    [
      'in tokens that is too little',
      { budgetTokens: { limit: 2_000_000, left: 1_214_344 } },
      '2,000,000 tokens, of which 1,214,344 tokens left; too little: some stay pending',
    ],
  ])('tells a budget %s', (_, plan, text) => {
    expect(lineOf(plan, 'budget')).toEqual([`budget:    ${text}`]);
  });

  test('fits 80 columns', () => {
    const large: Plan = {
      ...PLAN,
      repairs: {
        due: {
          ...{ examples: 99_999, promptTokens: 99_999_999, completionTokens: 9_999_999 },
          ...{ costUsd: 99_999, mostUsd: 99_999 },
        },
        most: 99,
      },
      estimate: {
        ...PLAN.estimate,
        examples: 999_999,
        promptTokens: 99_999_999_999,
        costUsd: 999_999,
        mostUsd: 9_999_999,
      },
      later: 999_999,
      settled: 999_999,
      counter: { encoding: 'cl100k', exact: false },
      price: { inputUsdPerMTok: 30.125, outputUsdPerMTok: 180.125, asOf: '2026-03-21' },
      batch: true,
      budgetUsd: { limit: 99_999, left: 9_999 },
    };
    for (const line of planLines(large)) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('is the same as data, with unknowns as null', () => {
    expect(planData({ ...PLAN, timeMs: null })).toEqual({
      ...PLAN.estimate,
      judging: null,
      encoding: 'o200k',
      exact: true,
      repairs: PLAN.repairs,
      settled: 20,
      later: 0,
      maxTokens: 4096,
      price: PLAN.price,
      batch: false,
      timeMs: null,
      budgetUsd: null,
      budgetTokens: null,
    });
  });
});
