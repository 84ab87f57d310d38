import type { Example } from '../dataset/example.js';
import { examplesInBatches } from '../run/batch/batch-record.js';
import type { LedgerEntry } from '../run/ledger.js';
import type { OwnedRun } from '../run/own-run.js';
import type { RunRecord } from '../run/read-run.js';
import type { RetryChosen } from '../run/retry-choice.js';
import { readRunPrompt, saveRunPrompt } from '../run/run-prompt.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import { oneRound, refinementTask } from '../run/task.js';
import { askJudge } from './ask-judge.js';
import { askModel } from './ask-model.js';
import type { Call } from './call.js';
import type { RetryOptions } from './call-options.js';
import { conclude } from './conclude.js';
import { type Agree, agreeToCost } from './expected-cost.js';
import { judgeOf } from './judge-of-run.js';
import { resolveModelOfRun } from './model-of-run.js';
import { type Plan, planOf } from './plan.js';
import { type Budgets, priceFor, pricesOf } from './price.js';
import type { CallResult } from './refine-run.js';
import type { Surroundings } from './surroundings.js';
import type { Host } from './watch.js';

/** What is asked in a retry, and what is not. */
export interface RetryOrder {
  readonly entries: readonly LedgerEntry[];
  /** Those of the entries. */
  readonly examples: readonly Example[];
  /** Ids of examples that fit, too. */
  readonly leftAlone: { readonly decided: readonly string[]; readonly inBatches: readonly string[] };
}

/** What of a choice can be asked now: not what a batch may still answer. */
export function orderOf(run: RunRecord, { chosen, decided }: RetryChosen): RetryOrder {
  const inBatches = examplesInBatches(run.batches);
  const entries = chosen.filter(({ example }) => !inBatches.has(example.id));
  const idsOf = (some: readonly LedgerEntry[]): string[] => some.map(({ example }) => example.id);
  return {
    entries,
    examples: entries.map(({ example }) => example),
    leftAlone: {
      decided: idsOf(decided),
      inBatches: idsOf(chosen.filter(({ example }) => inBatches.has(example.id))),
    },
  };
}

/**
 * How a retry asks: as the run does, but for what the options change this time.
 *
 * @throws UserError `model_config`
 */
export async function retryCallOf(
  { dir, manifest }: RunRecord,
  examples: readonly Example[],
  options: RetryOptions,
  checks: CheckedWith,
  around: Surroundings,
): Promise<Call> {
  const { identity, settings } = manifest;
  const spec = resolveModelOfRun(options, manifest, around);
  const prompt = options.prompt ?? (await readRunPrompt(dir, identity.prompt));
  // A prompt of its own brings its own sampling parameters.
  const { temperature, max_output_tokens: maxTokens } = prompt.settings;
  const sampling = options.prompt === undefined ? identity : { temperature, maxTokens };
  // Prices given for the run are those of its own model.
  const known = spec.name === identity.model ? settings : { priceIn: null, priceOut: null };
  const price = await priceFor(
    spec,
    { priceIn: options.priceIn ?? known.priceIn, priceOut: options.priceOut ?? known.priceOut },
    around,
  );
  const judge =
    settings.judge === null
      ? null
      : await judgeOf(
          settings,
          resolveModelOfRun({ baseUrl: options.baseUrl }, manifest, around),
          { ids: new Set(examples.map(({ id }) => id)), limit: undefined, suite: checks.suite },
          around,
        );
  return {
    ...{ spec, prompt, purpose: 'retry', judge, batch: false, checks, sending: options },
    ...{ price, prices: pricesOf(spec, price, judge) },
    temperature: options.temperature ?? sampling.temperature,
    maxTokens: options.maxTokens ?? sampling.maxTokens,
  };
}

/** What a retry would do. It leaves the rest of the run as it is: neither done nor left for later. */
export async function planRetry(
  run: RunRecord,
  examples: readonly Example[],
  call: Call,
  budgets: Budgets,
): Promise<Plan> {
  return { ...(await planOf(run, examples, undefined, call, budgets)), settled: 0, later: 0 };
}

/**
 * Makes ready to send a retry.
 *
 * @param budgets those of the run from now on
 * @param agree see `agreeToCost`
 * @returns false when nobody agreed to what it would cost
 */
export async function openRetry(
  run: OwnedRun,
  examples: readonly Example[],
  call: Call,
  budgets: Budgets,
  agree: Agree | null,
): Promise<boolean> {
  if (!(await agreeToCost(run, examples, call, budgets, agree))) return false;
  await run.saveSettings({ ...run.manifest.settings, ...budgets });
  await saveRunPrompt(run.dir, call.prompt);
  return true;
}

/** Asks about these examples again, once each, has the replies judged, and concludes. */
export async function retryRun(
  run: OwnedRun,
  examples: readonly Example[],
  call: Call,
  host: Host,
): Promise<CallResult> {
  const tasks = examples.map((example) => refinementTask(example, call));
  const end = await askJudge(run, call, await askModel(run, oneRound(tasks), call, host), host);
  return { end, conclusion: await conclude(run, call.checks) };
}
