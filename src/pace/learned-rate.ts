import { SporadicRefusals } from './sporadic-refusals.js';
import type { Start } from './start.js';

/** A measure over less time than this is a guess: a request more or less counts too much. */
const BASELINE_MS = 500;
/** Below this not even that. */
const SHORTEST_BASELINE_MS = 80;
/** What was accepted since an older refusal may tell of a limit that is no more. */
const LONGEST_BASELINE_MS = 10_000;
const REMEMBERED = 512;

/** The share of a measure that is used, so that the server's bucket stays a little above empty. */
const MARGIN = 0.97;
/** The most that one burst of refusals takes away, once the rate was known. */
const LARGEST_DECREASE = 0.7;
/** What is taken away where nothing can be measured. */
const DECREASE = 0.95;

const RAISE_EVERY_MS = 2000;
const FIRST_RAISE = 0.005;
const LARGEST_RAISE = 0.06;
/** Without refusals for this long, raises double. */
const CALM_MS = 8000;
/** The same, in pauses: where a refusal costs a long one, it has to be rarer. */
const CALM_PAUSES = 15;
const MOST_CALM = 4;
/** How a guess grows; by half as much after each refusal. */
const GUESS_GROWTH = 0.5;
const SMALLEST_GUESS_GROWTH = 0.06;
const GUESS_EVERY_MS = 200;
/** What is taken to be accepted of the requests under way at least: a guess that is too high is soon put right. */
const LEAST_ACCEPTED = 0.5;
/** How far above the guess a start may go that learns from each refusal before it sends the next. */
const MOST_OVER_GUESS = 10;

/** A moment from which on what was accepted is counted. */
interface Mark {
  readonly at: number;
  /** The cost of all earlier starts. */
  readonly before: number;
  readonly order: number;
  /** Whether the server had nothing in stock then; else it had at most what it took at first. */
  readonly empty: boolean;
}

/**
 * The rate that a server allows, learned from its refusals. At a refusal its bucket was empty; what it accepted
 * between two of them is what was refilled in that time.
 */
export class LearnedRate {
  #rate: number | null = null;
  /** No measure over enough time was made yet. */
  #guessed = true;
  #growth = GUESS_GROWTH;
  /** What the server took at first, before it refused: about what its bucket holds. */
  #stock = Number.POSITIVE_INFINITY;
  #firstStartAt = 0;
  /** Refused starts, in the order of sending, not of coming back. */
  #refusals: Start[] = [];
  #marks: Mark[] = [];
  #answered = 0;
  /** A burst of refusals has begun and nothing was started since. */
  #held = false;
  #raisedAt = 0;
  /** What the rate was before it was raised last. */
  #rateBefore = 0;
  #refusedAt = 0;
  /** How long the last burst of refusals stopped everything. */
  #pauseMs = 0;
  /** Bursts that came only after a calm time: the more, the better the rate is known. */
  #calmBursts = 0;
  #burstAt = Number.NEGATIVE_INFINITY;
  readonly #sporadic = new SporadicRefusals();

  /** What may be started a millisecond; null while no refusal says anything of it. */
  get rate(): number | null {
    return this.#sporadic.active ? null : this.#rate;
  }

