import { ModelError } from './model-error.js';

export interface DeadlineOptions {
  /** The caller's own way to stop; its reason is what the caller gets back. */
  readonly signal: AbortSignal;
  /** From the call to the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Runs `work` under one deadline that covers connecting, headers and body.
 *
 * It settles at the deadline or the abort even when `work` ignores the signal it is handed, as some
 * provider packages do.
 *
 * @throws ModelError `timeout` at the deadline; the signal's reason when the caller stops.
 */
export function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
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
    work(inner.signal)
      .then(resolve, reject)
      .finally(() => {
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
