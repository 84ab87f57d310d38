const FIRST = 8;
const MOST = 256;

/** Growth by more than a share of what was asked for is growth. */
const GAIN = 1.2;
/** A level is good enough with this share of the best throughput. */
const NEARLY = 0.93;

const FAST_GROWTH = 4;
const GROWTH = 2;
/** Above this, levels grow by less at a time. */
const FAST_BELOW = 64;
const SHRINKAGE = 0.7;

/** No throughput is measured in less time than this, in milliseconds. */
const SHORTEST_MEASURE_MS = 200;
const FEWEST_ANSWERS = 4;
/** Where a rate holds requests back for more than this share of the time, the level is not what counts. */
const HELD_TOO_LONG = 0.5;
/** How long a good level is kept before others are tried, in milliseconds. */
const KEEP_MS = 60_000;
/** The same, in measures. */
const KEEP_MEASURES = 20;
/** Outcomes that tell whether there is too much; of so many, this share of failures is a sign of it. */
const REMEMBERED = 32;
const LEAST_REMEMBERED = 16;
const TOO_MANY_FAIL = 0.6;
/** If the server does one thing after the other, no request should come to wait longer, in milliseconds. */
const LONGEST_QUEUE_MS = 300_000;

type Phase = 'growing' | 'shrinking' | 'kept';

/**
 * How many requests are under way at once. Given a number, it is that; else it is found: it grows while the
 * throughput grows with it, then shrinks while nothing is lost, and is tried again from time to time.
 */
export class ConcurrencyLevel {
  #level: number;
  readonly #fixed: boolean;
  #phase: Phase = 'growing';
  #since: number | null = null;
  #answers = 0;
  /** For how long, and since when, a rate held requests back. */
  #rateMs = 0;
  #rateSince: number | null = null;
  /** Answers still to come of those that were under way when the level was lowered. */
  #surplus = 0;
  #fast = true;
  /** The last good level and its throughput, in answers a millisecond. */
  #good: { level: number; throughput: number } | null = null;
  #best = 0;
  #keptSince = 0;
  /** How long the last measure took. */
  #measureMs = 0;
  /** Starts before this one tell nothing new about overload. */
  #mark = 0;
  /** Of the requests that were started since, the latest: whether they failed. */
  #failures: boolean[] = [];

  constructor(concurrency: number | 'auto') {
    this.#fixed = concurrency !== 'auto';
    this.#level = concurrency === 'auto' ? FIRST : concurrency;
  }

  /** The highest level that it can come to. */
  get most(): number {
    return this.#fixed ? this.#level : MOST;
  }

  get level(): number {
    return this.#level;
  }

  /** An answer came. */
  answered(order: number, now: number): void {
    if (this.#fixed) return;
    this.#remember(order, false);
    if (this.#surplus > 0) {
      this.#surplus--;
      this.#since = now;
      return;
    }
    this.#since ??= now;
    this.#answers++;
    const elapsed = now - this.#since;
    const enough = Math.max(FEWEST_ANSWERS, this.#level * (this.#phase === 'growing' ? 0.5 : 3));
    if (this.#answers < enough || elapsed < SHORTEST_MEASURE_MS) return;
    const rateMs = this.#rateMs + (this.#rateSince === null ? 0 : now - this.#rateSince);
    if (rateMs > elapsed * HELD_TOO_LONG) {
      this.#begin(now);
      return;
    }
    this.#measureMs = elapsed;
    const before = this.#level;
    this.#judge(this.#answers / elapsed, now);
    this.#begin(now);
    if (this.#level < before) this.#surplus = before;
  }

  /** Says what holds requests back from now on: a rate, or this level. */
  held(byRate: boolean, now: number): void {
    if (byRate) this.#rateSince ??= now;
    else if (this.#rateSince !== null) {
      this.#rateMs += now - this.#rateSince;
      this.#rateSince = null;
    }
  }

  /** A pause held requests back, or nobody waited: what was counted says nothing. */
  unmeasurable(now: number): void {
    if (!this.#fixed && this.#answers > 0) this.#begin(now);
  }

  started(now: number): void {
    this.#since ??= now;
  }

  /**
   * The server failed. One that fails now and then fails as often with fewer requests; where most fail, it may be too
   * much for it, which counts once for all that were under way.
   */
  failed(order: number, starts: number, now: number): void {
    if (this.#fixed) return;
    this.#remember(order, true);
    const failed = this.#failures.filter((failure) => failure).length;
    if (this.#failures.length < LEAST_REMEMBERED || failed < this.#failures.length * TOO_MANY_FAIL) return;
    this.#mark = starts;
    this.#failures = [];
    this.#level = Math.max(1, Math.floor(this.#level / 2));
    this.#good = null;
    this.#keep(now);
    this.#begin(now);
  }

  #remember(order: number, failed: boolean): void {
    if (order < this.#mark) return;
    this.#failures.push(failed);
    if (this.#failures.length > REMEMBERED) this.#failures.shift();
  }

  #begin(now: number): void {
    this.#since = now;
    this.#answers = 0;
    this.#rateMs = 0;
    if (this.#rateSince !== null) this.#rateSince = now;
  }

  #judge(throughput: number, now: number): void {
    if (this.#phase === 'growing') this.#grow(throughput, now);
    else if (this.#phase === 'shrinking') this.#shrink(throughput, now);
    else if (now - this.#keptSince >= Math.max(KEEP_MS, KEEP_MEASURES * this.#measureMs)) {
      this.#good = null;
      this.#phase = 'growing';
      this.#grow(throughput, now);
    }
  }

  #grow(throughput: number, now: number): void {
    if (this.#good !== null && throughput < this.#good.throughput * GAIN) {
      this.#best = Math.max(throughput, this.#good.throughput);
      this.#level = this.#good.level;
      this.#shrinkFurther(now);
      return;
    }
    this.#good = { level: this.#level, throughput };
    const factor = this.#fast && this.#level < FAST_BELOW ? FAST_GROWTH : GROWTH;
    const larger = Math.min(MOST, this.#level * factor, Math.floor(throughput * LONGEST_QUEUE_MS));
    if (larger <= this.#level) {
      this.#best = throughput;
      if (this.#level === MOST) this.#keep(now);
      else this.#shrinkFurther(now);
      return;
    }
    this.#level = larger;
  }

  #shrink(throughput: number, now: number): void {
    if (throughput < this.#best * NEARLY) {
      this.#level = this.#good?.level ?? this.#level;
      this.#keep(now);
      return;
    }
    this.#best = Math.max(this.#best, throughput);
    this.#shrinkFurther(now);
  }

  /** Takes the present level for good, and tries a smaller one. */
  #shrinkFurther(now: number): void {
    this.#good = { level: this.#level, throughput: this.#best };
    this.#level = Math.max(1, Math.floor(this.#level * SHRINKAGE));
    if (this.#level === this.#good.level) this.#keep(now);
    else this.#phase = 'shrinking';
  }

  #keep(now: number): void {
    this.#phase = 'kept';
    this.#fast = false;
    this.#keptSince = now;
  }
}
