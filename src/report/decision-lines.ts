import type { LedgerEntry } from '../run/ledger.js';
import { visible } from './visible.js';

/** What a decision has changed in the training set, a line for each example. Both have the same examples in order. */
export function decisionLines(before: readonly LedgerEntry[], after: readonly LedgerEntry[]): string[] {
  const width = Math.max(2, ...after.map(({ example }) => visible(example.id).length));
  return after.map((entry, place) => {
    const earlier = before[place];
    const now = responseOf(entry);
    const was = earlier === undefined ? now : responseOf(earlier);
    const change = was === now && earlier?.text === entry.text ? 'as before' : `in place of ${was}`;
    return `  ${visible(entry.example.id).padStart(width)}  ${now}, ${change}`;
  });
}

/** What the training set has as the response of an example, in words. */
function responseOf({ outcome, chosen, decision }: LedgerEntry): string {
  if (outcome === 'kept') return 'the original response';
  if (outcome !== 'refined') return `nothing (${outcome})`;
  if (decision?.action === 'edit') return 'the edited text';
  return chosen === null ? 'nothing' : attemptText(chosen);
}

function attemptText({ attempt, verdict }: NonNullable<LedgerEntry['chosen']>): string {
  return `attempt ${attempt.attempt} (${attempt.purpose}, ${verdict})`;
}