  answered(sent: Start): void {
    if (this.#rate === null || sent.before < this.#lastBefore()) this.#answered += sent.cost;
  }

  /** @param refusalMs how long refusals take to come back */
  started(sent: Start, refusalMs: number): void {
    this.#sporadic.started();
    if (sent.order === 0) this.#firstStartAt = sent.at;
    if (!this.#held) return;
    this.#held = false;
    this.#pauseMs = sent.at - this.#burstAt;
    this.#raisedAt = sent.at;
    if (this.#guessed && this.#stock === Number.POSITIVE_INFINITY) this.#guess(sent, refusalMs);
    this.#mark({ ...sent, empty: false });
  }

  /**
   * Learns from a refusal.
   *
   * @param known the rate in force when nothing was learned yet; null when there was none
   * @param again whether it says nothing new: it was sent before the last decrease, or nothing was accepted since
   * @param named whether the server says that it is for want of this resource
   */
  refused(sent: Start, known: number | null, again: boolean, named: boolean, now: number): void {
    if (this.#sporadic.active) {
      this.#sporadic.refused();
      if (this.#sporadic.active) return;
      this.#forget();
    }
    this.#insert(sent);
    this.#refusedAt = now;
    this.#raisedAt = now;
    if (again && this.#rate !== null) return;
    const calm = sent.at - this.#burstAt > CALM_MS / 2;
    this.#burstAt = sent.at;
    this.#held = true;
    const measured = this.#measure(sent);
    if (!named && this.#rate !== null && !this.#guessed) this.#sporadic.burst(this.#rate, measured);
    this.#mark({ ...sent, empty: true });
    if (this.#rate === null) {
      this.#guessed = known === null;
      this.#rate = (known ?? Number.POSITIVE_INFINITY) * MARGIN;
    } else if (this.#guessed) {
      const floor = this.#rate / (1 + this.#growth) ** 2;
      this.#rate = Math.max(measured ?? 0, floor) * MARGIN;
      this.#growth /= 2;
      this.#guessed = this.#growth >= SMALLEST_GUESS_GROWTH;
    } else if (calm) {
      this.#rate = this.#rateBefore * MARGIN;
      this.#calmBursts = Math.min(MOST_CALM, this.#calmBursts + 1);
    } else {
      this.#calmBursts = 0;
      const lowest = this.#rate * (measured === null ? DECREASE : LARGEST_DECREASE);
      this.#rate = Math.min(this.#rate * MARGIN, Math.max((measured ?? 0) * MARGIN, lowest));
    }
    this.#rateBefore = this.#rate;
  }

  /** Raises the rate a little from time to time; called when this rate is what holds requests back. */
  binds(now: number, refusalMs: number): void {
    if (this.#rate === null || this.#held) return;
    const before = this.#rate;
    if (this.#guessed) {
      if (now - this.#raisedAt < Math.max(GUESS_EVERY_MS, refusalMs * 2)) return;
      this.#rate *= 1 + this.#growth;
    } else {
      if (now - this.#raisedAt < RAISE_EVERY_MS) return;
      const doublings = Math.floor(
        (now - this.#refusedAt) / Math.max(CALM_MS * (1 + this.#calmBursts), CALM_PAUSES * this.#pauseMs),
      );
      this.#rate *= 1 + Math.min(LARGEST_RAISE, FIRST_RAISE * 2 ** doublings);
    }
    this.#raisedAt = now;
    this.#rateBefore = before;
  }

  /** What was learned before is not true, or not any more. */
  #forget(): void {
    this.#rate = null;
    this.#guessed = true;
    this.#growth = GUESS_GROWTH;
    this.#stock = Number.POSITIVE_INFINITY;
    this.#refusals = [];
    this.#marks = [];
    this.#answered = 0;
  }

  #lastBefore(): number {
    return this.#marks.at(-1)?.before ?? Number.POSITIVE_INFINITY;
  }

  #insert(sent: Start): void {
    let place = this.#refusals.length;
    while (place > 0 && (this.#refusals[place - 1]?.order ?? 0) > sent.order) place--;
    this.#refusals.splice(place, 0, sent);
    if (this.#refusals.length > REMEMBERED) this.#refusals.shift();
  }

  #mark(mark: Mark): void {
    this.#marks.push(mark);
    if (this.#marks.length > REMEMBERED) this.#marks.shift();
  }

  /**
   * A first rate, from what the server took before it refused, as if a bucket held what a second refills; or so
   * much that each start can learn how the one before it fared.
   */
  #guess(next: Start, refusalMs: number): void {
    const refused = this.#refusals.reduce((sum, { cost }) => sum + cost, 0);
    const last = this.#refusals.at(-1);
    const open = next.before - refused - this.#answered;
    // What is under way for longer than a refusal takes was accepted.
    const doubtful = next.at - (last?.at ?? 0) < 2 * refusalMs;
    const accepted = doubtful ? Math.max(LEAST_ACCEPTED, this.#answered / (refused + this.#answered)) : 1;
    this.#stock = this.#answered + Math.max(0, open) * accepted;
    const meanCost = next.before / Math.max(1, next.order);
    // A server that refuses from the first request on takes one later.
    const guess = Math.max(meanCost, this.#stock) / Math.max(1000, (last?.at ?? 0) - this.#firstStartAt);
    const careful = Math.min(guess * MOST_OVER_GUESS, meanCost / Math.max(1, 2 * refusalMs));
    this.#rate = Math.min(this.#rate ?? 0, Math.max(guess, careful));
  }

  /**
   * What was accepted since an earlier moment, by time: the largest such quotient, since a bucket that ran over in
   * between makes it too small.
   */
  #measure(last: Start): number | null {
    let best: number | null = null;
    let refused = 0;
    let place = this.#refusals.length - 1;
    for (let at = this.#marks.length - 1; at >= 0; at--) {
      const mark = this.#marks[at];
      if (mark === undefined) break;
      for (; place >= 0; place--) {
        const refusal = this.#refusals[place];
        if (refusal === undefined || refusal.order < mark.order) break;
        if (refusal.order < last.order) refused += refusal.cost;
      }
      const timeMs = last.at - mark.at;
      if (timeMs < (this.#guessed ? SHORTEST_BASELINE_MS : BASELINE_MS)) continue;
      if (timeMs > LONGEST_BASELINE_MS && best !== null) break;
      const rate = (last.before - mark.before - refused - (mark.empty ? 0 : this.#stock)) / timeMs;
      if (rate > 0) best = Math.max(best ?? 0, rate);
    }
    return best;
  }
}
