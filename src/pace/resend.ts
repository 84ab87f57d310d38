import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { ModelError } from '../model/model-error.js';

/** How often, and after how long, a request is sent again after a passing fault. */
export interface ResendPolicy {
  /** Re-sendings after the first sending. */
  readonly resends: number;
  /** First wait in milliseconds; each later one is twice as long, and all vary by up to a factor of two. */
  readonly firstWaitMs: number;
  /** Longest wait of ours in milliseconds; a server may ask for a longer one. */
  readonly longestWaitMs: number;
}

export const DEFAULT_RESEND_POLICY: ResendPolicy = { resends: 5, firstWaitMs: 500, longestWaitMs: 30_000 };

/** A server that asks for a longer wait than this is not waited for: the request ends unanswered, for now. */
const LONGEST_ASKED_WAIT_MS = 3_600_000;

/** Where one sending stands among those of its request. */
export interface Sending {
  /** 0 for the first, k for the k-th re-sending. */
  readonly resend: number;
  readonly resendsLeft: number;
}

/**
 * Sends a request until it is answered, refused for good, or out of re-sendings. The only place where
 * anything is sent again. A refused parameter costs no re-sending: `send` is called at once, and is expected
 * to leave the parameter out.
 *
 * @param onWait told before each wait, with its length in milliseconds and the fault
 * @param signal ends the waiting, not a sending in progress
 * @throws the last ModelError; the signal's reason when it ended the waiting
 */
export async function resend<T>(
  send: (sending: Sending) => Promise<T>,
  policy: ResendPolicy,
  signal: AbortSignal,
  onWait: (waitMs: number, fault: ModelError) => void,
): Promise<T> {
  let refusedParameters = 0;
  return pRetry(
    (number) => {
      const resends = number - 1 - refusedParameters;
      return send({ resend: resends, resendsLeft: policy.resends - resends });
    },
    {
      // One more than is ever used: p-retry stops at its limit even for what consumes no retry.
      retries: policy.resends + 1,
      minTimeout: policy.firstWaitMs,
      maxTimeout: policy.longestWaitMs,
      randomize: true,
      signal,
      shouldRetry: ({ error, retriesConsumed }) =>
        error instanceof ModelError &&
        (error.facts.kind === 'capability' || (isPassing(error) && retriesConsumed < policy.resends)),
      shouldConsumeRetry: ({ error }) => !(error instanceof ModelError && error.facts.kind === 'capability'),
      onFailedAttempt: async ({ error, retriesConsumed, retryDelay }) => {
        if (!(error instanceof ModelError)) return;
        if (error.facts.kind === 'capability') refusedParameters++;
        if (!isPassing(error) || retriesConsumed === policy.resends) return;
        const waitMs = Math.max(retryDelay, error.facts.retryAfterMs ?? 0);
        onWait(waitMs, error);
        // p-retry waits `retryDelay` itself; what the server asks for beyond that is waited here.
        try {
          await sleep(waitMs - retryDelay, undefined, { signal });
        } catch {
          signal.throwIfAborted(); // with the signal's own reason, where the timer has one of its own
        }
      },
    },
  );
}

/** Whether a fault is worth waiting for. */
function isPassing({ facts }: ModelError): boolean {
  return facts.kind === 'transport' && (facts.retryAfterMs ?? 0) <= LONGEST_ASKED_WAIT_MS;
}
