import type { Example } from '../../dataset/example.js';
import type { Prompt } from '../../prompt/prompt.js';
import { renderPrompt } from '../../prompt/render-prompt.js';
import { pendingExamples } from '../ledger.js';
import type { RunRecord } from '../read-run.js';
import type { NextRound } from './ask-in-batches.js';
import { examplesInBatches } from './batch-record.js';

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
export function roundsOfPending(run: RunRecord, prompt: Prompt, limit: number | undefined): NextRound {
  const asked = new Set<string>();
  return async (closed) => {
    const examples: Example[] = [];
    for (const example of pendingOutsideBatches(run)) {
      if (closed.has(example.id)) continue;
      if (!asked.has(example.id) && asked.size >= (limit ?? Infinity)) continue;
      asked.add(example.id);
      examples.push(example);
    }
    if (examples.length === 0) return null;
    const tasks = examples.map((example) => ({ example, messages: () => renderPrompt(prompt, example) }));
    return { purpose: 'first', prompt: prompt.hash, tasks };
  };
}
