import type { ModelError } from '../model/model-error.js';
import type { Gate } from '../pace/gate.js';
import type { AskEvent } from '../run/ask.js';
import { type Spending, SpendingSum } from '../run/spending.js';

/** How far a call is. */
export interface CallFigures {
  /** Tasks of the rounds begun so far, and how many of them are done. */
  readonly total: number;
  readonly done: number;
  readonly perSecond: number;
  /** Milliseconds until those tasks are done; null while unknown. */
  readonly leftMs: number | null;
  /** Requests sent and not yet answered. */
  readonly underWay: number;
  /** What was used since the call began. */
  readonly spending: Spending;
  /** Why requests are sent again later; null while none is. */
  readonly waiting: Waiting | null;
}

/** A request that will be sent again. */
export interface Waiting {
  /** How long it waits in all, in milliseconds. */
  readonly waitMs: number;
  readonly fault: ModelError;
}

/** Takes in what happens in a call, and tells how far it is. */
export class CallProgress {
  readonly #now: () => number;
  readonly #startedMs: number;
  readonly #spending = new SpendingSum();
  #total = 0;
  #done = 0;
  #waiting: (Waiting & { readonly untilMs: number }) | null = null;

  /** @param now milliseconds since some fixed moment */
  constructor(now: () => number) {
    this.#now = now;
    this.#startedMs = now();
  }

  note(event: AskEvent): void {
    if (event.type === 'round') {
      this.#total += event.tasks.length;
    } else if (event.type === 'saved') {
      this.#spending.add(event.attempt);
      if (event.ended) this.#done++;
    } else if (event.waitMs > 0) {
      const { waitMs, fault } = event;
      this.#waiting = { waitMs, fault, untilMs: this.#now() + waitMs };
    }
  }

  /** @param gate that of the requests at the moment; null when none is to be sent */
  figures(gate: Gate | null): CallFigures {
    const [total, done] = [this.#total, this.#done];
    const now = this.#now();
    const elapsedMs = now - this.#startedMs;
    const waiting = this.#waiting;
    return {
      ...{ total, done },
      perSecond: elapsedMs > 0 ? done / (elapsedMs / 1000) : 0,
      leftMs: done === 0 ? null : ((total - done) / done) * elapsedMs,
      underWay: gate?.state().underWay ?? 0,
      spending: this.#spending,
      waiting: waiting !== null && waiting.untilMs > now ? waiting : null,
    };
  }
}
