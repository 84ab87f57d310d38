import { basename } from 'node:path';
import type { z } from 'zod';
import type { SelectionOptions } from '../conduct/call-options.js';
import type { Plan as CallPlan } from '../conduct/plan.js';
import type { Example } from '../dataset/example.js';
import { shorten, UserError } from '../errors.js';
import { examplesInBatches } from '../run/batch/batch-record.js';
import type { RunRecord } from '../run/read-run.js';
import type { resumeRunSchema, retrySchema, startRunSchema } from './api-schemas.js';
import type { Plan } from './parts.js';
import type { StartChoices } from './start-choices.js';

export type StartBody = z.infer<typeof startRunSchema>;
export type ResumeBody = z.infer<typeof resumeRunSchema>;
/** Without what says which examples: they are chosen before. */
export type RetryBody = Omit<z.infer<typeof retrySchema>, 'ids' | 'filter'>;

/** What a request says of how it asks and sends; what it leaves out is as the server was started. */
export function fieldsOfCall(body: RetryBody, { sending }: StartChoices) {
  return {
    temperature: body.temperature,
    maxTokens: body.maxTokens,
    budget: body.budgetUsd,
    budgetTokens: body.budgetTokens,
    rpm: body.requestsPerMinute ?? sending.rpm,
    tpm: body.tokensPerMinute ?? sending.tpm,
    concurrency: body.concurrency ?? sending.concurrency,
  };
}

/** @throws UserError `usage` for two selections at once */
export function selectionOf({ top, all }: StartBody): SelectionOptions {
  if (top !== undefined && all === true) {
    throw new UserError('usage', 'Two selections were given.', { expected: 'top or all', found: 'both' });
  }
  return { ...(top !== undefined && { top: { top } }), ...(all !== undefined && { all }) };
}

/**
 * The examples of these ids, in their order, but for those that a batch may still answer.
 *
 * @throws UserError `usage` for an id that is not in the run
 */
export function examplesNamed({ selection, batches }: RunRecord, ids: readonly string[]): Example[] {
  const byId = new Map(selection.map((example) => [example.id, example]));
  const inBatches = examplesInBatches(batches);
  return [...new Set(ids)].flatMap((id) => {
    const example = byId.get(id);
    if (example !== undefined) return inBatches.has(id) ? [] : [example];
    throw new UserError('usage', 'The run has no such example.', { where: 'ids', found: shorten(id) });
  });
}

/** A plan as requests are told of it. */
export function toPlan(dir: string, { estimate, repairs, judging }: CallPlan): Plan {
  const { due } = repairs;
  const judgingUsd = judging === null ? 0 : judging.costUsd;
  return {
    run: basename(dir),
    examples: estimate.examples,
    leftAlone: 0,
    expectedUsd: sumOf(estimate.costUsd, due.costUsd, judgingUsd),
    mostUsd: sumOf(estimate.mostUsd, due.mostUsd, judgingUsd),
  };
}

function sumOf(...costs: readonly (number | null)[]): number | null {
  return costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}
