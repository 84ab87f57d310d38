import { randomBytes } from 'node:crypto';
import type { ChatMessage, ChatModel, ChatReply, OptionalParameter } from '../model/chat-model.js';
import { ModelError } from '../model/model-error.js';
import type { Price } from '../model/prices.js';
import type { Breaker } from '../pace/breaker.js';
import type { Amount, Budget, Reservation } from '../pace/budget.js';
import type { Gate } from '../pace/gate.js';
import type { Pass, PassEnd } from '../pace/pass.js';
import type { Sending } from '../pace/resend.js';
import { Stalled, type StallWatch } from '../pace/stall-watch.js';
import { ATTEMPT_VERSION, type Attempt } from './attempt.js';
import { AttemptNumbers } from './attempt-numbers.js';
import { describeOutcome } from './attempt-outcome.js';
import { amountUsed } from './commitment.js';
import { expectTokens } from './expected-tokens.js';
import type { OwnedRun } from './own-run.js';
import { RefusedParameters } from './refused-parameters.js';
import { type CountPrompt, learnFromRun, RequestBound, type RequestMost } from './request-bound.js';
import { SENT_VERSION } from './sent.js';
import type { Task } from './task.js';

/** To whom, and within which limits, requests are sent. */
export interface SenderOptions {
  readonly model: ChatModel;
  /** Of this model; null when unknown. */
  readonly price: Price | null;
  readonly gate: Gate;
  readonly budget: Budget;
  readonly breaker: Breaker;
  readonly stalls: StallWatch;
  readonly countPrompt: CountPrompt;
  /** Aborted: requests under way are given up. */
  readonly abort: AbortSignal;
}

/** Told of each ending before anything else is sent because of it, so that nothing is when there is no hope. */
export interface SenderHooks {
  /** The fault is null for a reply. */
  answered(task: Task, fault: ModelError | null, durationMs: number): void;
  /** Something else than a model's fault. */
  failed(error: unknown): void;
}

/** What became of one sending. */
export interface SendingResult {
  readonly attempt: Attempt;
  /** null when there is a reply. */
  readonly fault: ModelError | null;
  /** Settles when the attempt is safe on the disk, or cannot be made so. */
  readonly saved: Promise<void>;
}

const NOTHING: Amount = { tokens: 0, usd: 0 };

/** Sends single requests, within budget and limits, and writes down each before it is sent and after it was answered. */
export class Sender {
  readonly #run: OwnedRun;
  readonly #options: SenderOptions;
  readonly #hooks: SenderHooks;
  readonly #session = randomBytes(6).toString('hex');
  readonly #numbers: AttemptNumbers;
  readonly #refusedParameters: RefusedParameters;
  readonly #bound: RequestBound;
  /** Whether it is known what the server counts, or need not be. Until then requests go one by one. */
  #isMeasured: boolean;
  /** Requests sent and not yet answered; those that only hold a pass are none. */
  #underWay = 0;

