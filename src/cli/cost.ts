import type { Example } from '../dataset/example.js';
import { UserError } from '../errors.js';
import { roughCounter, tokenCounterFor } from '../model/count-tokens.js';
import { readUserPrices } from '../model/price-file.js';
import { batchPrice, type KnownPrice, priceOf } from '../model/prices.js';
import type { ModelSpec } from '../model/resolve.js';
import { formatUsd } from '../report/figures.js';
import type { BudgetLeft, Plan } from '../report/plan.js';
import { planData, planLines } from '../report/plan.js';
import { examplesInBatches } from '../run/batch/batch-record.js';
import { commitmentOf, type PricedModel } from '../run/commitment.js';
import { type EstimateSource, estimate, mostItCanCost } from '../run/estimate.js';
import { estimateJudging, type JudgingEstimate } from '../run/estimate-judging.js';
import { estimateTasks } from '../run/estimate-tasks.js';
import { estimateTimeMs } from '../run/estimate-time.js';
import { openQuestions } from '../run/judge-rounds.js';
import { pendingExamples } from '../run/ledger.js';
import { loadLedger } from '../run/load-ledger.js';
import type { RunSettings } from '../run/manifest.js';
import type { RunRecord } from '../run/read-run.js';
import type { Task } from '../run/task.js';
import type { Call, Judge } from './conduct.js';
import type { Io } from './io.js';
import type { SendingOptions } from './refine-options.js';
import { writeJson } from './write-json.js';

/** A call that is expected to cost more, in US dollars, is not begun without somebody's word. */
const ASK_ABOVE_USD = 1;

/** The prices of all models that a call asks. */
export function pricesOf(spec: ModelSpec, price: KnownPrice | null, judge: Judge | null): PricedModel[] {
  return [
    { model: spec.name, price },
    ...(judge === null ? [] : [{ model: judge.spec.name, price: judge.price }]),
  ];
}

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

/** The repairs that are due; found only where it matters, as it takes reading and checking every reply. */
export type FindRepairs = () => Promise<readonly Task[]>;

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
  findRepairs: FindRepairs = async () => [],
): Promise<boolean> {
  requirePrices(run, call, budgets);
  const { yes } = call.sending;
  if (yes === true || budgets.budgetUsd !== null || budgets.budgetTokens !== null) return true;
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
  if (costUsd <= ASK_ABOVE_USD) return true;
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

function sumOf(...costs: readonly (number | null)[]): number {
  return costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

/** What is left to do when a person does not agree: to say so; returns the exit status. */
export function declined(run: string, json: boolean, io: Io): number {
  io.stderr.write('Nothing was sent.\n');
  if (json) writeJson({ run, begun: false }, io);
  return 130;
}

/** The repairs of a plan: those that are due, and how often at most a reply is repaired. */
export interface PlannedRepairs {
  readonly due: readonly Task[];
  readonly most: number;
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
  repairs: PlannedRepairs,
): Promise<void> {
  const plan = await planOf(run, pending, limit, call, budgets, repairs);
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

/** What judging in this call will use; null where nobody judges. */
async function judgingOf(
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

function sourceOf(
  { selection, attempts }: RunRecord,
  pending: readonly Example[],
  call: Call,
): Omit<EstimateSource, 'counter' | 'price'> & { readonly price: KnownPrice | null } {
  const { prompt, spec, maxTokens, batch } = call;
  // Requests cost half where they go in batches.
  const price = call.price !== null && batch ? batchPrice(call.price) : call.price;
  return { pending, selection, attempts, prompt, model: spec.name, maxTokens, price };
}

/** A budget in dollars can only be kept where everything has a price, what was used before included. */
function requirePrices(run: RunRecord, { spec, prices }: Call, { budgetUsd }: Budgets): void {
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
