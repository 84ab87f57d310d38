/** Refusals further apart than this, in starts, begin a new row. */
const RARE_AFTER = 300;
/** At this share of a rate that the server has sustained, a limit would refuse nothing. */
const WELL_BELOW = 0.6;
/** So many bursts at rates as low as that are no accident. */
const BURSTS = 8;
/** Above this share of so many starts, refusals have a reason after all. */
const MANY = 0.6;
const LOOKED_AT = 40;

/**
 * Tells refusals that come now and then, whatever the rate, from those of a limit: some servers answer 429 when they
 * are busy with others. Lowering the rate because of them would go on until hardly anything is sent any more.
 */
export class SporadicRefusals {
  #active = false;
  #starts = 0;
  #refused = 0;
  #startsAtBurst = 0;
  /** The highest rate that the server has sustained during this row of bursts, a millisecond. */
  #sustained = 0;
  #burstsBelow = 0;

  /** Whether refusals say nothing of a rate at present. */
  get active(): boolean {
    return this.#active;
  }

  started(): void {
    this.#starts++;
    if (this.#active && this.#starts >= LOOKED_AT) this.#begin();
  }

  /** A refusal while they say nothing of a rate; so many of them do. */
  refused(): void {
    this.#refused++;
    if (this.#refused <= MANY * LOOKED_AT) return;
    this.#active = false;
    this.#begin();
  }

  /**
   * A burst of refusals while the rate is known.
   *
   * @param rate what was started at most when it came
   * @param sustained what the server was seen to take, null when that could not be measured; both a millisecond
   */
  burst(rate: number, sustained: number | null): void {
    if (this.#starts - this.#startsAtBurst >= RARE_AFTER) this.#begin();
    this.#startsAtBurst = this.#starts;
    this.#sustained = Math.max(this.#sustained, sustained ?? 0);
    if (rate > this.#sustained * WELL_BELOW) return;
    this.#burstsBelow++;
    if (this.#burstsBelow < BURSTS) return;
    this.#active = true;
    this.#begin();
  }

  #begin(): void {
    this.#starts = 0;
    this.#refused = 0;
    this.#startsAtBurst = 0;
    this.#sustained = 0;
    this.#burstsBelow = 0;
  }
}
