import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import type { LedgerEntry } from '../../src/run/ledger.js';
import {
  dueForRepair,
  type Repairing,
  type RepairPolicy,
  repairTask,
  resamplingTemperature,
} from '../../src/run/repair.js';
import { ledgerWith } from '../support/entries.js';
import { REPAIR_PROMPT } from '../support/repair-prompt.js';
import { type AttemptParts, answer, type DecisionParts, PROMPT } from '../support/run-parts.js';

const HOW: Repairing = {
  suite: DEFAULT_SUITE,
  prompt: REPAIR_PROMPT,
  again: { prompt: PROMPT, temperature: 0.5, maxTokens: 64 },
};

const ONCE: RepairPolicy = { repair: 1, repairFlagged: false };
const FAIL: AttemptParts = { raw: 'A critique, and nothing else.' };
const FLAG: AttemptParts = { raw: answer('Original 0.') };
const PASS: AttemptParts = { raw: answer('Better.') };
const failedRepair: AttemptParts = { ...FAIL, purpose: 'repair' };
const refused: AttemptParts = { fault: ['example', 'content_filter', 'not this'] };

function ledgerOf(
  attempts: readonly AttemptParts[],
  decisions: readonly DecisionParts[] = [],
): LedgerEntry[] {
  return ledgerWith(
    1,
    attempts.map((parts, index) => ({ attempt: index + 1, ...parts })),
    decisions,
  );
}

function entryOf(attempts: readonly AttemptParts[]): LedgerEntry {
  const [entry] = ledgerOf(attempts);
  if (entry === undefined) throw new Error('There is no entry.');
  return entry;
}

describe('what is to be repaired', () => {
  test.each<[string, readonly AttemptParts[], Partial<RepairPolicy>]>([
    ['a reply that fails', [FAIL], {}],
    ['a reply that fails, as often as it is wanted', [FAIL, failedRepair], { repair: 2 }],
    ['also when others failed beside it', [FAIL, { ...FAIL, purpose: 'retry' }], {}],
    ['also when a repair of it was refused', [FAIL, { ...refused, purpose: 'repair' }], { repair: 2 }],
    ['a flagged reply where that is wanted', [FLAG], { repairFlagged: true }],
    [
      'a repair that is flagged, too',
      [FAIL, { ...FLAG, purpose: 'repair' }],
      { repair: 2, repairFlagged: true },
    ],
    [
      'one whose repair met an outage',
      [FAIL, { purpose: 'repair', fault: ['transport', 'timeout', 'late'], resendsLeft: 0, session: 's2' }],
      {},
    ],
  ])('%s', (_, attempts, policy) => {
    const ledger = ledgerOf(attempts);
    expect(dueForRepair(ledger, { ...ONCE, ...policy })).toEqual(ledger);
  });

  test.each<[string, readonly AttemptParts[], Partial<RepairPolicy>]>([
    ['nothing when it is turned off', [FAIL], { repair: 0 }],
    ['not what was never asked', [], {}],
    ['not what is still to be asked', [{ fault: ['transport', 'timeout', 'late'], resendsLeft: 0 }], {}],
    ['not what the server refused for good', [refused], {}],
    ['not a reply that passes', [PASS], { repairFlagged: true }],
    ['not a flagged reply unless that is wanted', [FLAG], {}],
    ['not what was repaired', [FAIL, { ...PASS, purpose: 'repair' }], { repair: 9 }],
    ['not what was retried with success', [FAIL, { ...PASS, purpose: 'retry' }], {}],
    ['not what was tried often enough', [FAIL, failedRepair], {}],
    ['not for ever where repairs are refused', [FAIL, { ...refused, purpose: 'repair' }], {}],
  ])('%s', (_, attempts, policy) => {
    expect(dueForRepair(ledgerOf(attempts), { ...ONCE, ...policy })).toEqual([]);
  });

  test.each<DecisionParts>([
    { example: '0', action: 'accept', attempt: 1 },
    { example: '0', action: 'reject' },
    { example: '0', action: 'edit', text: 'Mine.' },
  ])('not what a person decided: $action', (decision) => {
    expect(dueForRepair(ledgerOf([FAIL], [decision]), ONCE)).toEqual([]);
  });
});

describe('the first repair', () => {
  const messageFor = (...attempts: readonly AttemptParts[]) =>
    repairTask(entryOf(attempts), HOW).messages().at(-1)?.content;

  test('is asked with the prompt for repairs, sampled as the run is', () => {
    expect(repairTask(entryOf([FAIL]), HOW)).toMatchObject({
      ...{ purpose: 'repair', prompt: REPAIR_PROMPT.hash, temperature: 0.5, maxTokens: 64 },
      expectedCompletionTokens: 253,
    });
  });

  test('shows the whole reply where nothing could be read out of it, and what was found', () => {
    expect(messageFor(FAIL)).toBe(
      'I: Ask 0? R: Original 0. C: A critique, and nothing else. F: - The reply has no [Better Answer] marker.',
    );
  });

  test('shows the candidate where there is one, and each finding that matters in a line', () => {
    const cut: AttemptParts = { raw: '[Better Answer]\nBetter, but', finishReason: 'length' };
    expect(messageFor(cut)).toMatch(/^I: Ask 0\? R: Original 0\. C: Better, but F: - [^\n]*cut off[^\n]*$/);
    const doubled = `${answer('One.')}${answer('Original 0.')}Bye.`;
    const [, findings = ''] = messageFor({ raw: doubled })?.split(' F: ') ?? [];
    // The text after the end is a blemish that would not have mattered.
    expect(findings.split('\n')).toEqual([
      expect.stringMatching(/^- .*same as the original/),
      expect.stringMatching(/^- .*2 answers/),
    ]);
  });

  test('shows the best reply so far', () => {
    expect(messageFor({ raw: '[Better Answer]\n[End]' }, FLAG, FAIL)).toContain('C: Original 0. F: ');
  });

  test('shows the reply where the candidate is empty', () => {
    expect(messageFor({ raw: 'Thin.\n[Better Answer]\n[End]' })).toContain(
      'C: Thin.\n[Better Answer]\n[End] F: ',
    );
  });
});

test('from the second repair on the prompt of the run is sampled at a higher temperature', () => {
  const task = repairTask(entryOf([FAIL, failedRepair]), HOW);
  expect(task).toMatchObject({
    ...{ purpose: 'repair', prompt: PROMPT.hash, temperature: 0.8, maxTokens: 64 },
  });
  expect(task.messages().at(-1)?.content).toBe('I: Ask 0? R: Original 0.');
});

test.each([
  [0, 0.7],
  [0.4, 0.7],
  [0.6, 0.9],
  [0.9, 1],
  [1, 1.3],
  [1.9, 2],
  [2, 2],
])('a run at temperature %d is sampled anew at %d', (temperature, higher) => {
  expect(resamplingTemperature(temperature)).toBe(higher);
});
