import { setTimeout as sleep } from 'node:timers/promises';

/** Holds back every request when the server asks for a pause, not only the one that it refused. */
export class Pause {
  #untilMs = 0;

  /** Lets nothing pass for so many milliseconds from now. */
  hold(ms: number): void {
    this.#untilMs = Math.max(this.#untilMs, performance.now() + ms);
  }

  /**
   * Resolves when requests may be sent.
   *
   * @throws the signal's reason when it is aborted meanwhile
   */
  async pass(signal: AbortSignal): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) {
      try {
        await sleep(left, undefined, { signal });
      } catch {
        signal.throwIfAborted(); // with the signal's own reason, where the timer has one of its own
      }
    }
  }

  #left(): number {
    return Math.ceil(this.#untilMs - performance.now());
  }
}
