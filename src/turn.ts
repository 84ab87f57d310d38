import { setImmediate } from 'node:timers/promises';

/** How long work keeps everything else in the process waiting, in milliseconds. */
const LONGEST_MS = 10;

/** The time that long work may take at once, so that whatever else goes on in the process gets its turn too. */
export class Turn {
  #sinceMs = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#sinceMs >= LONGEST_MS;
  }

  /** Lets everything else have its turn, and begins the next one. */
  async next(): Promise<void> {
    await setImmediate();
    this.#sinceMs = performance.now();
  }
}
