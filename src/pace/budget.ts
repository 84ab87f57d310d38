/** What a request uses or may use. */
export interface Amount {
  readonly tokens: number;
  /** US dollars; null when the price is unknown, which no budget in dollars can go with. */
  readonly usd: number | null;
}

/** The most that a run may use; null is no limit. */
export interface BudgetLimits {
  readonly tokens: number | null;
  readonly usd: number | null;
}

/** What a request that is being sent may use at most. */
export interface Reservation {
  /**
   * Puts what was really used in its place.
   *
   * @param used null when nobody knows: then the reservation stays, since the request may have been charged
   */
  settle(used: Amount | null): void;
}

/** Nothing more may be sent. */
export class BudgetSpent extends Error {
  /** What the request would have needed. */
  readonly needed: Amount;
  readonly used: Amount;
  readonly limits: BudgetLimits;

  constructor(needed: Amount, used: Amount, limits: BudgetLimits) {
    super('the budget is spent');
    this.name = 'BudgetSpent';
    this.needed = needed;
    this.used = used;
    this.limits = limits;
  }
}

/** A rounding error of floating-point sums must not keep the last request of an exact budget back. */
const ROUNDING_USD = 1e-9;

/**
 * Keeps a run within its budget: what a request may use at most is set aside before it is sent, so that the sum can
 * never pass the limit, whatever the answers turn out to use.
 */
export class Budget {
  readonly #limits: BudgetLimits;
  /** Used and not to be had back, in tokens and dollars. */
  #tokens: number;
  #usd: number;
  #reserved = { tokens: 0, usd: 0, requests: 0 };
  #waiting: (() => void)[] = [];

  /** @param used what the run has used before, reservations of requests that were never answered included */
  constructor(limits: BudgetLimits, used: Amount) {
    this.#limits = limits;
    this.#tokens = used.tokens;
    this.#usd = used.usd ?? 0;
  }

  /** What has been used for good. */
  get used(): Amount {
    return { tokens: this.#tokens, usd: this.#usd };
  }

  /**
   * Waits until an amount could be set aside: while it does not fit, for requests under way, whose reservations mostly
   * turn out too high.
   *
   * @throws BudgetSpent when it does not fit and nothing is under way any more; the signal's reason when it is aborted
   */
  async room(amount: Amount, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#fits(amount)) return;
      if (this.isIdle) throw new BudgetSpent(amount, this.used, this.#limits);
      await this.#nextSettlement(signal);
    }
  }

  /** Whether anything is limited. */
  get isLimited(): boolean {
    return this.#limits.tokens !== null || this.#limits.usd !== null;
  }

  /** Whether nothing is set aside. */
  get isIdle(): boolean {
    return this.#reserved.requests === 0;
  }

  /** Waits until nothing is set aside any more. */
  async idle(signal: AbortSignal): Promise<void> {
    while (!this.isIdle) {
      signal.throwIfAborted();
      await this.#nextSettlement(signal);
    }
  }

  /** Sets an amount aside; null when it does not fit. */
  take(amount: Amount): Reservation | null {
    return this.#fits(amount) ? this.#setAside(amount) : null;
  }

  #fits({ tokens, usd }: Amount): boolean {
    const { limits, reserved } = { limits: this.#limits, reserved: this.#reserved };
    const tokensFit = limits.tokens === null || this.#tokens + reserved.tokens + tokens <= limits.tokens;
    const usdFit =
      limits.usd === null || this.#usd + reserved.usd + (usd ?? Infinity) <= limits.usd + ROUNDING_USD;
    return tokensFit && usdFit;
  }

  #setAside(amount: Amount): Reservation {
    const add = (sign: 1 | -1): void => {
      this.#reserved.tokens += sign * amount.tokens;
      this.#reserved.usd += sign * (amount.usd ?? 0);
      this.#reserved.requests += sign;
    };
    add(1);
    let settled = false;
    return {
      settle: (used) => {
        if (settled) return;
        settled = true;
        add(-1);
        const final = used ?? amount;
        this.#tokens += final.tokens;
        this.#usd += final.usd ?? amount.usd ?? 0;
        for (const wake of this.#waiting.splice(0)) wake();
      },
    };
  }

  async #nextSettlement(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
