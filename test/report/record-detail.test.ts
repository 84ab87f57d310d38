import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { recordDetailSchema } from '../../src/report/record-data.js';
import { recordDetail } from '../../src/report/record-detail.js';
import { recordRow, shortened } from '../../src/report/record-row.js';
import { runOverviewSchema } from '../../src/report/run-data.js';
import { runOverview } from '../../src/report/run-overview.js';
import type { Attempt } from '../../src/run/attempt.js';
import { decisionsInForce } from '../../src/run/decision.js';
import { drawUpLedger, type LedgerEntry } from '../../src/run/ledger.js';
import {
  answer,
  attemptOf,
  type DecisionParts,
  decisionOf,
  exampleOf,
  manifestOf,
} from '../support/run-parts.js';

const ORIGINAL = 'Bees make honey in the hive.';
const REFINED = 'Bees make honey, and they keep it in the hive for winter.';

const FIRST = attemptOf({ raw: answer(ORIGINAL), costUsd: 0.01 });
const REPAIR = attemptOf({
  ...{ attempt: 2, purpose: 'repair', raw: answer(REFINED), costUsd: 0.02 },
  usage: { promptTokens: 10, completionTokens: 5, cachedPromptTokens: 0, reasoningTokens: 0 },
});
const FAULT = attemptOf({ attempt: 3, purpose: 'retry', fault: ['transport', 'timeout', 'too slow'] });

function entryOf(attempts: readonly Attempt[], decisions: readonly DecisionParts[] = []): LedgerEntry {
  const instruction = `What do\n  bees do? ${'Tell me all. '.repeat(30)}`;
  const example = exampleOf(JSON.stringify({ instruction, output: ORIGINAL }));
  const source = {
    selection: [example],
    attempts,
    decisions: decisionsInForce(decisions.map(decisionOf)),
  };
  const [entry] = drawUpLedger(source, { onFlag: 'keep', onFail: 'keep' }, () => 'better-answer');
  if (entry === undefined) throw new Error('There is no entry.');
  return entry;
}

function detailOf(attempts: readonly Attempt[], decisions: readonly DecisionParts[] = []) {
  const detail = recordDetail(entryOf(attempts, decisions), 7, attempts, DEFAULT_SUITE);
  return recordDetailSchema.parse(detail);
}

describe('an excerpt', () => {
  test.each([
    ['a text that fits', 'Say  this\n now.', 'Say this now.'],
    ['one that fits exactly', 'x'.repeat(20), 'x'.repeat(20)],
    ['one that is too long', 'One two three four five six.', 'One two three four…'],
    ['words far apart', `One${' '.repeat(500)}two three four five six`, 'One two three four…'],
    ['characters of two units, none cut in half', '😀'.repeat(30), `${'😀'.repeat(19)}…`],
    ['as many of them as there is room', `a${'😀'.repeat(19)}`, `a${'😀'.repeat(19)}`],
    ['nothing', ' \n ', ''],
  ])('of %s', (_, text, line) => {
    expect(shortened(text, 20)).toBe(line);
  });

  test('of a text as long as a book takes no longer', () => {
    expect(shortened('x '.repeat(500_000), 20)).toBe(`${'x '.repeat(9)}x…`);
  });
});

describe('a record', () => {
  test('shows the attempt that counts, and all others', () => {
    const detail = detailOf([FIRST, REPAIR, FAULT]);
    expect(detail).toMatchObject({
      ...{ original: ORIGINAL, refined: REFINED, exported: REFINED, chosen: 2, decision: null },
      row: {
        place: 7,
        outcome: 'refined',
        verdict: 'pass',
        requests: 3,
        words: { original: 6, refined: 12 },
      },
    });
    expect(detail.row.costUsd).toBeCloseTo(0.03);
    expect(detail.row.changed).toBeGreaterThan(0);
    // Three words of six and twelve stand in both in the same order, as the difference is shown.
    expect(detail.similarity).toBeCloseTo(6 / 18);
    expect(detail.attempts).toMatchObject([
      {
        attempt: 1,
        purpose: 'first',
        candidate: ORIGINAL,
        verdict: 'flag',
        findings: [{ check: 'unchanged' }],
      },
      { attempt: 2, purpose: 'repair', candidate: REFINED, critique: 'Thin.', usage: { promptTokens: 10 } },
      { attempt: 3, reply: null, candidate: null, verdict: null, error: { code: 'timeout' }, findings: [] },
    ]);
  });

  test('that was edited shows that text, and what the checks say of it', () => {
    const detail = detailOf([REPAIR], [{ example: '0', action: 'edit', text: ORIGINAL }]);
    expect(detail).toMatchObject({
      ...{ refined: ORIGINAL, exported: ORIGINAL, similarity: 1 },
      decision: { action: 'edit', text: ORIGINAL, attempt: null },
      findings: [{ check: 'unchanged', severity: 'flag' }],
      row: { changed: 0, decision: 'edit' },
    });
  });

  test('that was not answered has neither text nor verdict', () => {
    expect(detailOf([])).toMatchObject({
      ...{ refined: null, exported: null, similarity: null, chosen: null, findings: [], attempts: [] },
      row: { outcome: 'pending', verdict: null, changed: null, words: { refined: null }, costUsd: 0 },
    });
  });

  test('has the beginning of its instruction on one line', () => {
    const { instruction } = detailOf([]).row;
    expect(instruction.startsWith('What do bees do? Tell me all.')).toBe(true);
    expect(instruction.endsWith('…')).toBe(true);
    expect([...instruction].length).toBeLessThanOrEqual(160);
  });

  test('names the checks that found something, the worst first', () => {
    const entry = entryOf([FIRST]);
    const of = (check: string, severity: 'fail' | 'flag' | 'note') => ({
      ...{ check, severity, message: '', start: null, end: null },
    });
    const findings = [of('b', 'note'), of('c', 'flag'), of('a', 'fail'), of('b', 'flag')];
    expect(recordRow(entry, 0, [], findings).checks).toEqual(['a', 'c', 'b']);
  });
});

test('an overview counts what the records show', () => {
  const attempts = [FIRST, REPAIR, FAULT];
  const entry = entryOf(attempts, [{ example: '0', action: 'accept', attempt: 1 }]);
  const overview = runOverviewSchema.parse(
    runOverview({
      run: 'bees',
      manifest: { v: 1, ...manifestOf(1) },
      attempts,
      ledger: [entry],
      rows: [recordRow(entry, 0, attempts, [])],
      suite: DEFAULT_SUITE,
    }),
  );
  expect(overview).toMatchObject({
    ...{ run: 'bees', dataset: 'sample.json', selected: 1 },
    outcomes: { refined: 1, kept: 0, dropped: 0, blocked: 0, pending: 0 },
    verdicts: { flag: 1, pass: 0, fail: 0 },
    decisions: { accept: 1, reject: 0, edit: 0 },
    checks: [{ check: 'unchanged', examples: { fail: 0, flag: 1, note: 0 } }],
    spending: {
      sent: 3,
      faults: 1,
      byPurpose: { first: { sent: 1 }, repair: { sent: 1 }, retry: { sent: 1 } },
    },
  });
  expect(overview.lengths.series.map(({ counts }) => counts.reduce((sum, count) => sum + count))).toEqual([
    1, 1,
  ]);
});
