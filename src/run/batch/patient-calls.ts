import { ModelError } from '../../model/model-error.js';
import { Breaker } from '../../pace/breaker.js';
import { type ResendPolicy, resend } from '../../pace/resend.js';
import { outage, waitTooLong } from '../stop-errors.js';

/** Waits; rejects with the signal's reason when it is aborted. */
export type Sleep = (waitMs: number, signal: AbortSignal) => Promise<void>;

export interface PatientCallsOptions {
  readonly model: string;
  readonly resends: ResendPolicy;
  /** Longest time, in milliseconds, in which a server may turn a call away by a rate limit. */
  readonly maxWaitMs: number;
  readonly sleep: Sleep;
  readonly onWait: (waitMs: number, fault: ModelError) => void;
}

/** Waits after a refusal by a rate limit that does not say how long, in milliseconds: the first, and the longest. */
const FIRST_LIMIT_WAIT_MS = 1_000;
const LONGEST_LIMIT_WAIT_MS = 60_000;

/** Calls about files and batches, repeated until they are answered, refused, or the server seems to be gone. */
export class PatientCalls {
  readonly #options: PatientCallsOptions;
  readonly #breaker = new Breaker();

  constructor(options: PatientCallsOptions) {
    this.#options = options;
  }

  /**
   * @param signal ends the waiting and, as far as `send` heeds it, the call
   * @throws ModelError of the kind `run` when the call is refused; EnvironmentError `outage`, `rate_limit`; the signal's
   *   reason; what `send` throws beside ModelErrors
   */
  async call<T>(send: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { resends, onWait } = this.#options;
    const name = { name: this.#options.model };
    const limited = { totalMs: 0, nextMs: FIRST_LIMIT_WAIT_MS };
    try {
      return await resend(() => this.#once(send, signal, limited), resends, signal, onWait);
    } catch (error) {
      if (!(error instanceof ModelError) || error.facts.kind !== 'transport') throw error;
      throw outage(error, name, this.#breaker.everAnswered);
    }
  }

  async #once<T>(
    send: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    limited: { totalMs: number; nextMs: number },
  ): Promise<T> {
    const { model, maxWaitMs, sleep, onWait } = this.#options;
    try {
      const answer = await send(signal);
      this.#breaker.note(false);
      return answer;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      if (error.facts.code === 'rate_limited') {
        const waitMs = error.facts.retryAfterMs ?? limited.nextMs;
        limited.nextMs = Math.min(limited.nextMs * 2, LONGEST_LIMIT_WAIT_MS);
        limited.totalMs += waitMs;
        if (limited.totalMs > maxWaitMs) throw waitTooLong(waitMs, error.message, { name: model });
        onWait(waitMs, error);
        await sleep(waitMs, signal);
      } else if (this.#breaker.note(error.facts.kind === 'transport')) {
        throw outage(error, { name: model }, this.#breaker.everAnswered);
      }
      throw error;
    }
  }
}
