import { resolve } from 'node:path';
import { defaultExportPath, exportTrainingSet } from '../export/export-training-set.js';
import { writeLedger } from '../export/ledger-file.js';
import { encodingOf, mostTokensOf, tokenCounterFor } from '../model/count-tokens.js';
import type { KnownPrice } from '../model/prices.js';
import { createModel, type ModelSpec } from '../model/resolve.js';
import { Breaker } from '../pace/breaker.js';
import { Budget, type BudgetSpent } from '../pace/budget.js';
import { Gate } from '../pace/gate.js';
import type { EarlierStart } from '../pace/gate-options.js';
import { DEFAULT_RESEND_POLICY } from '../pace/resend.js';
import { StallWatch } from '../pace/stall-watch.js';
import { spendingLine } from '../report/summary.js';
import { askRounds } from '../run/ask.js';
import { commitmentOf, type PricedModel } from '../run/commitment.js';
import { type Judging, type JudgingState, judgingState } from '../run/judge-rounds.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import { loadLedger } from '../run/load-ledger.js';
import type { OwnedRun } from '../run/own-run.js';
import { readRun } from '../run/read-run.js';
import type { CountPrompt } from '../run/request-bound.js';
import { type CheckedWith, takeSnapshot } from '../run/take-snapshot.js';
import { type Asking, type NextRound, oneRound, type Task } from '../run/task.js';
import { findVerdictChanges, type VerdictChanges } from '../run/verdict-changes.js';
import type { Io } from './io.js';
import { startProgress } from './progress.js';
import type { SendingOptions } from './refine-options.js';
import { keepYoungGenerationSmall } from './young-generation.js';

const MINUTE_MS = 60_000;

/** The model that judges what another one has refined. */
export interface Judge extends Judging {
  readonly spec: ModelSpec;
  /** Its own; null when unknown. */
  readonly price: KnownPrice | null;
}

/** How examples are asked in this call. */
export interface Call extends Asking {
  readonly spec: ModelSpec;
  /** Of single requests, also for a call that sends batches. */
  readonly price: KnownPrice | null;
  /** Of single requests, of all models that the call asks. */
  readonly prices: readonly PricedModel[];
  /** Who judges the replies; null for nobody. */
  readonly judge: Judge | null;
  /** Whether the requests go through the Batch API. */
  readonly batch: boolean;
  readonly checks: CheckedWith;
  readonly sending: SendingOptions;
}

/** Why a call ended before every example was asked. */
export interface CallEnd {
  readonly interrupted: boolean;
  readonly budgetSpent: BudgetSpent | null;
}

/** Asks the model what is to be asked in a single round; see `askRoundsWithProgress`. */
export async function askWithProgress(
  run: OwnedRun,
  tasks: readonly Task[],
  call: Pick<Call, 'spec' | 'price' | 'prices' | 'checks' | 'sending'>,
  io: Io,
): Promise<CallEnd> {
  return askRoundsWithProgress(run, oneRound(tasks), call, io);
}

/**
 * Asks the model round by round, with progress on stderr. The first Ctrl-C lets what is under way finish, the second
 * gives it up.
 */
export async function askRoundsWithProgress(
  run: OwnedRun,
  nextRound: NextRound,
  call: Pick<Call, 'spec' | 'price' | 'prices' | 'checks' | 'sending'>,
  io: Io,
): Promise<CallEnd> {
  const firstTasks = await nextRound(new Set());
  if (firstTasks.length === 0) return { interrupted: false, budgetSpent: null };
  keepYoungGenerationSmall();
  const { spec, price, sending } = call;
  const budget = budgetOf(run, call);
  const countPrompt = await countPromptFor(run, spec);
  const maxWaitMs = sending.maxWait * 1000;
  const gate = new Gate({
    concurrency: sending.concurrency,
    requestsPerMinute: sending.rpm ?? null,
    tokensPerMinute: sending.tpm ?? null,
    earlier: lastMinuteOf(run),
    maxWaitMs,
  });
  const model = await createModel(spec, {
    timeoutMs: sending.timeout * 1000,
    concurrency: gate.mostUnderWay,
    folder: io.cwd,
  });
  const stop = new AbortController();
  const abort = new AbortController();
  const progress = await startProgress(gate, io);
  const removeHandler = io.onInterrupt(() => {
    if (stop.signal.aborted) {
      abort.abort();
      return;
    }
    progress.say('Stopping: waiting for the answers under way. Ctrl-C again gives them up.');
    stop.abort();
  });
  try {
    const first = oneRound(firstTasks);
    const rounds: NextRound = async (closed) => {
      const tasks = await first(closed);
      return tasks.length > 0 ? tasks : nextRound(closed);
    };
    const budgetSpent = await askRounds(run, rounds, {
      model,
      price,
      gate,
      budget,
      countPrompt,
      maxWaitMs,
      resends: DEFAULT_RESEND_POLICY,
      breaker: new Breaker(),
      stalls: new StallWatch(),
      stop: stop.signal,
      abort: abort.signal,
      onEvent: progress.onEvent,
    });
    return { interrupted: stop.signal.aborted, budgetSpent };
  } catch (error) {
    progress.end();
    await accountAfterFailure(run, call, io);
    throw error;
  } finally {
    progress.end();
    removeHandler();
    await model.close();
  }
}

