import { expect, test } from 'vitest';
import { decisionLines } from '../../src/report/decision-lines.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer, type DecisionParts } from '../support/run-parts.js';

const FLAGGED: AttemptParts = { raw: answer('Original 0.') };
const PASSED: AttemptParts = { raw: answer('Better.'), attempt: 2, purpose: 'repair' };
const accept = (attempt: number): DecisionParts => ({ example: '0', action: 'accept', attempt });
const reject: DecisionParts = { example: '0', action: 'reject' };
const undo: DecisionParts = { example: '0', action: 'undo' };
const edit = (text: string): DecisionParts => ({ example: '0', action: 'edit', text });

test.each<[string, AttemptParts[], DecisionParts[], DecisionParts, string]>([
  [
    'an earlier attempt in place of a later one',
    [FLAGGED, PASSED],
    [],
    accept(1),
    'attempt 1 (first, flag), in place of attempt 2 (repair, pass)',
  ],
  [
    'a repair in place of the original',
    [FLAGGED, PASSED],
    [reject],
    accept(2),
    'attempt 2 (repair, pass), in place of the original response',
  ],
  [
    'the attempt that counted anyhow',
    [FLAGGED, PASSED],
    [],
    accept(2),
    'attempt 2 (repair, pass), as before',
  ],
  [
    'the original',
    [FLAGGED, PASSED],
    [],
    reject,
    'the original response, in place of attempt 2 (repair, pass)',
  ],
  ['the original, as ever', [FLAGGED], [], reject, 'the original response, as before'],
  ['a text where there was none', [], [], edit('Mine.'), 'the edited text, in place of nothing (pending)'],
  ['another text', [], [edit('Mine.')], edit('Mine again.'), 'the edited text, in place of the edited text'],
  ['the same text', [], [edit('Mine.')], edit('Mine.'), 'the edited text, as before'],
  [
    'what counts without a decision',
    [FLAGGED, PASSED],
    [accept(1)],
    undo,
    'attempt 2 (repair, pass), in place of attempt 1 (first, flag)',
  ],
])('a decision for %s is told', (_, attempts, before, decision, line) => {
  const lines = decisionLines(
    ledgerWith(1, attempts, before),
    ledgerWith(1, attempts, [...before, decision]),
  );
  expect(lines).toEqual([`   0  ${line}`]);
});

test('what is dropped by a policy is told as nothing', () => {
  const policies = { onFlag: 'drop' } as const;
  const before = ledgerWith(1, [FLAGGED], [], policies);
  expect(decisionLines(before, ledgerWith(1, [FLAGGED], [accept(1)], policies))).toEqual([
    '   0  attempt 1 (first, flag), in place of nothing (dropped)',
  ]);
});
