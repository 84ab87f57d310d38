/** Answers before what was learned is used. */
const ENOUGH = 8;
/** The weight of a new answer. */
const WEIGHT = 0.05;

/** How the tokens that requests really use compare to what was estimated. */
export class TokenShare {
  #share = 1;
  #answers = 0;
  /** The largest share of any answer. */
  #largest = 1;

  /** What a request of this estimate will probably use. */
  expect(estimate: number): number {
    return this.#answers < ENOUGH ? estimate : estimate * this.#share;
  }

  /** What it may use, going by the answer that exceeded its estimate by most. */
  most(estimate: number): number {
    return estimate * this.#largest;
  }

  learn(estimate: number, used: number): void {
    if (estimate <= 0) return;
    this.#answers++;
    this.#largest = Math.max(this.#largest, used / estimate);
    // A plain mean of the first ones, a moving one later.
    this.#share += (used / estimate - this.#share) * Math.max(WEIGHT, 1 / this.#answers);
  }
}