/** What earlier calls have sent so lately that it counts towards a limit by the minute. */
function lastMinuteOf({ attempts }: OwnedRun): EarlierStart[] {
  const now = Date.now();
  return attempts.flatMap(({ sentAt, usage }) => {
    const agoMs = Math.max(0, now - Date.parse(sentAt));
    const tokens = usage === null ? 0 : usage.promptTokens + usage.completionTokens;
    return agoMs > MINUTE_MS ? [] : [{ agoMs, tokens }];
  });
}

/** The budget of a run, with what it has used so far. */
export function budgetOf(run: OwnedRun, { prices }: Pick<Call, 'prices'>): Budget {
  const { budgetUsd: usd, budgetTokens: tokens } = run.manifest.settings;
  return new Budget({ usd, tokens }, commitmentOf(run, ...prices).total);
}

/** Counting takes time, and a tokeniser to load: it is done only where a budget depends on it. */
async function countPromptFor({ manifest }: OwnedRun, spec: ModelSpec): Promise<CountPrompt> {
  const { budgetUsd, budgetTokens } = manifest.settings;
  const isLimited = budgetUsd !== null || budgetTokens !== null;
  // Another tokeniser than the model's would give no bound.
  return isLimited && encodingOf(spec).exact ? (await tokenCounterFor(spec)).mostInMessages : mostTokensOf;
}

/** Brings the ledger up to date when a call fails, and tells what it used. */
export async function accountAfterFailure(
  run: OwnedRun,
  { checks }: Pick<Call, 'checks'>,
  io: Io,
): Promise<void> {
  io.stderr.write(`${spendingLine(run)}\n`);
  try {
    await writeLedger(
      resolve(run.dir, 'ledger.jsonl'),
      await loadLedger(await readRun(run.dir), checks.suite),
    );
  } catch {
    // The ledger can be derived at any time; the failure that ended the call is the one to tell.
  }
}

/** What became of a run when a call ends. */
export interface Conclusion {
  readonly ledger: readonly LedgerEntry[];
  /** What is judged otherwise than at the last check; null when there was none. */
  readonly changes: VerdictChanges | null;
  readonly judging: JudgingState;
  /** The training set, if one was written now. */
  readonly output: { readonly path: string; readonly rows: number } | null;
}

/**
 * Draws up the ledger, saves it in the run, leaves a snapshot of the verdicts, and writes the training set if nothing is
 * to be asked any more. The run is read afresh, because people can decide while requests are being sent.
 */
export async function conclude(owned: OwnedRun, checks: CheckedWith): Promise<Conclusion> {
  const { dir } = owned;
  const run = await readRun(dir);
  const { settings, dataset } = run.manifest;
  const ledger = await loadLedger(run, checks.suite);
  await writeLedger(resolve(dir, 'ledger.jsonl'), ledger);
  const changes = findVerdictChanges(run, ledger, checks);
  await owned.saveSnapshot(takeSnapshot(run.attempts, ledger, checks, new Date()));
  const judging = judgingState(ledger, settings);
  if (countOutcomes(ledger).pending + judging.unjudged > 0) return { ledger, changes, judging, output: null };
  const path = settings.output ?? defaultExportPath(dir, dataset.extension);
  const target = { path, shape: settings.to ?? dataset.shape, partial: false };
  return {
    ledger,
    changes,
    judging,
    output: { path, rows: await exportTrainingSet(run.selection, ledger, target) },
  };
}

/**
 * The exit status that outcomes, and the end of the call that led to them, come to.
 *
 * @param unjudged examples whose reply is still to be judged
 */
export function statusOf(ledger: readonly LedgerEntry[], end?: CallEnd, unjudged = 0): number {
  const { pending, blocked } = countOutcomes(ledger);
  if (end?.interrupted === true && pending + unjudged > 0) return 130;
  if (end?.budgetSpent) return 4;
  return pending + unjudged + blocked > 0 ? 3 : 0;
}
