import { ModelError } from './model-error.js';

export interface DeadlineOptions {
  /** The caller's own way to stop; its reason is what the caller gets back. */
  readonly signal: AbortSignal;
  /** From the call, or from the last sign of life, to the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Runs `work` under one deadline that covers connecting, headers and body.
 *
 * It settles at the deadline or the abort even when `work` ignores the signal it is handed, as some
 * provider packages do.
 *
 * @param work gets a signal to end by, and a function that starts the time anew: work that takes long by its
 *   nature (sending a large file) calls it whenever it got on
 * @throws ModelError `timeout` at the deadline; the signal's reason when the caller stops.
 */
export function withDeadline<T>(
  work: (signal: AbortSignal, renew: () => void) => Promise<T>,
  { signal, timeoutMs }: DeadlineOptions,
): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const inner = new AbortController();
    // Rejecting before aborting makes our reason win over the error that the abort provokes inside `work`.
    const stop = (reason: unknown) => {
      reject(reason);
      inner.abort(reason);
    };
    const onAbort = () => stop(signal.reason);
    const timer = setTimeout(() => stop(timeoutError(timeoutMs)), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    let ended = false;
    const renew = () => {
      // A timer that is over would begin again.
      if (!ended && !inner.signal.aborted) timer.refresh();
    };
    work(inner.signal, renew)
      .then(resolve, reject)
      .finally(() => {
        ended = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      });
  });
}

function timeoutError(timeoutMs: number): ModelError {
  return new ModelError(`no complete answer within ${timeoutMs / 1000} s`, {
    kind: 'transport',
    code: 'timeout',
  });
}
