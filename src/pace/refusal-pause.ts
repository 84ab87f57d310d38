/** The shortest pause after a refusal, in milliseconds: the server's bucket is empty and gets a little in stock. */
const SHORTEST_MS = 100;
/** The longest pause that is ours and not the server's, in milliseconds. */
const LONGEST_OWN_MS = 15_000;
/** A burst that comes after fewer starts than this, and no answer, means that the server still refuses everything. */
const PROGRESS = 3;
/** Steps of a cautious beginning, each with twice the starts of the one before. */
const STEPS = 10;

/**
 * Holds everything back after refusals: as long as the server asks, else longer each time in a row. After two
 * in a row requests begin again one by one.
 */
export class RefusalPause {
  #until = Number.NEGATIVE_INFINITY;
  /** The first start after the last burst of refusals. */
  #mark = 0;
  #burstsInARow = 0;
  /** Whether anything was answered since the last burst. */
  #answeredSince = false;
  /** Starts since the cautious beginning; null when there is none. */
  #cautious: number | null = null;
  #answerMs = 0;

  /** How long a refusal takes to come, in milliseconds. */
  get answerMs(): number {
    return this.#answerMs;
  }

  /** Whether a start belongs to the burst of refusals that was dealt with last. */
  isOld(order: number): boolean {
    return order < this.#mark;
  }

  /** Whether it is the first start after that burst: the server has taken nothing since. */
  isNext(order: number): boolean {
    return order === this.#mark && this.#mark > 0;
  }

  /**
   * @param order which start was refused
   * @param starts how many there were so far
   */
  refused(order: number, starts: number, retryAfterMs: number | null, tookMs: number, now: number): void {
    this.#answerMs += (tookMs - this.#answerMs) * (this.#mark === 0 ? 1 : 0.2);
    if (!this.isOld(order)) {
      const stuck = order - this.#mark < PROGRESS && this.#mark > 0 && !this.#answeredSince;
      this.#burstsInARow = stuck ? this.#burstsInARow + 1 : 1;
      this.#answeredSince = false;
      this.#mark = starts;
      this.#cautious = this.#burstsInARow > 1 ? 0 : null;
    } else if (retryAfterMs === null) return;
    const ownMs = Math.min(LONGEST_OWN_MS, SHORTEST_MS * 2 ** (this.#burstsInARow - 1));
    this.#until = Math.max(this.#until, now + Math.max(SHORTEST_MS, retryAfterMs ?? ownMs));
  }

  answered(): void {
    this.#answeredSince = true;
  }

  /** Holds everything back though nothing was refused for want of a limit. */
  hold(ms: number, now: number): void {
    this.#until = Math.max(this.#until, now + ms);
  }

  /** How long until something may be started, in milliseconds. */
  waitMs(now: number): number {
    if (now < this.#until || this.#cautious === null) return Math.max(0, this.#until - now);
    const stepMs = Math.max(SHORTEST_MS, 2 * this.#answerMs);
    const step = Math.floor((now - this.#until) / stepMs);
    if (step >= STEPS) {
      this.#cautious = null;
      return 0;
    }
    return this.#cautious < 2 ** (step + 1) - 1 ? 0 : this.#until + (step + 1) * stepMs - now;
  }

  started(): void {
    if (this.#cautious !== null) this.#cautious++;
  }
}
