import { randomBytes } from 'node:crypto';
import type { Example } from '../dataset/example.js';
import type { ChatModel, ChatReply, OptionalParameter } from '../model/chat-model.js';
import { ModelError } from '../model/model-error.js';
import { costOf, type Price } from '../model/prices.js';
import { Pause } from '../pace/pause.js';
import { runPool } from '../pace/pool.js';
import { type ResendPolicy, resend, type Sending } from '../pace/resend.js';
import type { Prompt } from '../prompt/prompt.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import { ATTEMPT_VERSION, type Attempt, type AttemptPurpose } from './attempt.js';
import type { OwnedRun } from './own-run.js';
import { outage, refusal, refusalOfAll } from './stop-errors.js';

/** What happens while examples are asked. */
export type AskEvent =
  /** An attempt is on the disk, safe. `ended`: its example needs nothing more now. */
  | { readonly type: 'saved'; readonly attempt: Attempt; readonly ended: boolean }
  /** A request waits before it is sent again. */
  | {
      readonly type: 'waiting';
      readonly example: string;
      readonly waitMs: number;
      readonly fault: ModelError;
    };

export interface AskOptions {
  readonly model: ChatModel;
  readonly prompt: Prompt;
  readonly purpose: Extract<AttemptPurpose, 'first' | 'retry'>;
  readonly temperature: number;
  readonly maxTokens: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** null when unknown. */
  readonly price: Price | null;
  readonly resends: ResendPolicy;
  /** Aborted: no new request is sent; those under way are waited for. */
  readonly stop: AbortSignal;
  /** Aborted: requests under way are given up as well. */
  readonly abort: AbortSignal;
  readonly onEvent: (event: AskEvent) => void;
}

/** Requests refused as bad, with none answered before, that say more of the server than of the examples. */
const REFUSED_AFTER = 5;

/** No pause for all is longer than this, whatever one answer asks for, in milliseconds. */
const LONGEST_PAUSE_MS = 120_000;

/** Examples in a row that end without an answer, with none answered in between, that make an outage. */
const OUTAGE_AFTER = 3;

/**
 * Asks the model about examples, several at a time, and saves every attempt on receipt.
 *
 * @returns when every example was asked, or `stop` was aborted; what became of them is in the attempts
 * @throws UserError `model_refused` when the server refuses the run as a whole; EnvironmentError `outage` when
 *   nobody gets an answer any more, or `environment` when an attempt cannot be saved. In each case requests
 *   under way were waited for, and nothing that was answered is lost.
 */
