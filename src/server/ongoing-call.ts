import { CallProgress } from '../conduct/call-progress.js';
import type { Surroundings } from '../conduct/surroundings.js';
import type { Host } from '../conduct/watch.js';
import type { Clock } from '../pace/clock.js';
import type { Gate } from '../pace/gate.js';
import { waitingText } from '../report/waiting.js';
import type { Progress } from './parts.js';

/** At most four notices of progress a second. */
const NOTICE_EVERY_MS = 250;

/** A call that this process conducts: its signals, and how far it is. */
export class OngoingCall {
  /** Resolves when the call is over and the run given back; never rejects. */
  ended: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  readonly #clock: Clock;
  readonly #progress: CallProgress;
  readonly #notify: () => void;
  #gate: Gate | null = null;
  #noticedMs = Number.NEGATIVE_INFINITY;
  #cancelNotice: (() => void) | null = null;

  /** @param notify told a few times a second that there was progress; never from within the call's own work */
  constructor(clock: Clock, notify: () => void) {
    this.#clock = clock;
    this.#progress = new CallProgress(() => clock.now());
    this.#notify = notify;
  }

  get isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Sends nothing more; what is under way is waited for. */
  stop(): void {
    this.#stop.abort();
  }

  /** Waits for nothing that is under way, either. */
  giveUp(): void {
    this.#stop.abort();
    this.#abort.abort();
  }

  progress(): Progress {
    const { spending, waiting, ...figures } = this.#progress.figures(this.#gate);
    const { promptTokens, completionTokens, costUsd, resent } = spending;
    return {
      ...figures,
      ...{ promptTokens, completionTokens, costUsd, resent },
      waiting: waiting === null ? null : waitingText(waiting),
    };
  }

  /** Watches the call from its own process. */
  host(around: Surroundings): Host {
    const signals = { stop: this.#stop.signal, abort: this.#abort.signal };
    return {
      ...around,
      watch: async (_run, _spec, gate) => {
        this.#gate = gate;
        return {
          ...signals,
          onEvent: (event) => {
            this.#progress.note(event);
            this.#noticeSoon();
          },
          end: () => {
            this.#gate = null;
          },
        };
      },
      watchBatches: () => ({ ...signals, onEvent: () => {}, end: () => {} }),
    };
  }

  /** Gives a notice that is still to be given, and no more after it. */
  end(): void {
    if (this.#cancelNotice === null) return;
    this.#cancelNotice();
    this.#cancelNotice = null;
    this.#notify();
  }

  #noticeSoon(): void {
    if (this.#cancelNotice !== null) return;
    const waitMs = Math.max(0, this.#noticedMs + NOTICE_EVERY_MS - this.#clock.now());
    this.#cancelNotice = this.#clock.wake(waitMs, () => {
      this.#cancelNotice = null;
      this.#noticedMs = this.#clock.now();
      this.#notify();
    });
  }
}
