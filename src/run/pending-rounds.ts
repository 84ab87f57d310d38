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

/**
 * Rounds that ask about whatever is pending.
 *
 * @param limit examples that may be asked in all rounds together; undefined for no limit
 */
export function roundsOfPending(run: RunRecord, how: Asking, limit: number | undefined): NextRound {
  const asked = new Set<string>();
  return async (closed) => {
    const examples: Example[] = [];
    for (const example of pendingOutsideBatches(run)) {
      if (closed.has(example.id)) continue;
      if (!asked.has(example.id) && asked.size >= (limit ?? Infinity)) continue;
      asked.add(example.id);
      examples.push(example);
    }
    return examples.map((example) => refinementTask(example, how));
  };
}
