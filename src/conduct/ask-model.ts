import { encodingOf, mostTokensOf, tokenCounterFor } from '../model/count-tokens.js';
import { createModel, type ModelSpec } from '../model/resolve.js';
import { Breaker } from '../pace/breaker.js';
import { Budget } from '../pace/budget.js';
import { Gate } from '../pace/gate.js';
import type { EarlierStart } from '../pace/gate-options.js';
import { DEFAULT_RESEND_POLICY } from '../pace/resend.js';
import { StallWatch } from '../pace/stall-watch.js';
import { askRounds } from '../run/ask.js';
import { commitmentOf } from '../run/commitment.js';
import type { OwnedRun } from '../run/own-run.js';
import type { CountPrompt } from '../run/request-bound.js';
import { type NextRound, oneRound } from '../run/task.js';
import type { Call, CallEnd } from './call.js';
import { saveLedger } from './conclude.js';
import type { Host } from './watch.js';

const MINUTE_MS = 60_000;

/** What of a call it takes to ask a model. */
export type AskedWith = Pick<Call, 'spec' | 'price' | 'prices' | 'checks' | 'sending'>;

/**
 * Asks the model of a call round by round, until nothing is to be asked, the host stops it, or the budget is spent.
 *
 * @throws the same as `askRounds`; the run's ledger is up to date then
 */
export async function askModel(
  run: OwnedRun,
  nextRound: NextRound,
  call: AskedWith,
  host: Host,
): Promise<CallEnd> {
  const firstTasks = await nextRound(new Set());
  if (firstTasks.length === 0) return { interrupted: false, budgetSpent: null };
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
    folder: host.cwd,
  });
  const watch = await host.watch(run, spec, gate);
  let failed = true;
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
      stop: watch.stop,
      abort: watch.abort,
      onEvent: watch.onEvent,
    });
    failed = false;
    return { interrupted: watch.stop.aborted, budgetSpent };
  } finally {
    watch.end(failed);
    if (failed) await saveLedger(run, call.checks);
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
function budgetOf(run: OwnedRun, { prices }: Pick<Call, 'prices'>): Budget {
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
