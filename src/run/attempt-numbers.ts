import type { Attempt } from './attempt.js';

/** Numbers the attempts of each example, from 1, also where several of its requests are under way at once. */
export class AttemptNumbers {
  readonly #last = new Map<string, number>();

  /** @param earlier all attempts of the run so far */
  constructor(earlier: readonly Pick<Attempt, 'example' | 'attempt'>[]) {
    for (const { example, attempt } of earlier) {
      this.#last.set(example, Math.max(attempt, this.#last.get(example) ?? 0));
    }
  }

  /** The number of the next attempt of an example, which no other one gets. */
  take(example: string): number {
    const number = (this.#last.get(example) ?? 0) + 1;
    this.#last.set(example, number);
    return number;
  }
}
