/** Refusals further apart than this, in starts, are rare enough to be left alone: less than one in a hundred. */
const RARE_AFTER = 100;
/** So many bursts of refusals in a row, none of them rare, though the rate was lowered after each. */
const BURSTS = 14;
/** A server that is really at its limit refuses more than this share of what comes while the limit is being found. */
const FEW = 0.15;
/** Above this share of so many starts, refusals have a reason after all. */
const MANY = 0.25;
const LOOKED_AT = 40;
/** The rate must have been lowered to this share since the row began: a limit would have been met on the way. */
const LOWERED_TO = 0.4;

/**
 * Tells refusals that come now and then, whatever the rate, from those of a limit: some servers answer 429 when they
 * are busy with others. Lowering the rate because of them would go on until nothing is sent any more.
 */
export class SporadicRefusals {
  #active = false;
  /** Starts, refusals and bursts of them in the present row. */
  #starts = 0;
  #refused = 0;
  #bursts = 0;
  #startsAtLast = 0;
  /** The rate after the first burst of the row. */
  #rateAtFirst: number | null = null;

  /** Whether refusals say nothing of a rate at present. */
  get active(): boolean {
    return this.#active;
  }

  started(): void {
    this.#starts++;
    if (this.#active && this.#starts >= LOOKED_AT) this.#begin();
  }

  /**
   * @param rate what was started a millisecond at most; null while a limit is still being looked for
   * @param again whether it belongs to the burst before
   */
  refused(rate: number | null, again: boolean): void {
    this.#refused++;
    if (this.#active) {
      if (this.#refused > MANY * LOOKED_AT) this.#active = false;
      else return;
      this.#begin();
    }
    if (again || (rate === null && !this.#active)) return;
    if (this.#starts - this.#startsAtLast >= RARE_AFTER) this.#begin();
    this.#bursts++;
    this.#rateAtFirst ??= rate;
    this.#startsAtLast = this.#starts;
    if (this.#bursts < BURSTS || this.#refused > FEW * this.#starts) return;
    if ((rate ?? 0) > (this.#rateAtFirst ?? 0) * LOWERED_TO) return;
    this.#active = true;
    this.#begin();
  }

  #begin(): void {
    this.#starts = 0;
    this.#refused = 0;
    this.#bursts = 0;
    this.#startsAtLast = 0;
    this.#rateAtFirst = null;
  }
}
