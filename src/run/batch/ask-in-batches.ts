import { randomBytes } from 'node:crypto';
import { type Batch, isOver } from '../../model/batch.js';
import { ModelError } from '../../model/model-error.js';
import { batchPrice } from '../../model/prices.js';
import type { BudgetSpent } from '../../pace/budget.js';
import { ATTEMPT_VERSION } from '../attempt.js';
import { AttemptNumbers } from '../attempt-numbers.js';
import { describeOutcome } from '../attempt-outcome.js';
import { commitmentOf } from '../commitment.js';
import type { OwnedRun } from '../own-run.js';
import { RefusedParameters } from '../refused-parameters.js';
import { RequestBound } from '../request-bound.js';
import { outage, refusal } from '../stop-errors.js';
import type { NextRound } from '../task.js';
import { type BatchContext, type BatchOptions, noteBatch, noteSeen } from './batch-context.js';
import { type BatchRecord, livingBatches, refusedParametersOf } from './batch-record.js';
import { otherServer, refusedBatch, refusedCall } from './batch-stops.js';
import { type Collected, collectBatch } from './collect-batch.js';
import { customIdOf } from './custom-id.js';
import { PatientCalls } from './patient-calls.js';
import { placeBatch, settleIntent } from './placement.js';
import { affordable, sendableNow } from './queue.js';
import {
  type BatchModel,
  groupRequests,
  type QueuedRequest,
  queueRequest,
  reserveFor,
} from './request-line.js';

/** Between two looks at the batches, in milliseconds: at first, and at most; each time half as long again. */
const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 60_000;
const POLL_GROWTH = 1.5;

/**
 * Asks the model in batches, and saves an attempt for everything that was asked: first takes up the batches that earlier
 * calls left at the server, then goes on round by round.
 *
 * @returns when there is nothing more to ask, or `stop` was aborted, or the budget does not allow the next request: then
 *   with what that would have needed
 * @throws UserError `config` when batches wait at another server, `model_refused` when the server refuses; EnvironmentError
 *   `outage`, `rate_limit`, `environment`. In each case batches go on at the server, and the next call takes them up.
 */
export async function askInBatches(
  run: OwnedRun,
  nextRound: NextRound,
  options: BatchOptions,
): Promise<BudgetSpent | null> {
  const { stop, abort } = options;
  try {
    return await new BatchWork(run, nextRound, options).do();
  } catch (error) {
    if ((stop.aborted && error === stop.reason) || (abort.aborted && error === abort.reason)) return null;
    throw error;
  }
}

class BatchWork {
  readonly #context: BatchContext;
  readonly #nextRound: NextRound;
  readonly #refused: RefusedParameters;
  readonly #bound: RequestBound;
  readonly #session: string;
  /** Prompt tokens of requests by our count, by `custom_id`. */
  readonly #counted = new Map<string, number>();
  /** Examples that this call does not ask again. */
  readonly #closed = new Set<string>();
  /** Batches that were seen alive in this call. Their being cancelled is somebody's word against sending the rest. */
  readonly #seenAlive = new Set<string>();
  #queue: QueuedRequest[] = [];
  #pollMs = FIRST_POLL_MS;
  #anyReplied = false;
  #fault: ModelError | null = null;

  constructor(run: OwnedRun, nextRound: NextRound, options: BatchOptions) {
    const { model, resends, maxWaitMs, sleep, onEvent, countPrompt, price } = options;
    const calls = new PatientCalls({
      ...{ model, resends, maxWaitMs, sleep },
      onWait: (waitMs, fault) => onEvent({ type: 'waiting', waitMs, fault }),
    });
    this.#context = { ...options, run, calls };
    this.#nextRound = nextRound;
    this.#refused = new RefusedParameters([...run.attempts, ...refusedParametersOf(run.batches)], model);
    this.#bound = new RequestBound(countPrompt, price === null ? null : batchPrice(price));
    // Whether an example's failures were its own is judged within a session, and rounds may be calls apart.
    const earlier = run.batches.findLast(({ intent }) => intent.model === model);
    this.#session = earlier?.intent.session ?? randomBytes(6).toString('hex');
  }

