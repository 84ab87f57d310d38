import pRetry from 'p-retry';
import { ModelError } from '../model/model-error.js';

/** How often, and after how long, a request is sent again after a passing fault. */
export interface ResendPolicy {
  /** Re-sendings after the first sending. */
  readonly resends: number;
  /**
   * Of these, how many may follow faults that are dear: answers that were paid for and cannot be used, and requests that
   * ran into the time limit, which the model may have worked on all the while.
   */
  readonly dearResends: number;
  /** First wait in milliseconds; each later one is twice as long, and all vary by up to a factor of two. */
  readonly firstWaitMs: number;
  /** Longest of these waits in milliseconds; what a server asks for is waited for before the request is sent. */
  readonly longestWaitMs: number;
}

/** With 30 % of all answers faulty, one example in 500,000 is left without a reply. */
export const DEFAULT_RESEND_POLICY: ResendPolicy = {
  resends: 10,
  dearResends: 5,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
};

/** One sending of a request. */
export interface Sending {
  /** 0 for the first, k for the k-th re-sending. */
  readonly resend: number;
  /** How many re-sendings would be left if this one ended so; null for an answer. */
  leftAfter(fault: ModelError | null): number;
}

/**
 * Sends a request until it is answered, refused for good, or out of re-sendings. The only place where anything is sent
 * again.
 *
 * Two faults cost no re-sending and are followed by `send` at once. After a refused parameter, `send` is expected to
 * leave it out. After a refusal by a rate limit, `send` is expected to wait until the limit lets it pass: such a request
 * was not tried at all.
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
  let used = 0;
  let dear = 0;
  const leftAfter = (fault: ModelError | null): number => {
    const left = policy.resends - used;
    return fault !== null && isDear(fault) ? Math.min(left, policy.dearResends - dear) : left;
  };
  return pRetry((number) => send({ resend: number - 1 - refusedParameters, leftAfter }), {
    // One more than is ever used: p-retry stops at its limit even for what consumes no retry.
    retries: policy.resends + 1,
    minTimeout: policy.firstWaitMs,
    maxTimeout: policy.longestWaitMs,
    randomize: true,
    signal,
    shouldConsumeRetry: ({ error }) => !isFree(error),
    shouldRetry: ({ error }) => {
      if (!(error instanceof ModelError)) return false;
      if (isFree(error)) {
        if (error.facts.kind === 'capability') refusedParameters++;
        return true;
      }
      if (error.facts.kind !== 'transport' || leftAfter(error) <= 0) return false;
      used++;
      if (isDear(error)) dear++;
      return true;
    },
    onFailedAttempt: ({ error, retryDelay }) => {
      if (!(error instanceof ModelError) || error.facts.kind !== 'transport' || isFree(error)) return;
      if (leftAfter(error) > 0) onWait(retryDelay, error);
    },
  });
}

/** Whether the request was turned away before anything was done for it, for a reason that has been seen to. */
function isFree(error: Error): boolean {
  if (!(error instanceof ModelError)) return false;
  return error.facts.kind === 'capability' || error.facts.code === 'rate_limited';
}

function isDear({ facts }: ModelError): boolean {
  return facts.code === 'timeout' || facts.usage !== undefined;
}
