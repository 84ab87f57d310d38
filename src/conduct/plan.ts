import type { Example } from '../dataset/example.js';
import { type TokenCounter, tokenCounterFor } from '../model/count-tokens.js';
import type { KnownPrice } from '../model/prices.js';
import { examplesInBatches } from '../run/batch/batch-record.js';
import { commitmentOf } from '../run/commitment.js';
import { type Estimate, estimate } from '../run/estimate.js';
import type { JudgingEstimate } from '../run/estimate-judging.js';
import { estimateTasks, type TaskEstimate } from '../run/estimate-tasks.js';
import { estimateTimeMs } from '../run/estimate-time.js';
import { pendingExamples } from '../run/ledger.js';
import type { RunRecord } from '../run/read-run.js';
import type { Task } from '../run/task.js';
import type { Call } from './call.js';
import { judgingOf, requirePrices, sourceOf } from './expected-cost.js';
import type { Budgets } from './price.js';

/** What a call is going to do, before anything is sent. */
export interface Plan {
  readonly estimate: Estimate;
  /** Repairs that are due, and how often at most a reply that fails is repaired. */
  readonly repairs: { readonly due: TaskEstimate; readonly most: number };
  /** What judging will use; null where nobody judges. */
  readonly judging: (JudgingEstimate & { readonly model: string }) | null;
  /** Examples that need nothing more, because they were answered or decided before. */
  readonly settled: number;
  /** Examples that stay pending in this call. */
  readonly later: number;
  readonly counter: Pick<TokenCounter, 'encoding' | 'exact'>;
  readonly maxTokens: number;
  /** null when unknown. */
  readonly price: KnownPrice | null;
  /** Whether the requests go through the Batch API, whose price `price` then is. */
  readonly batch: boolean;
  /** null when unknown. */
  readonly timeMs: number | null;
  /** null for no budget. */
  readonly budgetUsd: BudgetLeft | null;
  readonly budgetTokens: BudgetLeft | null;
}

/** A budget of the run, and what is left of it. */
export interface BudgetLeft {
  readonly limit: number;
  /** null when nobody knows what was spent. */
  readonly left: number | null;
}

/** The repairs of a plan: those that are due, and how often at most a reply is repaired. */
export interface PlannedRepairs {
  readonly due: readonly Task[];
  readonly most: number;
}

/**
 * What a call would do.
 *
 * @param limit of `pending`, how many would be asked
 * @throws UserError `config` when a budget in dollars has no price to go by
 */
export async function planOf(
  run: RunRecord,
  pending: readonly Example[],
  limit: number | undefined,
  call: Call,
  budgets: Budgets,
  repairs: PlannedRepairs = { due: [], most: 0 },
): Promise<Plan> {
  requirePrices(run, call, budgets);
  const { spec, sending, prices, judge, batch, maxTokens } = call;
  const examples = pending.slice(0, limit);
  const inBatches = examplesInBatches(run.batches);
  const waiting = pendingExamples(run).filter(({ id }) => inBatches.has(id)).length;
  const counter = await tokenCounterFor(spec);
  const source = sourceOf(run, examples, call);
  const expected = estimate({ ...source, counter });
  const due = estimateTasks(repairs.due, counter, source.price);
  const judging = await judgingOf(run, examples, call);
  const { total } = commitmentOf(run, ...prices);
  const left = (limit: number | null, used: number | null): BudgetLeft | null =>
    limit === null ? null : { limit, left: used === null ? null : Math.max(0, limit - used) };
  return {
    estimate: expected,
    repairs: { due, most: repairs.most },
    judging: judging === null || judge === null ? null : { model: judge.spec.name, ...judging },
    settled: run.selection.length - pending.length - waiting,
    later: pending.length - examples.length + waiting,
    counter,
    maxTokens,
    price: source.price,
    batch,
    timeMs: batch
      ? null
      : estimateTimeMs({
          requests: examples.length + due.examples + (judging?.requests ?? 0),
          tokens: [expected, due, ...(judging === null ? [] : [judging])].reduce(
            (sum, one) => sum + one.promptTokens + one.completionTokens,
            0,
          ),
          limits: { rpm: sending.rpm ?? null, tpm: sending.tpm ?? null },
          concurrency: sending.concurrency === 'auto' ? null : sending.concurrency,
          attempts: run.attempts.filter((attempt) => attempt.batch === undefined),
        }),
    budgetUsd: left(budgets.budgetUsd, total.usd),
    budgetTokens: left(budgets.budgetTokens, total.tokens),
  };
}
