import type { LedgerEntry } from '../run/ledger.js';
import type { RunSettings } from '../run/manifest.js';
import { dueForRepair } from '../run/repair.js';
import { formatCount, formatNumberOf } from './figures.js';

/** How the repairs of a run stand. */
export interface RepairCounts {
  /** Examples for which a repair was made. */
  readonly examples: number;
  /** Those of them whose best reply is a repair that passes. */
  readonly repaired: number;
  /** Examples that are still to be repaired. */
  readonly due: number;
}

/** Counts the repairs of a ledger, and what is still to be repaired under these settings. */
export function countRepaired(
  ledger: readonly LedgerEntry[],
  settings: Pick<RunSettings, 'repair' | 'repairFlagged'>,
): RepairCounts {
  const asked = ledger.filter(({ repairs }) => repairs > 0);
  const repaired = asked.filter(
    ({ chosen }) => chosen?.attempt.purpose === 'repair' && chosen.verdict === 'pass',
  );
  return {
    examples: asked.length,
    repaired: repaired.length,
    due: dueForRepair(ledger, settings).length,
  };
}

/** The same in a line; empty when there is nothing to tell. */
export function repairLines(
  ledger: readonly LedgerEntry[],
  settings: Pick<RunSettings, 'repair' | 'repairFlagged'>,
): string[] {
  const { examples, repaired, due } = countRepaired(ledger, settings);
  const made =
    examples === 0
      ? []
      : [
          `${formatNumberOf(examples, 'example')} asked again, ${formatCount(repaired)} ${repaired === 1 ? 'passes' : 'pass'} now`,
        ];
  const parts = [...made, ...(due === 0 ? [] : [`${formatCount(due)} still to be repaired`])];
  return parts.length === 0 ? [] : [parts.join('; ')];
}
