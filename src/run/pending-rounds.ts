import type { Example } from '../dataset/example.js';
import { examplesInBatches } from './batch/batch-record.js';
import { pendingExamples } from './ledger.js';
import type { RunRecord } from './read-run.js';
import { type Asking, type NextRound, refinementTask } from './task.js';

/** The examples of a run that wait for an answer and are in no batch that could bring one. */
export function pendingOutsideBatches(run: RunRecord): Example[] {
  const inBatches = examplesInBatches(run.batches);
  return pendingExamples(run).filter(({ id }) => !inBatches.has(id));
}

/** Rounds that ask about whatever is pending. */
export function roundsOfPending(run: RunRecord, how: Asking): NextRound {
  return async (closed) =>
    pendingOutsideBatches(run)
      .filter(({ id }) => !closed.has(id))
      .map((example) => refinementTask(example, how));
}
