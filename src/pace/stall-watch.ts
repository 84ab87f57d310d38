/** No request is given up as stalled before this, in milliseconds: time for a short hiccup of a quick server. */
const LEAST_MS = 60_000;
/** A request that takes this many times as long as the slowest that was answered will hardly be answered any more. */
const TIMES_THE_SLOWEST = 8;
/** Answers that must have come before anything is known of how slow the server can be. */
const ANSWERS_NEEDED = 20;
const LOOK_EVERY_MS = 1_000;

/** The reason of a stalled request's abort signal. */
export class Stalled extends Error {
  constructor(waitedMs: number, slowestMs: number) {
    super(
      `no answer after ${Math.round(waitedMs / 1000)} s, though the slowest answer so far took ${(slowestMs / 1000).toFixed(1)} s`,
    );
    this.name = 'Stalled';
  }
}

/** A request whose answer is waited for. */
export interface Watched {
  /** Aborted, with a `Stalled`, when the request is not worth waiting for any longer. */
  readonly signal: AbortSignal;
  /** To be called once it has ended. */
  end(answered: boolean): void;
}

/**
 * Finds requests that a server has accepted and forgotten, long before a time limit that has to suit the slowest
 * model: by the answers that came before.
 */
export class StallWatch {
  readonly #now: () => number;
  readonly #underWay = new Map<AbortController, number>();
  #answers = 0;
  #slowestMs = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param now a clock in milliseconds that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Begins to watch a request that is being sent now. */
  begin(): Watched {
    const controller = new AbortController();
    const sinceMs = this.#now();
    this.#underWay.set(controller, sinceMs);
    this.#timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
    return {
      signal: controller.signal,
      end: (answered) => {
        this.#underWay.delete(controller);
        if (answered) {
          this.#answers++;
          this.#slowestMs = Math.max(this.#slowestMs, this.#now() - sinceMs);
        }
        if (this.#underWay.size > 0 || this.#timer === null) return;
        clearInterval(this.#timer);
        this.#timer = null;
      },
    };
  }

  /** Gives up what has stalled. Called every second while anything is under way. */
  look(): void {
    if (this.#answers < ANSWERS_NEEDED) return;
    const limitMs = Math.max(LEAST_MS, TIMES_THE_SLOWEST * this.#slowestMs);
    for (const [controller, sinceMs] of this.#underWay) {
      const waitedMs = this.#now() - sinceMs;
      if (waitedMs > limitMs) controller.abort(new Stalled(waitedMs, this.#slowestMs));
    }
  }
}
