/** Outcomes that are looked at, newest last. */
const REMEMBERED = 40;
/** Fewer outcomes than this say nothing yet. */
const LEAST = 5;
/** From this share of failures on it is nearly everything, and until fewer than the other share fail. */
const NEARLY_ALL = 0.95;
const STILL_NEARLY_ALL = 0.85;
/**
 * How long nearly everything must have failed, in milliseconds. A server that answered before may be restarting;
 * one that never did is more likely the wrong one.
 */
const PATIENCE_MS = { answeredBefore: 15_000, neverAnswered: 6_000 };

/** Notices when nearly everything fails, so that a run stops in seconds and does not burn through its queue. */
export class Breaker {
  readonly #now: () => number;
  #recent: { readonly failed: boolean; readonly atMs: number }[] = [];
  #everAnswered = false;
  #waiting: (() => void)[] = [];
  /** Since when nearly everything has failed; null while it has not. */
  #failingSinceMs: number | null = null;

  /** @param now a clock in milliseconds that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether nearly everything fails at present. */
  get isFailing(): boolean {
    return this.#failingSinceMs !== null;
  }

  /** Whether the server has answered anything at all. */
  get everAnswered(): boolean {
    return this.#everAnswered;
  }

  /** Resolves at the next outcome, or when the signal is aborted. */
  nextOutcome(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', wake, { once: true });
      this.#waiting.push(wake);
    });
  }

  /**
   * Notes what became of one request; a refusal by a rate limit is neither an answer nor a failure and is not noted.
   *
   * @param failed no answer, or none that could be used
   * @param waitedMs for how long nothing had come of it, where it was given up for that reason
   * @returns whether it is time to stop
   */
  note(failed: boolean, waitedMs = 0): boolean {
    const atMs = this.#now() - waitedMs;
    if (!failed) this.#everAnswered = true;
    this.#recent.push({ failed, atMs });
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    for (const wake of this.#waiting.splice(0)) wake();
    const failures = this.#recent.filter((outcome) => outcome.failed);
    const share = this.#failingSinceMs === null ? NEARLY_ALL : STILL_NEARLY_ALL;
    const nearlyAll = this.#recent.length >= LEAST && failures.length >= share * this.#recent.length;
    if (!nearlyAll) {
      this.#failingSinceMs = null;
      return false;
    }
    this.#failingSinceMs ??= Math.min(...failures.map((outcome) => outcome.atMs));
    const patienceMs = this.#everAnswered ? PATIENCE_MS.answeredBefore : PATIENCE_MS.neverAnswered;
    return failed && this.#now() - this.#failingSinceMs >= patienceMs;
  }
}
