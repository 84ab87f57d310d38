import type { CallEnd } from '../conduct/call.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';

/**
 * The exit status that outcomes, and the end of the call that led to them, come to.
 *
 * @param unjudged examples whose reply is still to be judged
 */
export function statusOf(ledger: readonly LedgerEntry[], end?: CallEnd, unjudged = 0): number {
  const { pending, blocked } = countOutcomes(ledger);
  if (end?.interrupted === true && pending + unjudged > 0) return 130;
  if (end?.budgetSpent) return 4;
  return pending + unjudged + blocked > 0 ? 3 : 0;
}
