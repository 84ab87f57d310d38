import type { LimitedResource, ToldLimits } from '../model/rate-limit-headers.js';
import { type Clock, REAL_CLOCK } from './clock.js';
import { ConcurrencyLevel } from './concurrency-level.js';
import type { GateOptions, GateState } from './gate-options.js';
import type { Pass, PassEnd } from './pass.js';
import { RateLimit } from './rate-limit.js';
import { RefusalPause } from './refusal-pause.js';
import type { Start } from './start.js';
import { TokenShare } from './token-share.js';
import { WaitTooLong } from './wait-too-long.js';
import { WaitingLine } from './waiting-line.js';

interface Waiting {
  readonly tokens: number;
  readonly signal: AbortSignal;
  readonly resolve: (pass: Pass) => void;
  readonly reject: (reason: unknown) => void;
}

/** Timers may fire early by less than this. */
const TIMER_SLACK_MS = 0.5;
/** Node.js takes a wait of more than 24 days for none at all. */
const LONGEST_TIMER_MS = 3_600_000;

const MINUTE_MS = 60_000;

/**
 * The one door that each request goes through before it is sent. It keeps to the user's limits and to those it
 * learns of: from what servers tell, and from their refusals.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #maxWaitMs: number;
  readonly #concurrency: ConcurrencyLevel;
  readonly #requests: RateLimit;
  readonly #tokens: RateLimit;
  readonly #share = new TokenShare();
  readonly #pause = new RefusalPause();
  readonly #firstTimers = new WaitingLine<Waiting>();
  readonly #returning = new WaitingLine<Waiting>();
  readonly #heard = new WeakSet<AbortSignal>();
  #underWay = 0;
  #starts = 0;
  #closed: WaitTooLong | null = null;
  #timer: { readonly at: number; readonly cancel: () => void } | null = null;

  constructor(options: GateOptions, clock: Clock = REAL_CLOCK) {
    this.#clock = clock;
    this.#maxWaitMs = options.maxWaitMs;
    this.#concurrency = new ConcurrencyLevel(options.concurrency);
    this.#requests = new RateLimit(options.requestsPerMinute);
    this.#tokens = new RateLimit(options.tokensPerMinute);
    const earlier = (options.earlier ?? []).toSorted((one, other) => other.agoMs - one.agoMs);
    for (const { agoMs, tokens } of earlier) {
      this.#requests.sentBefore(1, clock.now() - agoMs);
      this.#tokens.sentBefore(tokens, clock.now() - agoMs);
    }
  }

  /**
   * Resolves when a request may be sent: in order of arrival, those that are sent again before all others.
   *
   * @param request `tokens`: about what it will use, prompt and completion
   * @throws the signal's reason when it is aborted; WaitTooLong once the server asked for a longer wait than is
   *   granted
   */
  enter(request: { readonly tokens: number; readonly again: boolean }, signal: AbortSignal): Promise<Pass> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (this.#closed !== null) throw this.#closed;
      this.#listen(signal);
      const line = request.again ? this.#returning : this.#firstTimers;
      line.push({ tokens: request.tokens, signal, resolve, reject });
      // Behind others there is nothing new to find out.
      if (this.#returning.size + this.#firstTimers.size === 1 || request.again) this.#advance();
    });
  }

  /** As many requests as will ever be under way at once. */
  get mostUnderWay(): number {
    return this.#concurrency.most;
  }

  state(): GateState {
    const perMinute = (rate: number | null) =>
      rate === null || rate === Number.POSITIVE_INFINITY ? null : Math.round(rate * MINUTE_MS);
    return {
      concurrency: this.#concurrency.level,
      underWay: this.#underWay,
      waiting: this.#returning.size + this.#firstTimers.size,
      requestsPerMinute: perMinute(this.#requests.rate),
      tokensPerMinute: perMinute(this.#tokens.rate),
      pausedForMs: this.#pause.waitMs(this.#clock.now()),
    };
  }

  /** Lets through all who may go now, and sets the timer for the next. */
  #advance(): void {
    const now = this.#clock.now();
    for (;;) {
      const line = this.#returning.size > 0 ? this.#returning : this.#firstTimers;
      const next = line.peek();
      if (next === undefined) {
        this.#concurrency.unmeasurable(now);
        this.#stopTimer();
        return;
      }
      if (this.#underWay >= this.#concurrency.level) {
        this.#concurrency.held(false, now);
        return;
      }
      const cost = this.#share.expect(next.tokens);
      const most = this.#share.most(next.tokens);
      const waitMs = this.#waitMs(cost, most, now);
      if (waitMs > TIMER_SLACK_MS) {
        this.#concurrency.held(true, now);
        this.#wakeIn(waitMs, now);
        return;
      }
      line.shift();
      next.resolve(this.#start(next.tokens, cost, most, now));
    }
  }

  #waitMs(cost: number, most: number, now: number): number {
    // Nobody waits for so long because of a header alone: one request finds out whether it is true.
    const longestToldMs = this.#underWay === 0 ? this.#maxWaitMs : Number.POSITIVE_INFINITY;
    const pauseMs = this.#pause.waitMs(now);
    const requestsMs = this.#requests.waitMs(1, 1, longestToldMs, now);
    const tokensMs = this.#tokens.waitMs(cost, most, longestToldMs, now);
    if (requestsMs > Math.max(pauseMs, tokensMs)) this.#requests.binds(now, this.#pause.answerMs);
    else if (tokensMs > pauseMs) this.#tokens.binds(now, this.#pause.answerMs);
    return Math.max(pauseMs, requestsMs, tokensMs);
  }

  #wakeIn(waitMs: number, now: number): void {
    const afterMs = Math.min(waitMs, LONGEST_TIMER_MS);
    const at = now + afterMs;
    if (this.#timer !== null && Math.abs(this.#timer.at - at) < TIMER_SLACK_MS) return;
    this.#stopTimer();
    const cancel = this.#clock.wake(afterMs, () => {
      this.#timer = null;
      this.#advance();
    });
    this.#timer = { at, cancel };
  }

  /** One that nobody waits for would keep the process alive. */
  #stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #start(estimate: number, cost: number, most: number, now: number): Pass {
    this.#underWay++;
    const order = this.#starts++;
    const request = this.#requests.start(1, 1, this.#pause.answerMs, now);
    const tokens = this.#tokens.start(cost, most, this.#pause.answerMs, now);
    this.#pause.started();
    this.#concurrency.started(now);
    let left = false;
    return {
      leave: (end) => {
        if (left) throw new Error('a pass was left twice');
        left = true;
        this.#underWay--;
        const at = this.#clock.now();
        if (end.type !== 'unsent' && end.limits !== null) this.#hear(end.limits, request, tokens, at);
        if (end.type === 'answered') {
          this.#pause.answered();
          this.#requests.answered(request);
          this.#tokens.answered(tokens);
          if (end.tokens !== null) {
            this.#share.learn(estimate, end.tokens);
            this.#tokens.settle(tokens, end.tokens, at);
          }
          this.#concurrency.answered(order, at);
        } else if (end.type === 'failed') {
          this.#concurrency.failed(order, this.#starts, at);
          if (end.retryAfterMs !== null) {
            this.#pause.hold(end.retryAfterMs, at);
            this.#hold(end.retryAfterMs, 'it is not available', at);
          }
        } else {
          this.#tokens.settle(tokens, 0, at);
          if (end.type === 'unsent') this.#requests.settle(request, 0, at);
          else this.#refused(end, request, tokens, at);
        }
        this.#advance();
      },
    };
  }

  #hear(limits: ToldLimits, request: Start, tokens: Start, now: number): void {
    if (limits.requests !== undefined) this.#requests.hear(limits.requests, request, now);
    if (limits.tokens !== undefined) this.#tokens.hear(limits.tokens, tokens, now);
  }

  #refused(end: PassEnd & { type: 'refused' }, request: Start, tokens: Start, now: number): void {
    const again = this.#pause.isOld(request.order) || this.#pause.isNext(request.order);
    const named = end.limitedBy !== null;
    if ((end.limitedBy ?? this.#likelyLimit()) === 'tokens') this.#tokens.refused(tokens, again, named, now);
    else this.#requests.refused(request, again, named, now);
    this.#pause.refused(request.order, this.#starts, end.retryAfterMs, now - request.at, now);
    this.#concurrency.unmeasurable(now);
    this.#hold(end.retryAfterMs ?? longestReset(end.limits), end.words, now);
  }

  /** After a pause nothing is caught up with; one that is longer than is granted ends everything. */
  #hold(askedMs: number, words: string, now: number): void {
    const until = now + this.#pause.waitMs(now);
    this.#requests.notBefore(until);
    this.#tokens.notBefore(until);
    if (askedMs > this.#maxWaitMs) this.#close(new WaitTooLong(askedMs, words));
  }

  /** What a refusal without words is about. */
  #likelyLimit(): LimitedResource {
    return this.#tokens.isGiven && !this.#requests.isGiven ? 'tokens' : 'requests';
  }

  #close(reason: WaitTooLong): void {
    this.#closed ??= reason;
    for (const line of [this.#returning, this.#firstTimers])
      for (const { reject } of line.remove(() => true)) reject(this.#closed);
    this.#stopTimer();
  }

  /** One listener a signal, however many wait with it. */
  #listen(signal: AbortSignal): void {
    if (this.#heard.has(signal)) return;
    this.#heard.add(signal);
    const onAbort = () => {
      for (const line of [this.#returning, this.#firstTimers])
        for (const { reject } of line.remove((one) => one.signal === signal)) reject(signal.reason);
      this.#advance();
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }
}

/** How long a used-up limit takes to come back, where it is told. */
function longestReset(limits: ToldLimits | null): number {
  const waits = [limits?.requests, limits?.tokens].map((limit) =>
    limit !== undefined && limit.remaining === 0 ? limit.resetMs : 0,
  );
  return Math.max(...waits);
}