  constructor(run: OwnedRun, options: SenderOptions, hooks: SenderHooks) {
    this.#run = run;
    this.#options = options;
    this.#hooks = hooks;
    this.#numbers = new AttemptNumbers(run.attempts);
    this.#refusedParameters = new RefusedParameters(run.attempts, options.model.name);
    this.#bound = new RequestBound(options.countPrompt, options.price);
    const own = run.attempts.filter(({ model }) => model === options.model.name);
    learnFromRun(this.#bound, own, run.sent);
    this.#isMeasured = !options.budget.isLimited || own.some(({ usage }) => usage !== null);
  }

  /**
   * Sends one request, once, and records it.
   *
   * @param stop ends the waiting before the request is sent, with its reason; not a request under way
   * @throws BudgetSpent; WaitTooLong; EnvironmentError when something cannot be written
   */
  async send(task: Task, sending: Sending, stop: AbortSignal): Promise<SendingResult> {
    const { model } = this.#options;
    const { example, purpose, prompt, temperature, maxTokens, judged } = task;
    const messages = task.messages();
    const { pass, most, reservation } = await this.#admit(task, messages, sending.resend > 0, stop);
    this.#underWay++;
    let used: Amount | null = NOTHING;
    let end: PassEnd = { type: 'unsent' };
    try {
      const attempt = this.#numbers.take(example.id);
      const mark = { example: example.id, attempt, session: this.#session, model: model.name };
      this.#run.noteSent({ v: SENT_VERSION, ...mark, reserved: most });
      used = null;
      const { answer, fault, ...record } = await this.#exchange(task, messages);
      end = endOf(answer);
      this.#hooks.answered(task, fault, record.durationMs);
      const usage = answer instanceof ModelError ? answer.facts.usage : answer.usage;
      if (usage) this.#bound.learn(messages, maxTokens, usage);
      if (fault === null) this.#isMeasured = true;
      const full: Attempt = {
        v: ATTEMPT_VERSION,
        ...mark,
        purpose,
        prompt,
        temperature,
        maxTokens,
        resend: sending.resend,
        resendsLeft: sending.leftAfter(fault),
        ...record,
        ...(judged !== undefined && { judged }),
      };
      used = amountUsed(full);
      return { attempt: full, fault, saved: this.#run.append(full) };
    } catch (error) {
      this.#hooks.failed(error);
      throw error;
    } finally {
      this.#underWay--;
      reservation.settle(used);
      pass.leave(end);
    }
  }

  /** Waits until a request may be sent: for the disk, the budget and the gate. */
  async #admit(
    task: Task,
    messages: readonly ChatMessage[],
    again: boolean,
    stop: AbortSignal,
  ): Promise<{ pass: Pass; most: RequestMost; reservation: Reservation }> {
    const { budget, breaker, gate } = this.#options;
    const { maxTokens } = task;
    const request = { tokens: expectTokens(messages, task), again };
    for (;;) {
      await this.#run.room();
      if (!this.#isMeasured) await budget.idle(stop);
      await budget.room(amountOf(this.#bound.of(messages, maxTokens)), stop);
      const pass = await gate.enter(request, stop);
      // While nearly everything fails, requests that were sent before find out when that is over.
      const isHopeless = breaker.isFailing && !again && this.#underWay > 0;
      const isEarly = !this.#isMeasured && !budget.isIdle;
      // Only now, since those before may have used up the room, or shown that more has to be set aside.
      const most = this.#bound.of(messages, maxTokens);
      const reservation = isHopeless || isEarly ? null : budget.take(amountOf(most));
      if (reservation !== null) return { pass, most, reservation };
      pass.leave({ type: 'unsent' });
      if (isHopeless) await breaker.nextOutcome(stop);
    }
  }

  /** One request and its answer, as an attempt tells of them. */
  async #exchange(task: Task, messages: readonly ChatMessage[]) {
    const omitted = this.#refusedParameters.list();
    const sentAt = new Date().toISOString();
    const start = performance.now();
    const answer = await this.#complete(task, messages, omitted);
    const durationMs = Math.round(performance.now() - start);
    const fault = answer instanceof ModelError ? this.#refusedParameters.note(answer, omitted) : null;
    return {
      answer,
      fault,
      omitted,
      sentAt,
      durationMs,
      ...describeOutcome(fault ?? answer, this.#options.price),
    };
  }

  async #complete(
    { temperature, maxTokens }: Task,
    messages: readonly ChatMessage[],
    omit: readonly OptionalParameter[],
  ): Promise<ChatReply | ModelError> {
    const { model, abort } = this.#options;
    const watched = this.#options.stalls.begin();
    const signal = AbortSignal.any([abort, watched.signal]);
    let answered = false;
    try {
      const reply = await model.complete({ messages, temperature, maxTokens, omit }, { signal });
      answered = true;
      return reply;
    } catch (error) {
      if (error instanceof ModelError) return error;
      if (error instanceof Stalled)
        return new ModelError(error.message, { kind: 'transport', code: 'timeout' });
      if (!abort.aborted) throw error;
      const facts = { kind: 'transport', code: 'given_up' } as const;
      return new ModelError('not waited for any longer', facts, { cause: error });
    } finally {
      watched.end(answered);
    }
  }
}

function amountOf({ promptTokens, completionTokens, usd }: RequestMost): Amount {
  return { tokens: promptTokens + completionTokens, usd };
}

/** What the gate has to know of an answer. */
function endOf(answer: ChatReply | ModelError): PassEnd {
  if (!(answer instanceof ModelError)) {
    const { usage, limits = null } = answer;
    return { type: 'answered', tokens: usage && usage.promptTokens + usage.completionTokens, limits };
  }
  const { kind, code, limits = null, retryAfterMs = null, limitedBy = null, usage } = answer.facts;
  if (code === 'rate_limited')
    return { type: 'refused', retryAfterMs, limitedBy, limits, words: answer.message };
  if (kind === 'transport') return { type: 'failed', retryAfterMs, limits };
  const tokens = usage === undefined ? 0 : usage.promptTokens + usage.completionTokens;
  return { type: 'answered', tokens, limits };
}
