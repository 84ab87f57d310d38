/** Arrivals at the server vary by about this much against starts. */
const JITTER_MS = 100;

/** A little longer than the minute, so that requests that travel unequally long break no limit at the server. */
export const CAP_WINDOW_MS = 60_000 + JITTER_MS;

/** Sums of fractions are off by less than this. */
const ROUNDING = 1e-6;

/** What one start took from a cap; settled when the answer tells. */
export interface CapEntry {
  readonly at: number;
  cost: number;
}

/** The bound that the user set: in no window of a minute more than `most`, however the starts are spread. */
export class HardCap {
  readonly most: number;
  #entries: CapEntry[] = [];
  #first = 0;
  #sum = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** How long until `cost` fits into the window, in milliseconds. What is larger than the whole bound goes alone. */
  waitMs(cost: number, now: number): number {
    this.#forget(now);
    let excess = this.#sum + cost - this.most;
    if (excess <= ROUNDING) return 0;
    let last: CapEntry | undefined;
    for (let place = this.#first; place < this.#entries.length && excess > ROUNDING; place++) {
      last = this.#entries[place];
      excess -= last?.cost ?? 0;
    }
    return last === undefined ? 0 : last.at + CAP_WINDOW_MS - now;
  }

  take(cost: number, now: number): CapEntry {
    const entry = { at: now, cost };
    this.#entries.push(entry);
    this.#sum += cost;
    return entry;
  }

  /** Corrects what an entry took. */
  settle(entry: CapEntry, cost: number, now: number): void {
    this.#forget(now);
    if (entry.at > now - CAP_WINDOW_MS) this.#sum += cost - entry.cost;
    entry.cost = cost;
  }

  #forget(now: number): void {
    for (; this.#first < this.#entries.length; this.#first++) {
      const entry = this.#entries[this.#first];
      if (entry === undefined || entry.at > now - CAP_WINDOW_MS) break;
      this.#sum -= entry.cost;
    }
    if (this.#first > 1024 && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }
}
