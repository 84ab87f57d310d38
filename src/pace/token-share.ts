/** Answers before what was learned is used. */
const ENOUGH = 8;
/** The weight of a new answer. */
const WEIGHT = 0.05;

/** What share of the estimated tokens requests really use; estimates count the most a completion may have. */
export class TokenShare {
  #share = 1;
  #answers = 0;

  /** What a request of this estimate will probably use. */
  expect(estimate: number): number {
    return this.#answers < ENOUGH ? estimate : estimate * this.#share;
  }

  learn(estimate: number, used: number): void {
    if (estimate <= 0) return;
    this.#answers++;
    // A plain mean of the first ones, a moving one later.
    this.#share += (used / estimate - this.#share) * Math.max(WEIGHT, 1 / this.#answers);
  }
}
