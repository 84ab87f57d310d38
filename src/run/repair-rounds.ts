import { examplesInBatches } from './batch/batch-record.js';
import type { LedgerEntry } from './ledger.js';
import { loadLedger } from './load-ledger.js';
import { type RunRecord, readDecisions } from './read-run.js';
import { dueForRepair, type Repairing, type RepairPolicy, repairTask } from './repair.js';
import { saveRunPrompt } from './run-prompt.js';
import type { NextRound, Task } from './task.js';

/** The repairs that are due in a run as it stands, but for examples in batches. Nothing is written. */
export async function repairsOf(run: RunRecord, policy: RepairPolicy, repairing: Repairing): Promise<Task[]> {
  if (policy.repair === 0) return [];
  const inBatches = examplesInBatches(run.batches);
  return dueForRepair(await loadLedger(run, repairing.suite), policy)
    .filter(({ example }) => !inBatches.has(example.id))
    .map((entry) => repairTask(entry, repairing));
}

/**
 * Rounds that repair replies: the first only once `pending` had its first round, since its replies may have to be
 * repaired as well; each later one beside what is still pending.
 */
export function roundsWithRepairs(
  pending: NextRound,
  run: RunRecord,
  policy: RepairPolicy,
  repairing: Repairing,
): NextRound {
  if (policy.repair === 0) return pending;
  /** Examples whose reply needs no repair, so that it is checked only once. */
  const over = new Set<string>();
  let isFirst = true;
  return async (closed) => {
    const tasks = await pending(closed);
    const onlyPending = isFirst && tasks.length > 0;
    isFirst = false;
    if (onlyPending) return tasks;
    const due = await entriesDue(run, policy, repairing, over);
    const repairs = due
      .filter(({ example }) => !closed.has(example.id))
      .map((entry) => repairTask(entry, repairing));
    if (repairs.some(({ prompt }) => prompt === repairing.prompt.hash)) {
      await saveRunPrompt(run.dir, repairing.prompt);
    }
    return [...tasks, ...repairs];
  };
}

/** People may decide meanwhile, so their decisions are read anew. */
async function entriesDue(
  run: RunRecord,
  policy: RepairPolicy,
  { suite }: Repairing,
  over: Set<string>,
): Promise<readonly LedgerEntry[]> {
  const inBatches = examplesInBatches(run.batches);
  const selection = run.selection.filter(({ id }) => !over.has(id) && !inBatches.has(id));
  const now = { ...run, selection, decisions: await readDecisions(run.dir) };
  const ledger = await loadLedger(now, suite);
  const due = dueForRepair(ledger, policy);
  const left = new Set(due);
  for (const entry of ledger) if (entry.chosen !== null && !left.has(entry)) over.add(entry.example.id);
  return due;
}
