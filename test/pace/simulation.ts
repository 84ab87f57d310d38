import type { ToldLimit, ToldLimits } from '../../src/model/rate-limit-headers.js';
import type { Clock } from '../../src/pace/clock.js';
import { Gate } from '../../src/pace/gate.js';
import type { GateOptions } from '../../src/pace/gate-options.js';
import type { PassEnd } from '../../src/pace/pass.js';
import { WaitTooLong } from '../../src/pace/wait-too-long.js';
import type { Limiter } from '../support/limited-server.js';
import { Random } from '../support/random.js';

interface Event {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** A clock that jumps from event to event. */
export class SimulatedClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #heap: Event[] = [];
  /** By how much timers are late, in milliseconds. */
  readonly #latenessMs: () => number;

  constructor(latenessMs: () => number = () => 0) {
    this.#latenessMs = latenessMs;
  }

  now(): number {
    return this.#now;
  }

  wake(afterMs: number, callback: () => void): () => void {
    const event = this.at(this.#now + Math.max(1, afterMs) + this.#latenessMs(), callback);
    return () => {
      event.cancelled = true;
    };
  }

  at(at: number, callback: () => void): Event {
    const event = { at, order: this.#order++, callback, cancelled: false };
    const heap = this.#heap;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(event, heap[parent] as Event)) break;
      heap[place] = heap[parent] as Event;
      place = parent;
    }
    heap[place] = event;
    return event;
  }

  /**
   * Runs until nothing is left to happen, or until a moment.
   *
   * @param untilMs when to give up
   * @param stopMs when to stop
   */
  async run(untilMs: number, stopMs = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      // Promises that follow others take several turns to settle.
      for (let turn = 0; turn < 6; turn++) await null;
      if ((this.#heap[0]?.at ?? 0) > stopMs) return;
      const event = this.#next();
      if (event === undefined) return;
      if (event.at > untilMs) throw new Error(`not done after ${untilMs} simulated ms`);
      if (event.cancelled) continue;
      this.#now = Math.max(this.#now, event.at);
      event.callback();
    }
  }

  #next(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event)) child++;
      if (!isBefore(heap[child] as Event, last)) break;
      heap[place] = heap[child] as Event;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

export interface Scene {
  readonly count: number;
  readonly concurrency: number | 'auto';
  readonly rpm?: number;
  readonly tpm?: number;
  readonly maxWaitMs?: number;
  readonly requests?: Limiter;
  readonly tokens?: Limiter;
  /** What the server counts for a request; default: prompt and completion. */
  readonly charge?: 'used' | 'most';
  readonly latency: (random: Random) => number;
  /** Refusals take as long as answers; else 1 ms. */
  readonly slowRefusals?: boolean;
  /** Requests served at once; the others queue. */
  readonly slots?: number;
  /** Windows told as a minute's limit, or as another. */
  readonly tellMs?: number | null;
  readonly tells?: boolean;
  readonly retryAfter?: 'none' | 'ms' | 'seconds';
  /** Whether refusals say what they are about. */
  readonly says?: boolean;
  /** The estimate given to the gate; what is used is about `usedTokens`. */
  readonly estimate?: number;
  readonly usedTokens?: (random: Random) => number;
  readonly seed?: number;
}

export interface Result {
  readonly timeMs: number;
  readonly refused: number;
  /** Refused after the first second since the first refusal. */
  readonly refusedLater: number;
  readonly starts: readonly { readonly at: number; readonly tokens: number }[];
  readonly gate: Gate;
  readonly closed: WaitTooLong | null;
  readonly levels: readonly (readonly [number, number])[];
}

export const logNormal = (medianMs: number, sigma: number) => (random: Random) => {
  const uniform = () => (random.below(1_000_000) + 0.5) / 1_000_000;
  return medianMs * Math.exp(sigma * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
};

/** Plays a whole run through a gate against a simulated server. */
export async function simulate(scene: Scene): Promise<Result> {
  const random = new Random(scene.seed ?? 1);
  const clock = new SimulatedClock(() => random.below(1000) / 800);
  const options: GateOptions = {
    concurrency: scene.concurrency,
    requestsPerMinute: scene.rpm ?? null,
    tokensPerMinute: scene.tpm ?? null,
    maxWaitMs: scene.maxWaitMs ?? 300_000,
  };
  const gate = new Gate(options, clock);
  const signal = new AbortController().signal;
  const starts: { at: number; tokens: number }[] = [];
  const levels: [number, number][] = [];
  let refused = 0;
  let refusedLater = 0;
  let firstRefusal: number | null = null;
  let endMs = 0;
  let closed: WaitTooLong | null = null;
  let busy = 0;
  const queue: (() => void)[] = [];
  const estimate = scene.estimate ?? 1000;

  const after = (ms: number) => new Promise<void>((resolve) => clock.at(clock.now() + ms, resolve));
  const told = (limiter: Limiter | undefined): ToldLimit | undefined => {
    if (limiter === undefined) return undefined;
    const { remaining, resetMs } = limiter.level(clock.now());
    return {
      limit: limiter.limit,
      remaining: Math.max(0, Math.floor(remaining)),
      resetMs,
      windowMs: scene.tellMs === undefined ? 60_000 : scene.tellMs,
    };
  };
  const limits = (): ToldLimits | null => {
    if (!scene.tells) return null;
    const requests = told(scene.requests);
    const tokens = told(scene.tokens);
    return { ...(requests && { requests }), ...(tokens && { tokens }) };
  };

  const serve = async (used: number): Promise<PassEnd> => {
    await after(random.below(30) / 10);
    const charge = scene.charge === 'most' ? estimate : used;
    const waitMs =
      (scene.requests?.admit(1, clock.now()) ?? 0) || (scene.tokens?.admit(charge, clock.now()) ?? 0);
    const headers = limits();
    if (waitMs > 0) {
      const style = scene.retryAfter ?? 'none';
      const asked = style === 'ms' ? Math.ceil(waitMs) : Math.ceil(waitMs / 1000) * 1000;
      await after(scene.slowRefusals ? scene.latency(random) : 1);
      const limitedBy = scene.tokens === undefined ? 'requests' : 'tokens';
      return {
        type: 'refused',
        retryAfterMs: style === 'none' ? null : asked,
        limitedBy: scene.says ? limitedBy : null,
        limits: headers,
        words: 'Rate limit reached',
      };
    }
    if (scene.slots !== undefined && busy >= scene.slots)
      await new Promise<void>((resolve) => queue.push(resolve));
    busy++;
    await after(scene.latency(random));
    busy--;
    queue.shift()?.();
    return { type: 'answered', tokens: used, limits: headers };
  };

  const ask = async (): Promise<void> => {
    const used = Math.round(scene.usedTokens?.(random) ?? 300);
    for (let again = false; ; again = true) {
      const pass = await gate.enter({ tokens: estimate, again }, signal);
      const entry = { at: clock.now(), tokens: used };
      starts.push(entry);
      const end = await serve(used);
      pass.leave(end);
      const { concurrency } = gate.state();
      if (levels.at(-1)?.[1] !== concurrency) levels.push([clock.now(), concurrency]);
      if (end.type !== 'refused') break;
      entry.tokens = 0;
      refused++;
      firstRefusal ??= clock.now();
      if (clock.now() > firstRefusal + 1000) refusedLater++;
    }
    endMs = clock.now();
  };

  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < scene.count && closed === null) {
      next++;
      try {
        await ask();
      } catch (error) {
        if (!(error instanceof WaitTooLong)) throw error;
        closed = error;
      }
    }
  };
  const workers = scene.concurrency === 'auto' ? 300 : scene.concurrency;
  const all = Promise.all(Array.from({ length: workers }, worker));
  all.catch(() => {});
  await clock.run(3_600_000);
  await all;
  return { timeMs: endMs, refused, refusedLater, starts, gate, closed, levels };
}
