import type { ToldLimit } from '../model/rate-limit-headers.js';
import { CAP_WINDOW_MS, HardCap } from './hard-cap.js';
import { LearnedRate } from './learned-rate.js';
import type { Start } from './start.js';
import { ToldLevel } from './told-level.js';

/** What is late by up to this is caught up with, in milliseconds: timers are late, and the process is busy. */
const CATCH_UP_MS = 60;

/** What the server's bucket has to have in stock before it goes on after a refusal, in requests. */
const STOCK = 6;

/**
 * One limited resource, requests or tokens: the strictest of what the user set, what the server tells and what
 * its refusals taught. Starts are spread evenly.
 */
export class RateLimit {
  readonly #cap: HardCap | null;
  readonly #told = new ToldLevel();
  readonly #learned = new LearnedRate();
  /** The first start that knew of the told limit. */
  #toldSince: number | null = null;
  /** When the next start is due. */
  #due = Number.NEGATIVE_INFINITY;
  #total = 0;
  #starts = 0;

  constructor(perMinute: number | null) {
    this.#cap = perMinute === null ? null : new HardCap(perMinute);
  }

  /** Counts what was sent at an earlier moment towards the user's bound. */
  sentBefore(cost: number, at: number): void {
    this.#cap?.take(cost, at);
  }

  /** The rate in force, a millisecond; null when no limit is known. */
  get rate(): number | null {
    return lowest(this.#given, this.#learned.rate);
  }

  get #given(): number | null {
    return lowest(this.#cap === null ? null : this.#cap.most / CAP_WINDOW_MS, this.#told.rate);
  }

  /** Whether anything but refusals says that this resource is limited. */
  get isGiven(): boolean {
    return this.#cap !== null || this.#told.told !== null;
  }

  /**
   * How long until a start may be, in milliseconds.
   *
   * @param cost what it probably costs
   * @param bound what it may cost, for the user's bound
   * @param longestToldMs longer waits that follow from headers alone are not believed
   */
  waitMs(cost: number, bound: number, longestToldMs: number, now: number): number {
    const paceMs = this.rate === null ? 0 : this.#due - now;
    const toldMs = this.#told.waitMs(cost, this.#total, now);
    return Math.max(0, paceMs, toldMs > longestToldMs ? 0 : toldMs, this.#cap?.waitMs(bound, now) ?? 0);
  }

  /** @param refusalMs how long refusals take to come back */
  start(cost: number, bound: number, refusalMs: number, now: number): Start {
    const { rate } = this;
    if (this.#starts === 0) this.#due = now;
    if (rate !== null) this.#due = Math.max(this.#due, now - CATCH_UP_MS) + cost / rate;
    const capped = this.#cap?.take(bound, now) ?? null;
    const sent = { order: this.#starts++, at: now, cost, before: this.#total, capped };
    this.#total += cost;
    this.#learned.started(sent, refusalMs);
    return sent;
  }

  /** Corrects the cost of a start, when it is known. */
  settle(sent: Start, cost: number, now: number): void {
    const { rate } = this;
    if (rate !== null) this.#due += (cost - sent.cost) / rate;
    if (sent.capped !== null) this.#cap?.settle(sent.capped, cost, now);
  }

  answered(sent: Start): void {
    this.#learned.answered(sent);
  }

  hear(limit: ToldLimit, by: Start, now: number): void {
    this.#told.hear(limit, by, now);
    this.#toldSince ??= this.#starts;
  }

  /**
   * Learns from a refusal for want of this resource.
   *
   * @param again it says nothing new, since it was sent before the last decrease, or nothing was accepted since
   * @param named whether the server says that it is for want of this resource
   */
  refused(sent: Start, again: boolean, named: boolean, now: number): void {
    // Start before the limit was told: the limit explains the refusal.
    if (this.#told.rate !== null && sent.order < (this.#toldSince ?? 0)) return;
    this.#learned.refused(sent, this.#given, again, named, now);
    const { rate } = this;
    if (!again && rate !== null) this.#due = Math.max(this.#due, now + (STOCK * sent.cost) / rate);
  }

  /** After a pause nothing is caught up with. */
  notBefore(at: number): void {
    this.#due = Math.max(this.#due, at);
  }

  /** Called when this limit is what holds requests back. */
  binds(now: number, answerMs: number): void {
    const { rate } = this.#learned;
    const given = this.#given;
    if (rate !== null && (given === null || rate < given)) this.#learned.binds(now, answerMs);
  }
}

function lowest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
