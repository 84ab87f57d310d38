import { decisionsInForce } from '../../src/run/decision.js';
import { drawUpLedger, type LedgerEntry, type Policies } from '../../src/run/ledger.js';
import { type AttemptParts, attemptOf, type DecisionParts, decisionOf, someExamples } from './run-parts.js';

/** The ledger of a run with `count` examples, of which each attempt and decision names one by its number. */
export function ledgerWith(
  count: number,
  attempts: readonly AttemptParts[],
  decisions: readonly DecisionParts[] = [],
  policies: Partial<Policies> = {},
): LedgerEntry[] {
  const source = {
    selection: someExamples(count),
    attempts: attempts.map(attemptOf),
    decisions: decisionsInForce(decisions.map(decisionOf)),
  };
  return drawUpLedger(source, { onFlag: 'keep', onFail: 'keep', ...policies }, () => 'better-answer');
}

/** The entry of a single example, whose id is 0. */
export function entryWith(
  attempts: readonly AttemptParts[],
  decisions: readonly DecisionParts[] = [],
): LedgerEntry {
  const [entry] = ledgerWith(1, attempts, decisions);
  if (entry === undefined) throw new Error('There is no entry.');
  return entry;
}
