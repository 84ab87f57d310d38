/** Wrong tokens that an address may try at once, and how long it then takes until it may try another. */
const TRIES = 5;
const SECONDS_A_TRY = 2;
/** Addresses that are remembered. */
const MOST_ADDRESSES = 10_000;

interface Tries {
  left: number;
  atMs: number;
}

/** Slows down those who try one token after the other. Each address for itself, so that a stranger locks nobody out. */
export class LoginLimit {
  readonly #nowMs: () => number;
  readonly #tries = new Map<string, Tries>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Seconds until the address may try again; 0 for now. */
  waitS(address: string): number {
    const { left } = this.#refilled(address);
    return left >= 1 ? 0 : Math.ceil((1 - left) * SECONDS_A_TRY);
  }

  /** Notes that the address has tried a wrong token. */
  noteWrong(address: string): void {
    const tries = this.#refilled(address);
    this.#tries.delete(address);
    const [oldest] = this.#tries.keys();
    if (this.#tries.size >= MOST_ADDRESSES && oldest !== undefined) this.#tries.delete(oldest);
    this.#tries.set(address, { ...tries, left: tries.left - 1 });
  }

  #refilled(address: string): Tries {
    const atMs = this.#nowMs();
    const found = this.#tries.get(address);
    if (found === undefined) return { left: TRIES, atMs };
    const gained = (atMs - found.atMs) / 1000 / SECONDS_A_TRY;
    return { left: Math.min(TRIES, found.left + gained), atMs };
  }
}
