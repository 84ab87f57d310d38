/** Outcomes that are looked at, newest last. */
const REMEMBERED = 40;
/** Fewer outcomes than this say nothing yet. */
const LEAST = 5;
/** This share of failures is nearly everything. */
const NEARLY_ALL = 0.95;
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
  /** Since when nearly everything has failed; null while it has not. */
  #failingSinceMs: number | null = null;

  /** @param now a clock in milliseconds that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether the server has answered anything at all. */
  get everAnswered(): boolean {
    return this.#everAnswered;
  }

  /**
   * Notes what became of one request; a refusal by a rate limit is neither an answer nor a failure and is not noted.
   *
   * @param failed no answer, or none that could be used
   * @returns whether it is time to stop
   */
  note(failed: boolean): boolean {
    const atMs = this.#now();
    if (!failed) this.#everAnswered = true;
    this.#recent.push({ failed, atMs });
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    const failures = this.#recent.filter((outcome) => outcome.failed).length;
    const nearlyAll = this.#recent.length >= LEAST && failures >= NEARLY_ALL * this.#recent.length;
    if (!nearlyAll) {
      this.#failingSinceMs = null;
      return false;
    }
    this.#failingSinceMs ??= this.#recent.find((outcome) => outcome.failed)?.atMs ?? atMs;
    const patienceMs = this.#everAnswered ? PATIENCE_MS.answeredBefore : PATIENCE_MS.neverAnswered;
    return failed && atMs - this.#failingSinceMs >= patienceMs;
  }
}
