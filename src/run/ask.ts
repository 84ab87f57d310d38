import { ModelError } from '../model/model-error.js';
import { BudgetSpent } from '../pace/budget.js';
import { runPool } from '../pace/pool.js';
import { type ResendPolicy, resend, type Sending } from '../pace/resend.js';
import { WaitTooLong } from '../pace/wait-too-long.js';
import type { Attempt } from './attempt.js';
import type { OwnedRun } from './own-run.js';
import { Sender, type SenderOptions } from './sender.js';
import { outage, refusal, refusalOfAll, waitTooLong } from './stop-errors.js';
import { type NextRound, oneRound, type Task } from './task.js';

/** What happens while examples are asked. */
export type AskEvent =
  /** A round begins. */
  | { readonly type: 'round'; readonly tasks: readonly Task[] }
  /** An attempt is on the disk, safe. `ended`: its task needs nothing more now. */
  | { readonly type: 'saved'; readonly attempt: Attempt; readonly ended: boolean }
  /** A request waits before it is sent again. */
  | {
      readonly type: 'waiting';
      readonly example: string;
      readonly waitMs: number;
      readonly fault: ModelError;
    };

export interface AskOptions extends SenderOptions {
  readonly resends: ResendPolicy;
  /** Longest time, in milliseconds, in which a server may turn every request away by a rate limit. */
  readonly maxWaitMs: number;
  /** Aborted: no new request is sent; those under way are waited for. */
  readonly stop: AbortSignal;
  readonly onEvent: (event: AskEvent) => void;
}

/** Requests refused as bad, with none answered before, that say more of the server than of the examples. */
const REFUSED_AFTER = 5;

/** Workers for each request that may be under way: the others wait to send again, and hold up nobody meanwhile. */
const WORKERS_A_REQUEST = 2;

/** Asks the model what is to be asked in a single round; see `askRounds`. */
export async function askExamples(
  run: OwnedRun,
  tasks: readonly Task[],
  options: AskOptions,
): Promise<BudgetSpent | null> {
  return askRounds(run, oneRound(tasks), options);
}

/**
 * Asks the model round by round, several requests at a time, and saves every attempt on receipt.
 *
 * @returns when there is nothing more to ask, or `stop` was aborted, or the budget does not allow the next request: then
 *   with what that would have needed. What became of the examples is in the attempts
 * @throws UserError `model_refused` when the server refuses the run as a whole; EnvironmentError `outage` when
 *   nobody gets an answer any more, `rate_limit` when the server asks for too long a wait, or `environment` when an
 *   attempt cannot be saved. In each case requests under way were waited for, and nothing that was answered is lost.
 */
export async function askRounds(
  run: OwnedRun,
  nextRound: NextRound,
  options: AskOptions,
): Promise<BudgetSpent | null> {
  const { model, gate, breaker, maxWaitMs, onEvent } = options;
  const halt = new AbortController();
  const stop = AbortSignal.any([options.stop, halt.signal]);
  const saving = new Set<Promise<void>>();
  /** Examples whose task ended with neither a reply nor a refusal for good. */
  const closed = new Set<string>();
  let anyReplied = false;
  /** Examples of requests that were refused as bad while nothing was answered. */
  const refused: string[] = [];
  let lastFault: ModelError | null = null;
  let limitedSinceMs: number | null = null;

  const sendOnce = async (task: Task, sending: Sending): Promise<void> => {
    const { attempt, fault, saved } = await sender.send(task, sending, stop);
    const ended = endsTask(attempt);
    const told = saved.then(
      () => onEvent({ type: 'saved', attempt, ended }),
      (error: unknown) => halt.abort(error),
    );
    saving.add(told);
    const forget = (): boolean => saving.delete(told);
    told.then(forget, forget);
    if (fault === null) return;
    const { pausedForMs: waitMs } = gate.state();
    if (fault.facts.code === 'rate_limited')
      onEvent({ type: 'waiting', example: task.example.id, waitMs, fault });
    throw fault;
  };

  const haltIfHopeless = ({ example }: Task, fault: ModelError | null, durationMs: number): void => {
    const { kind, code } = fault?.facts ?? { kind: null, code: null };
    if (fault !== null && code === 'rate_limited') {
      limitedSinceMs ??= performance.now();
      if (performance.now() - limitedSinceMs > maxWaitMs)
        halt.abort(waitTooLong(maxWaitMs, fault.message, model));
      return;
    }
    limitedSinceMs = null;
    if (code === 'given_up') return;
    if (fault === null) {
      anyReplied = true;
      if (!halt.signal.aborted) refused.length = 0;
    }
    if (fault !== null && kind === 'run') halt.abort(refusal(fault, model));
    if (fault !== null && code === 'bad_request' && !anyReplied) {
      refused.push(example.id);
      if (refused.length >= REFUSED_AFTER) halt.abort(fault);
    }
    if (kind === 'transport') lastFault = fault;
    const waitedMs = code === 'timeout' ? durationMs : 0;
    if (breaker.note(kind === 'transport', waitedMs) && fault !== null)
      halt.abort(outage(fault, model, anyReplied));
  };
  // Noted here as well as below, because re-sending hides what happens once `stop` is aborted.
  const haltOnFailure = (error: unknown): void => {
    if (!(error instanceof ModelError) && error !== stop.reason) halt.abort(error);
  };
  const sender = new Sender(run, options, { answered: haltIfHopeless, failed: haltOnFailure });

  const askOne = async (task: Task): Promise<void> => {
    const example = task.example.id;
    try {
      await resend(
        async (sending) => {
          try {
            await sendOnce(task, sending);
          } catch (error) {
            haltOnFailure(error);
            throw error;
          }
        },
        options.resends,
        stop,
        (waitMs, fault) => onEvent({ type: 'waiting', example, waitMs, fault }),
      );
    } catch (error) {
      if (!(error instanceof ModelError) || error.facts.kind !== 'example') closed.add(example);
      if (error instanceof ModelError || (stop.aborted && error === stop.reason)) return;
      halt.abort(error);
    }
  };
  while (!stop.aborted) {
    const tasks = await nextRound(closed);
    if (tasks.length === 0) break;
    onEvent({ type: 'round', tasks });
    await runPool(tasks, gate.mostUnderWay * WORKERS_A_REQUEST, stop, askOne);
    await Promise.all(saving);
  }
  if (halt.signal.aborted) {
    const { reason } = halt.signal;
    if (reason instanceof BudgetSpent) return reason;
    if (reason instanceof WaitTooLong) throw waitTooLong(reason.waitMs, reason.words, model);
    // Told only now, when all are known that were under way and refused as well.
    throw reason instanceof ModelError ? refusalOfAll(reason, model, [...new Set(refused)]) : reason;
  }
  if (lastFault !== null && !anyReplied && !options.stop.aborted) throw outage(lastFault, model, false);
  return null;
}

/** Whether an attempt leaves nothing more to do for its task in this call. */
function endsTask({ error, resendsLeft }: Attempt): boolean {
  if (error === null || error.kind === 'example') return true;
  return error.kind === 'transport' && error.code !== 'rate_limited' && resendsLeft === 0;
}
