import type { Example } from '../dataset/example.js';
import { UserError } from '../errors.js';
import { roughCounter, tokenCounterFor } from '../model/count-tokens.js';
import { batchPrice, type KnownPrice } from '../model/prices.js';
import { commitmentOf } from '../run/commitment.js';
import { type EstimateSource, estimate, mostItCanCost } from '../run/estimate.js';
import { estimateJudging, type JudgingEstimate } from '../run/estimate-judging.js';
import { estimateTasks } from '../run/estimate-tasks.js';
import { openQuestions } from '../run/judge-rounds.js';
import { loadLedger } from '../run/load-ledger.js';
import type { RunRecord } from '../run/read-run.js';
import type { Task } from '../run/task.js';
import type { Call } from './call.js';
import type { Budgets } from './price.js';

/** A call that is expected to cost more, in US dollars, is not begun without somebody's word. */
export const ASK_ABOVE_USD = 1;

/** Asks somebody whether a call may cost about so many US dollars. */
export type Agree = (costUsd: number) => Promise<boolean>;

/** The repairs that are due; found only where it matters, as it takes reading and checking every reply. */
export type FindRepairs = () => Promise<readonly Task[]>;

/**
 * Makes sure that somebody agrees to what a call will cost, unless a budget says how much it may.
 *
 * @param agree asked when the call is expected to cost more than 1 USD; null when the call may cost whatever it does
 * @returns false when the person says no
 * @throws UserError `config` when a budget in dollars has no price to go by; whatever `agree` throws
 */
export async function agreeToCost(
  run: RunRecord,
  examples: readonly Example[],
  call: Call,
  budgets: Budgets,
  agree: Agree | null,
  findRepairs: FindRepairs = async () => [],
): Promise<boolean> {
  requirePrices(run, call, budgets);
  if (agree === null || budgets.budgetUsd !== null || budgets.budgetTokens !== null) return true;
  const source = sourceOf(run, examples, call);
  const { price } = source;
  const judgingUsd = (await judgingOf(run, examples, call))?.costUsd ?? 0;
  const repairs = price === null ? [] : await findRepairs();
  const mostUsd = sumOf(
    mostItCanCost(source),
    estimateTasks(repairs, roughCounter, price).mostUsd,
    judgingUsd,
  );
  if (mostUsd <= ASK_ABOVE_USD) return true;
  const counter = await tokenCounterFor(call.spec);
  const { costUsd: pendingUsd } = estimate({ ...source, counter });
  const costUsd = sumOf(pendingUsd, estimateTasks(repairs, counter, price).costUsd, judgingUsd);
  return costUsd <= ASK_ABOVE_USD || agree(costUsd);
}

function sumOf(...costs: readonly (number | null)[]): number {
  return costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

/** What judging in this call will use; null where nobody judges. */
export async function judgingOf(
  run: RunRecord,
  expected: readonly Example[],
  { judge }: Pick<Call, 'judge'>,
): Promise<JudgingEstimate | null> {
  if (judge === null) return null;
  const asked = new Set(expected.map(({ id }) => id));
  const open = openQuestions(await loadLedger(run, judge.suite), judge.all).filter(
    ({ entry: { example } }) => !asked.has(example.id) && (judge.ids?.has(example.id) ?? true),
  );
  return estimateJudging({ ...judge, expected, open: open.slice(0, judge.limit) });
}

/** What asking examples is estimated from. */
export function sourceOf(
  { selection, attempts }: RunRecord,
  pending: readonly Example[],
  call: Call,
): Omit<EstimateSource, 'counter' | 'price'> & { readonly price: KnownPrice | null } {
  const { prompt, spec, maxTokens, batch } = call;
  // Requests cost half where they go in batches.
  const price = call.price !== null && batch ? batchPrice(call.price) : call.price;
  return { pending, selection, attempts, prompt, model: spec.name, maxTokens, price };
}

/**
 * A budget in dollars can only be kept where everything has a price, what was used before included.
 *
 * @throws UserError `config`
 */
export function requirePrices(run: RunRecord, { spec, prices }: Call, { budgetUsd }: Budgets): void {
  if (budgetUsd === null) return;
  for (const { model, price } of prices) {
    if (price !== null) continue;
    const how =
      model === spec.name ? 'Give --price-in and --price-out' : 'Name a file with it in BURNISH_PRICES';
    throw new UserError('config', 'A budget in dollars needs a price.', {
      where: '--budget',
      expected: `the price of ${model}`,
      found: 'none in the list',
      hint: `${how}, or \`--budget none\` and --budget-tokens.`,
    });
  }
  if (commitmentOf(run, ...prices).total.usd !== null) return;
  throw new UserError('config', 'A budget in dollars needs the price of everything that the run has used.', {
    where: '--budget',
    found: 'earlier attempts whose cost is unknown',
    hint: 'Give `--budget none`, and limit tokens with --budget-tokens.',
  });
}