  async do(): Promise<BudgetSpent | null> {
    const { server, model } = this.#context;
    for (const record of this.#living()) {
      if (record.intent.server !== server) throw otherServer(record, server);
    }
    for (const record of this.#living()) {
      if (record.serverId === null) await settleIntent(this.#context, record);
    }
    for (let isFirst = true; ; isFirst = false) {
      if (this.#queue.length === 0 && (isFirst || this.#living().length === 0)) await this.#begin();
      const spent = await this.#send();
      if (this.#living().length > 0) await this.#waitForOne();
      else if (spent !== null) return spent;
      else if (this.#queue.length === 0) break;
    }
    if (this.#fault === null || this.#anyReplied || this.#closed.size === 0) return null;
    // What is settled by now was the examples' own fault.
    if ((await this.#nextRound(new Set())).length === 0) return null;
    throw outage(this.#fault, { name: model }, false);
  }

  #living(): BatchRecord[] {
    return livingBatches(this.#context.run.batches);
  }

  /** Queues the requests of the next round. */
  async #begin(): Promise<void> {
    const tasks = await this.#nextRound(this.#closed);
    const { run, stop, countPrompt } = this.#context;
    const earlier = Map.groupBy(run.attempts, ({ example }) => example);
    const numbers = new AttemptNumbers(run.attempts);
    const to = this.#to();
    for (const [index, task] of tasks.entries()) {
      // Counting tokens takes a while for many, in which Ctrl-C should be heard.
      if (index % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
      stop.throwIfAborted();
      const { id } = task.example;
      const counted = countPrompt(task.messages());
      const queued = queueRequest(task, numbers.take(id), earlier.get(id) ?? [], counted, to);
      this.#counted.set(customIdOf(queued.request), counted);
      this.#queue.push(queued);
    }
  }

  #to(): BatchModel {
    return { model: this.#context.model, omitted: this.#refused.list() };
  }

  /**
   * Sends what may be sent of the queue now.
   *
   * @returns what the next request lacks, when the budget ends before the queue
   */
  async #send(): Promise<BudgetSpent | null> {
    const { run, model, price, prices, budget, limits, stop } = this.#context;
    if (this.#queue.length === 0) return null;
    const { total } = commitmentOf(run, { model, price }, ...prices);
    this.#queue = this.#queue.map((queued) => reserveFor(queued, this.#bound));
    const { requests, spent } = affordable(this.#queue, total, budget);
    const to = this.#to();
    for (const { kind, requests: group } of groupRequests(requests)) {
      const { batches, tooLarge } = sendableNow(group, limits, this.#waitingTokens());
      for (const queued of tooLarge) await this.#refuse(queued);
      this.#forget(tooLarge);
      for (const batch of batches) {
        stop.throwIfAborted();
        await placeBatch(this.#context, batch, { session: this.#session, ...kind, ...to });
        this.#forget(batch);
        this.#pollMs = FIRST_POLL_MS;
      }
    }
    return spent;
  }

  #forget(gone: readonly QueuedRequest[]): void {
    const set = new Set(gone);
    this.#queue = this.#queue.filter((queued) => !set.has(queued));
  }

  #waitingTokens(): number {
    return this.#living()
      .flatMap(({ intent }) => intent.requests)
      .reduce((sum, { promptTokens }) => sum + promptTokens, 0);
  }

  /** Records as an outcome that a request is larger than a whole file may be. */
  async #refuse({ task, request, bytes }: QueuedRequest): Promise<void> {
    const { run, limits, model } = this.#context;
    const { purpose, prompt, temperature, maxTokens, judged } = task;
    const words = `a request of ${bytes} bytes is larger than a batch may be (${limits.bytes})`;
    await run.append({
      v: ATTEMPT_VERSION,
      ...{ example: request.example, attempt: request.attempt, resend: request.resend, resendsLeft: 0 },
      ...{ session: this.#session, purpose, prompt, model, temperature, maxTokens, omitted: [] },
      ...(judged !== undefined && { judged }),
      sentAt: new Date().toISOString(),
      durationMs: 0,
      ...describeOutcome(new ModelError(words, { kind: 'example', code: 'too_large' }), null),
    });
  }

  /** Looks at the batches until at least one is over, and collects those that are. */
  async #waitForOne(): Promise<void> {
    const { run, api, calls, stop, sleep, model, onEvent } = this.#context;
    for (;;) {
      let over = 0;
      for (const record of this.#living()) {
        const { serverId } = record;
        if (serverId === null) throw new Error(`Batch ${record.intent.batch} was never settled.`);
        try {
          const batch = await calls.call((signal) => api.retrieve(serverId, signal), stop);
          await noteSeen(run, record, batch);
          onEvent({ type: 'seen', record, batch });
          if (isOver(batch.status)) {
            over++;
            await this.#end(record, batch);
          } else if (batch.status !== 'cancelling') this.#seenAlive.add(record.intent.batch);
        } catch (error) {
          throw error instanceof ModelError ? refusedCall(error, model, record) : error;
        }
      }
      if (over > 0) return;
      await sleep(this.#pollMs, stop);
      this.#pollMs = Math.min(this.#pollMs * POLL_GROWTH, LONGEST_POLL_MS);
    }
  }

  async #end(record: BatchRecord, batch: Batch): Promise<void> {
    const { run, model } = this.#context;
    const id = record.intent.batch;
    const hasFailed = batch.status === 'failed';
    if (hasFailed && batch.outputFileId === null && batch.errorFileId === null) {
      const reason = batch.errors[0]?.message ?? 'the server failed it';
      await noteBatch(run, { kind: 'abandoned', batch: id, reason });
      throw refusedBatch(record, batch, this.#living().length);
    }
    const lessons = { refused: this.#refused, bound: this.#bound, counted: this.#counted };
    const collected = await collectBatch(this.#context, record, batch, lessons);
    this.#closeAfter(record, batch, collected);
    if (collected.refusal !== null) throw refusal(collected.refusal, { name: model });
    if (hasFailed) throw refusedBatch(record, batch, this.#living().length);
  }

  /** Decides which examples of a batch are not asked again in this call, though they may stay pending. */
  #closeAfter({ intent, cancelRequested }: BatchRecord, { status }: Batch, collected: Collected): void {
    const { attempts, fault } = collected;
    if (attempts.some(({ reply }) => reply !== null)) this.#anyReplied = true;
    if (fault !== null) this.#fault = fault;
    const isFruitless = attempts.every(({ error }) => error?.code === 'not_done');
    const isCalledOff = status === 'cancelled' && !cancelRequested && this.#seenAlive.has(intent.batch);
    for (const { example, error, resendsLeft } of attempts) {
      const isUndone = error?.code === 'not_done';
      const isOutOfResends = error?.kind === 'transport' && resendsLeft === 0;
      if (isOutOfResends || (isUndone && (isCalledOff || (isFruitless && status === 'expired')))) {
        this.#closed.add(example);
      }
    }
    if (isCalledOff) this.#fault = null;
  }
}
