import type { Example } from '../dataset/example.js';
import { UserError } from '../errors.js';
import { tokenCounterFor } from '../model/count-tokens.js';
import { readUserPrices } from '../model/price-file.js';
import { batchPrice, type KnownPrice, priceOf } from '../model/prices.js';
import type { ModelSpec } from '../model/resolve.js';
import { formatUsd } from '../report/figures.js';
import type { BudgetLeft, Plan } from '../report/plan.js';
import { planData, planLines } from '../report/plan.js';
import { examplesInBatches } from '../run/batch/batch-record.js';
import { commitmentOf } from '../run/commitment.js';
import { type EstimateSource, estimate, mostItCanCost } from '../run/estimate.js';
import { estimateTimeMs } from '../run/estimate-time.js';
import type { RunSettings } from '../run/manifest.js';
import type { RunRecord } from '../run/read-run.js';
import type { Call } from './conduct.js';
import type { Io } from './io.js';
import type { SendingOptions } from './refine-options.js';
import { writeJson } from './write-json.js';

/** A call that is expected to cost more, in US dollars, is not begun without somebody's word. */
const ASK_ABOVE_USD = 1;

type Prices = Pick<RunSettings, 'priceIn' | 'priceOut'>;
type Budgets = Pick<RunSettings, 'budgetUsd' | 'budgetTokens'>;

/** The budgets of a run, with what this call changes. */
export function changeBudgets(
  old: Budgets,
  { budget, budgetTokens }: Pick<SendingOptions, 'budget' | 'budgetTokens'>,
): Budgets {
  const change = (now: number | 'none' | undefined, before: number | null): number | null =>
    now === 'none' ? null : (now ?? before);
  return { budgetUsd: change(budget, old.budgetUsd), budgetTokens: change(budgetTokens, old.budgetTokens) };
}

/** The price of a model, by the command line, the user's file of prices, or the list; null when unknown. */
export async function priceFor(
  spec: ModelSpec,
  { priceIn, priceOut }: Prices,
  io: Io,
): Promise<KnownPrice | null> {
  const overrides = {
    ...(priceIn === null ? {} : { inputUsdPerMTok: priceIn }),
    ...(priceOut === null ? {} : { outputUsdPerMTok: priceOut }),
  };
  return priceOf(spec, overrides, await readUserPrices(io.env, io.cwd));
}

/**
 * Makes sure that somebody agrees to what a call will cost: by `--yes`, by a budget, or by word on the terminal.
 *
 * @returns false when the person says no
 * @throws UserError `config` when a budget in dollars has no price to go by, or when the call is expected to cost more
 *   than 1 USD and there is nobody to ask
 */
export async function agreeToCost(
  run: RunRecord,
  examples: readonly Example[],
  call: Call,
  budgets: Budgets,
  io: Io,
): Promise<boolean> {
  requirePrices(run, call, budgets);
  const { yes } = call.sending;
  if (yes === true || budgets.budgetUsd !== null || budgets.budgetTokens !== null) return true;
  const source = sourceOf(run, examples, call);
  if ((mostItCanCost(source) ?? 0) <= ASK_ABOVE_USD) return true;
  const { costUsd } = estimate({ ...source, counter: await tokenCounterFor(call.spec) });
  if (costUsd === null || costUsd <= ASK_ABOVE_USD) return true;
  const agreed = await io.confirm(`This will cost about ${formatUsd(costUsd)}. Begin?`);
  if (agreed !== null) return agreed;
  throw new UserError(
    'config',
    `This is expected to cost about ${formatUsd(costUsd)}, and nobody can be asked.`,
    {
      expected: `--yes or a --budget for what costs more than ${formatUsd(ASK_ABOVE_USD)}`,
      found: 'neither, and no terminal',
      hint: 'Look at the plan with --dry-run, then give --budget USD or --yes.',
    },
  );
}

/** What is left to do when a person does not agree: to say so; returns the exit status. */
export function declined(run: string, json: boolean, io: Io): number {
  io.stderr.write('Nothing was sent.\n');
  if (json) writeJson({ run, begun: false }, io);
  return 130;
}

/** Prints what a call would do. */
export async function printPlan(
  run: RunRecord,
  pending: readonly Example[],
  limit: number | undefined,
  call: Call,
  budgets: Budgets,
  json: boolean,
  io: Io,
): Promise<void> {
  const plan = await planOf(run, pending, limit, call, budgets);
  if (json) writeJson({ run: run.dir, plan: planData(plan) }, io);
  else io.stdout.write(`${planLines(plan).join('\n')}\n`);
}

/**
 * What a call would do.
 *
 * @throws UserError `config` when a budget in dollars has no price to go by
 */
export async function planOf(
  run: RunRecord,
  pending: readonly Example[],
  limit: number | undefined,
  call: Call,
  budgets: Budgets,
): Promise<Plan> {
  requirePrices(run, call, budgets);
  const { spec, sending, price, batch, maxTokens } = call;
  const examples = pending.slice(0, limit);
  const waiting = examplesInBatches(run.batches).size;
  const counter = await tokenCounterFor(spec);
  const expected = estimate({ ...sourceOf(run, examples, call), counter });
  const { total } = commitmentOf(run, { model: spec.name, price });
  const left = (limit: number | null, used: number | null): BudgetLeft | null =>
    limit === null ? null : { limit, left: used === null ? null : Math.max(0, limit - used) };
  return {
    estimate: expected,
    settled: run.selection.length - pending.length - waiting,
    later: pending.length - examples.length + waiting,
    counter,
    maxTokens,
    price: priceOfRequests(call),
    batch,
    timeMs: batch
      ? null
      : estimateTimeMs({
          requests: examples.length,
          tokens: expected.promptTokens + expected.completionTokens,
          limits: { rpm: sending.rpm ?? null, tpm: sending.tpm ?? null },
          concurrency: sending.concurrency === 'auto' ? null : sending.concurrency,
          attempts: run.attempts.filter((attempt) => attempt.batch === undefined),
        }),
    budgetUsd: left(budgets.budgetUsd, total.usd),
    budgetTokens: left(budgets.budgetTokens, total.tokens),
  };
}

function sourceOf(
  { selection, attempts }: RunRecord,
  pending: readonly Example[],
  call: Call,
): Omit<EstimateSource, 'counter'> {
  const { prompt, spec, maxTokens } = call;
  const price = priceOfRequests(call);
  return { pending, selection, attempts, prompt, model: spec.name, maxTokens, price };
}

/** What the call pays for its requests: half where they go in batches. */
function priceOfRequests({ price, batch }: Call): KnownPrice | null {
  return price !== null && batch ? batchPrice(price) : price;
}

/** A budget in dollars can only be kept where everything has a price, what was used before included. */
function requirePrices(run: RunRecord, { spec, price }: Call, { budgetUsd }: Budgets): void {
  if (budgetUsd === null) return;
  if (price === null) {
    throw new UserError('config', 'A budget in dollars needs a price.', {
      where: '--budget',
      expected: `the price of ${spec.name}`,
      found: 'none in the list',
      hint: 'Give --price-in and --price-out, or `--budget none` and --budget-tokens.',
    });
  }
  if (commitmentOf(run, { model: spec.name, price }).total.usd !== null) return;
  throw new UserError('config', 'A budget in dollars needs the price of everything that the run has used.', {
    where: '--budget',
    found: 'earlier attempts whose cost is unknown',
    hint: 'Give `--budget none`, and limit tokens with --budget-tokens.',
  });
}
