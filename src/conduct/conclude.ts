import { resolve } from 'node:path';
import { defaultExportPath, exportTrainingSet } from '../export/export-training-set.js';
import { writeLedger } from '../export/ledger-file.js';
import { type JudgingState, judgingState } from '../run/judge-rounds.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import { loadLedger } from '../run/load-ledger.js';
import type { OwnedRun } from '../run/own-run.js';
import { readRun } from '../run/read-run.js';
import { type CheckedWith, takeSnapshot } from '../run/take-snapshot.js';
import { findVerdictChanges, type VerdictChanges } from '../run/verdict-changes.js';

/** What became of a run when a call ends. */
export interface Conclusion {
  readonly ledger: readonly LedgerEntry[];
  /** What is judged otherwise than at the last check; null when there was none. */
  readonly changes: VerdictChanges | null;
  readonly judging: JudgingState;
  /** The training set, if one was written now. */
  readonly output: { readonly path: string; readonly rows: number } | null;
}

/**
 * Draws up the ledger, saves it in the run, leaves a snapshot of the verdicts, and writes the training set if nothing is
 * to be asked any more. The run is read afresh, because people can decide while requests are being sent.
 */
export async function conclude(owned: OwnedRun, checks: CheckedWith): Promise<Conclusion> {
  const { dir } = owned;
  const run = await readRun(dir);
  const { settings, dataset } = run.manifest;
  const ledger = await loadLedger(run, checks.suite);
  await writeLedger(ledgerPath(dir), ledger);
  const changes = findVerdictChanges(run, ledger, checks);
  await owned.saveSnapshot(takeSnapshot(run.attempts, ledger, checks, new Date()));
  const judging = judgingState(ledger, settings);
  if (countOutcomes(ledger).pending + judging.unjudged > 0) return { ledger, changes, judging, output: null };
  const path = settings.output ?? defaultExportPath(dir, dataset.extension);
  const target = { path, shape: settings.to ?? dataset.shape, partial: false };
  return {
    ledger,
    changes,
    judging,
    output: { path, rows: await exportTrainingSet(run.selection, ledger, target) },
  };
}

/** Brings the ledger of a run up to date when a call fails. */
export async function saveLedger({ dir }: OwnedRun, { suite }: CheckedWith): Promise<void> {
  try {
    await writeLedger(ledgerPath(dir), await loadLedger(await readRun(dir), suite));
  } catch {
    // The ledger can be derived at any time; the failure that ended the call is the one to tell.
  }
}

function ledgerPath(dir: string): string {
  return resolve(dir, 'ledger.jsonl');
}
