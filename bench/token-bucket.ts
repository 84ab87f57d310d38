/**
 * What a server enforces as a limit per minute: the bucket holds one second's worth, as the large providers do it,
 * and fills up evenly.
 */
export class TokenBucket {
  readonly #perMs: number;
  readonly #capacity: number;
  #level: number;
  #filledAtMs: number;

  constructor(perMinute: number, nowMs: number) {
    this.#perMs = perMinute / 60_000;
    this.#capacity = bucketCapacity(perMinute);
    this.#level = this.#capacity;
    this.#filledAtMs = nowMs;
  }

  /** Takes so much out, or, where too little is in, nothing; then the answer is how long until there is enough. */
  take(amount: number, nowMs: number): { readonly taken: boolean; readonly waitMs: number } {
    this.#level = Math.min(this.#capacity, this.#level + (nowMs - this.#filledAtMs) * this.#perMs);
    this.#filledAtMs = nowMs;
    if (amount > this.#level) return { taken: false, waitMs: (amount - this.#level) / this.#perMs };
    this.#level -= amount;
    return { taken: true, waitMs: 0 };
  }

  /** What is in it, and how long until it is full, at the moment of the last `take`. */
  get state(): { readonly level: number; readonly fullInMs: number } {
    return { level: this.#level, fullInMs: (this.#capacity - this.#level) / this.#perMs };
  }
}

/** How much the bucket of such a limit holds. */
export function bucketCapacity(perMinute: number): number {
  return perMinute / 60;
}