export async function askExamples(
  run: OwnedRun,
  examples: readonly Example[],
  options: AskOptions,
): Promise<void> {
  const session = randomBytes(6).toString('hex');
  const numbers = new Map<string, number>();
  for (const { example, attempt } of run.attempts) numbers.set(example, attempt);
  const omit = new Set<OptionalParameter>(
    run.attempts.filter(({ model }) => model === options.model.name).flatMap(({ omitted }) => omitted),
  );
  const halt = new AbortController();
  const stop = AbortSignal.any([options.stop, halt.signal]);
  const saving = new Set<Promise<void>>();
  const pause = new Pause();
  /** Examples refused as bad requests while nothing was answered. */
  const refused: string[] = [];
  let unansweredInARow = 0;
  let anyAnswered = false;
  let lastFault: ModelError | null = null;

  const sendOnce = async (example: Example, sending: Sending): Promise<void> => {
    await pause.pass(stop);
    const omitted = [...omit];
    const number = (numbers.get(example.id) ?? 0) + 1;
    numbers.set(example.id, number);
    const sentAt = new Date();
    const start = performance.now();
    const answer = await complete(options, example, omitted);
    const outcome = answer instanceof ModelError ? noteRefusedParameter(answer, omitted, omit) : answer;
    const attempt: Attempt = {
      v: ATTEMPT_VERSION,
      example: example.id,
      attempt: number,
      session,
      purpose: options.purpose,
      prompt: options.prompt.hash,
      model: options.model.name,
      temperature: options.temperature,
      maxTokens: options.maxTokens,
      omitted,
      ...sending,
      sentAt: sentAt.toISOString(),
      durationMs: Math.round(performance.now() - start),
      ...describeOutcome(outcome, options.price),
    };
    const fault = outcome instanceof ModelError ? outcome : null;
    const ended =
      fault === null ||
      fault.facts.kind === 'example' ||
      (fault.facts.kind === 'transport' && sending.resendsLeft === 0);
    const saved = run.append(attempt).then(
      () => options.onEvent({ type: 'saved', attempt, ended }),
      (error: unknown) => halt.abort(error),
    );
    saving.add(saved);
    saved.finally(() => saving.delete(saved));
    if (fault === null) {
      unansweredInARow = 0;
      anyAnswered = true;
      if (!halt.signal.aborted) refused.length = 0;
      return;
    }
    if (fault.facts.kind === 'run') halt.abort(refusal(fault, options.model));
    if (fault.facts.code === 'rate_limited')
      pause.hold(Math.min(fault.facts.retryAfterMs ?? 0, LONGEST_PAUSE_MS));
    if (fault.facts.code === 'bad_request' && !anyAnswered) {
      refused.push(example.id);
      if (refused.length >= REFUSED_AFTER) halt.abort(fault);
    }
    throw fault;
  };
  // Noted here as well as below, because re-sending hides what happens once `stop` is aborted.
  const haltOnFailure = (error: unknown): never => {
    if (!(error instanceof ModelError) && error !== stop.reason) halt.abort(error);
    throw error;
  };

  await runPool(examples, options.concurrency, stop, async (example) => {
    try {
      await resend(
        (sending) => sendOnce(example, sending).catch(haltOnFailure),
        options.resends,
        stop,
        (waitMs, fault) => options.onEvent({ type: 'waiting', example: example.id, waitMs, fault }),
      );
    } catch (error) {
      if (stop.aborted && error === stop.reason) return;
      if (!(error instanceof ModelError)) {
        halt.abort(error);
        return;
      }
      if (error.facts.kind !== 'transport') return;
      lastFault = error;
      unansweredInARow++;
      if (unansweredInARow >= OUTAGE_AFTER) halt.abort(outage(error, options.model, anyAnswered));
    }
  });
  await Promise.all(saving);
  if (halt.signal.aborted) {
    const { reason } = halt.signal;
    // Told only now, when all are known that were under way and refused as well.
    throw reason instanceof ModelError ? refusalOfAll(reason, options.model, refused) : reason;
  }
  if (lastFault !== null && !anyAnswered && !options.stop.aborted)
    throw outage(lastFault, options.model, false);
}

/** Sends one request. */
async function complete(
  options: AskOptions,
  example: Example,
  omit: readonly OptionalParameter[],
): Promise<ChatReply | ModelError> {
  const { temperature, maxTokens, abort } = options;
  const messages = renderPrompt(options.prompt, example);
  try {
    return await options.model.complete({ messages, temperature, maxTokens, omit }, { signal: abort });
  } catch (error) {
    if (error instanceof ModelError) return error;
    if (abort.aborted) {
      return new ModelError(
        'not waited for any longer',
        { kind: 'transport', code: 'given_up' },
        { cause: error },
      );
    }
    throw error;
  }
}

function describeOutcome(
  outcome: ChatReply | ModelError,
  price: Price | null,
): Pick<Attempt, 'servedModel' | 'reply' | 'error' | 'usage' | 'costUsd'> {
  const usage = outcome instanceof ModelError ? (outcome.facts.usage ?? null) : outcome.usage;
  const costUsd = costOf(usage, price);
  if (!(outcome instanceof ModelError)) {
    const { content, finishReason, servedModel } = outcome;
    return { servedModel, reply: { content, finishReason }, error: null, usage, costUsd };
  }
  const { kind, code, status } = outcome.facts;
  const error = { kind, code, status: status ?? null, message: outcome.message };
  return { servedModel: null, reply: null, error, usage, costUsd };
}

/** Remembers a refused parameter; one that is refused though it was not sent is the example's trouble. */
function noteRefusedParameter(
  fault: ModelError,
  omitted: readonly OptionalParameter[],
  omit: Set<OptionalParameter>,
): ModelError {
  const { kind, parameter } = fault.facts;
  if (kind !== 'capability' || parameter === undefined) return fault;
  if (omitted.includes(parameter)) {
    return new ModelError(
      fault.message,
      { ...fault.facts, kind: 'example', code: 'bad_request' },
      { cause: fault },
    );
  }
  omit.add(parameter);
  return fault;
}
