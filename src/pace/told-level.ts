import type { ToldLimit } from '../model/rate-limit-headers.js';
import type { Start } from './start.js';

/** A limit per minute is told with a reset of at most this. */
const LONGEST_MINUTE_RESET_MS = 61_000;
/** Two tellings this far apart show whether the reset is a fixed moment. */
const COMPARE_AFTER_MS = 2500;
/** A rate that differs from another by more than this factor is not the same. */
const UNLIKE = 3;
/** Windows shorter than this are waited for to the end. */
const LONGEST_SHORT_MS = 10_000;
const MINUTE_MS = 60_000;
/** Resets are told in whole seconds by many. */
const ROUNDING_MS = 1100;

interface Telling {
  readonly by: Start;
  readonly limit: ToldLimit;
  /** When the answer came. */
  readonly heardAt: number;
}

/**
 * What a server's headers tell about one limit, as a level: each start takes from it, and it refills. A limit
 * per minute is also a rate to keep to.
 */
export class ToldLevel {
  #last: Telling | null = null;
  /** The telling that later ones are compared with, to find out whether the reset is a moment. */
  #compared: Telling | null = null;
  #endsAtOnce = false;
  #mostRemaining = 0;
  /** The longest reset told of a limit that comes back too soon to be one for a minute; null when it is none. */
  #shortWindowMs: number | null = null;
  /** The present one of the windows after the reset that was told last, and what was started before it. */
  #window: { readonly resetAt: number; readonly number: number; readonly total: number } | null = null;

  /** Takes in the limits told beside the answer to `by`; those of the request that was sent last count. */
  hear(limit: ToldLimit, by: Start, now: number): void {
    if (this.#last !== null && by.order < this.#last.by.order) return;
    this.#last = { by, limit, heardAt: now };
    this.#mostRemaining = Math.max(this.#mostRemaining, limit.remaining);
    const refill = (limit.limit - limit.remaining) / Math.max(1, limit.resetMs);
    // A bucket that is told of as if it were larger than it is never shows more than the little that it holds.
    const real = this.#mostRemaining >= limit.limit / 2;
    const isShort = this.#shortWindowMs !== null || (real && refill > (limit.limit / MINUTE_MS) * UNLIKE);
    if (isShort && limit.limit - limit.remaining > 1)
      this.#shortWindowMs = Math.max(this.#shortWindowMs ?? 0, limit.resetMs);
    this.#compare(this.#last);
  }

  /** The limit as it was told last. */
  get told(): ToldLimit | null {
    return this.#last?.limit ?? null;
  }

  /**
   * The rate to keep to, a millisecond; null when none follows from what was told. By (limit - remaining) /
   * reset, a limit for a minute is told from one for a day, whose refill is far slower, and from one for a second,
   * whose refill is far faster.
   */
  get rate(): number | null {
    if (this.#last === null) return null;
    const { limit, remaining, resetMs, windowMs } = this.#last.limit;
    if (windowMs === null || windowMs > LONGEST_MINUTE_RESET_MS || resetMs > LONGEST_MINUTE_RESET_MS)
      return null;
    const rate = limit / windowMs;
    // The formula knows a bucket's level only to one request.
    const refill = (limit - remaining + 1) / Math.max(1, resetMs);
    if (refill < rate / UNLIKE && !this.#endsAtOnce) return null;
    return this.#isShort ? null : rate;
  }

  /**
   * How long until the server has `cost` left, in milliseconds.
   *
   * @param total the cost of all starts so far
   */
  waitMs(cost: number, total: number, now: number): number {
    if (this.#last === null) return 0;
    const { by, limit, heardAt } = this.#last;
    const resetAt = heardAt + limit.resetMs;
    if (now >= resetAt) return this.#waitAfterReset(cost, total, resetAt, now);
    const refill = this.#endsAtOnce || this.#isShort ? 0 : this.#refill(limit);
    const taken = total - by.before - by.cost;
    const missing = Math.min(cost, limit.limit) - (limit.remaining + refill * (now - by.at) - taken);
    if (missing <= 0) return 0;
    return refill === 0 ? resetAt - now : Math.min(resetAt - now, missing / refill);
  }

  /** Whether more was told to remain, and to come back sooner, than a limit for a minute allows. */
  get #isShort(): boolean {
    return this.#shortWindowMs !== null && this.#shortWindowMs <= LONGEST_SHORT_MS;
  }

  /** A short window begins anew, before anybody tells. */
  #waitAfterReset(cost: number, total: number, resetAt: number, now: number): number {
    if (!this.#isShort || this.#shortWindowMs === null || this.#last === null) return 0;
    const windowMs = Math.max(1, this.#shortWindowMs);
    const window = Math.floor((now - resetAt) / windowMs);
    if (this.#window?.resetAt !== resetAt || this.#window.number !== window)
      this.#window = { resetAt, number: window, total };
    if (total - this.#window.total + cost <= this.#last.limit.limit) return 0;
    return resetAt + (window + 1) * windowMs - now;
  }

  #refill({ limit, remaining, resetMs }: ToldLimit): number {
    return this.rate ?? (limit - remaining) / Math.max(1, resetMs);
  }

  /** Finds out whether everything comes back at one moment, as when a fixed window ends. */
  #compare(next: Telling): void {
    const first = this.#compared;
    if (first === null || next.heardAt >= first.heardAt + first.limit.resetMs) {
      this.#compared = next;
      return;
    }
    const elapsed = next.heardAt - first.heardAt;
    if (elapsed < COMPARE_AFTER_MS) return;
    const sameMoment = Math.abs(first.limit.resetMs - elapsed - next.limit.resetMs) <= ROUNDING_MS;
    this.#endsAtOnce = sameMoment && next.limit.remaining < first.limit.remaining;
    this.#compared = next;
  }
}
