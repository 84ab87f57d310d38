import type { Example } from '../dataset/example.js';
import { loadRepairPrompt } from '../prompt/load-prompt.js';
import { createRun } from '../run/create-run.js';
import { limitExamples } from '../run/limit-examples.js';
import { type OwnedRun, ownRun } from '../run/own-run.js';
import { pendingOutsideBatches, roundsOfPending } from '../run/pending-rounds.js';
import { type RunRecord, readRun } from '../run/read-run.js';
import type { Repairing } from '../run/repair.js';
import { repairsOf, roundsWithRepairs } from '../run/repair-rounds.js';
import { emptyRun } from '../run/start-run.js';
import type { Task } from '../run/task.js';
import { askModelInBatches, requireBatches } from './ask-in-batches.js';
import { askJudge } from './ask-judge.js';
import { askModel } from './ask-model.js';
import type { Call, CallEnd } from './call.js';
import type { RefinementOptions } from './call-options.js';
import { type Conclusion, conclude } from './conclude.js';
import { type Agree, agreeToCost } from './expected-cost.js';
import { judgeOf } from './judge-of-run.js';
import { type Plan, planOf } from './plan.js';
import type { PreparedRun } from './prepare-run.js';
import { priceFor, pricesOf } from './price.js';
import type { Surroundings } from './surroundings.js';
import type { Host } from './watch.js';

/** A call that asks about the examples of a run for the first time, repairs what failed, and has it judged. */
export interface Refinement extends PreparedRun {
  readonly call: Call;
  readonly repairing: Repairing;
  readonly options: RefinementOptions;
}

/** How a call went. */
export interface CallResult {
  readonly end: CallEnd;
  readonly conclusion: Conclusion;
}

/**
 * Finds out how a prepared run is to be refined.
 *
 * @throws UserError when that cannot be done: for a judge without a key, for batches at a server that has none
 */
export async function refinementOf(
  prepared: PreparedRun,
  options: RefinementOptions,
  around: Surroundings,
): Promise<Refinement> {
  const { spec, settings, checks, manifest } = prepared;
  const { temperature, maxTokens } = manifest.identity;
  if (options.batch === true) requireBatches(spec);
  const { suite } = checks;
  const judge = await judgeOf(settings, spec, { suite, ids: null, limit: options.limit }, around);
  const price = await priceFor(spec, settings, around);
  const call: Call = {
    ...{ spec, prompt: prepared.prompt, purpose: 'first', temperature, maxTokens },
    ...{ price, prices: pricesOf(spec, price, judge), judge, checks },
    batch: options.batch === true,
    sending: options,
  };
  return { ...prepared, call, repairing: { suite, prompt: await loadRepairPrompt(), again: call }, options };
}

/** What a refinement would do; nothing is sent or written. */
export async function planRefinement(refinement: Refinement): Promise<Plan> {
  const { dir, draft, settings, call, options } = refinement;
  const record = draft === null ? await readRun(dir) : emptyRun(dir, draft);
  const pending = pendingOutsideBatches(record);
  const due = await repairsWithin(refinement, record, pending);
  return planOf(record, pending, options.limit, call, settings, { due, most: settings.repair });
}

/**
 * Makes the run if need be, and opens it for sending.
 *
 * @param agree see `agreeToCost`
 * @returns null when nobody agreed to what it would cost; then nothing was sent, and no run was made
 * @throws UserError `run_locked` when another process sends for the run
 */
export async function openRefinement(
  refinement: Refinement,
  agree: Agree | null,
  { tell }: Pick<Surroundings, 'tell'>,
): Promise<OwnedRun | null> {
  const { dir, draft, call, settings, options } = refinement;
  if (draft !== null) {
    const asked = draft.selection.slice(0, options.limit);
    if (!(await agreeToCost(emptyRun(dir, draft), asked, call, settings, agree))) return null;
    await createRun(dir, draft.manifest, draft.selection, draft.prompt);
  }
  const run = await ownRun(dir);
  try {
    for (const warning of run.warnings) tell(`warning: ${warning}`);
    const asked = examplesToAsk(run, refinement);
    const findRepairs = () => repairsWithin(refinement, run, asked);
    if (draft === null && !(await agreeToCost(run, asked, call, settings, agree, findRepairs))) {
      await run.close();
      return null;
    }
    await run.saveSettings(settings);
    return run;
  } catch (error) {
    await run.close();
    throw error;
  }
}

/** The examples that a refinement asks about for the first time. */
export function examplesToAsk(run: RunRecord, { options }: Pick<Refinement, 'options'>): Example[] {
  return pendingOutsideBatches(run).slice(0, options.limit);
}

/** Asks, repairs, has judged, and concludes. */
export async function refineRun(
  run: OwnedRun,
  { settings, call, repairing, options }: Refinement,
  host: Host,
): Promise<CallResult> {
  const pending = roundsOfPending(run, call);
  const limited = limitExamples(options.limit);
  const ask = async (): Promise<CallEnd> => {
    const rounds = limited(roundsWithRepairs(pending, run, settings, repairing));
    const asked = call.batch
      ? await askModelInBatches(run, rounds, call, options, host)
      : await askModel(run, rounds, call, host);
    return askJudge(run, call, asked, host);
  };
  const due = limited(() => repairsOf(run, settings, repairing));
  let end = await ask();
  // What a judge flags may have to be repaired, and repairs have to be judged.
  for (let repairs = 0; call.judge !== null && repairs < settings.repair; repairs++) {
    if (end.interrupted || end.budgetSpent !== null || (await due(new Set())).length === 0) break;
    end = await ask();
  }
  return { end, conclusion: await conclude(run, call.checks) };
}

/** The repairs for which a limit leaves room beside the examples that are asked for the first time. */
async function repairsWithin(
  { settings, repairing, options }: Refinement,
  record: RunRecord,
  asked: readonly Example[],
): Promise<readonly Task[]> {
  const repairs = await repairsOf(record, settings, repairing);
  return repairs.slice(0, Math.max(0, (options.limit ?? Infinity) - asked.length));
}
