import { basename, resolve } from 'node:path';
import type { CallResult } from '../conduct/refine-run.js';
import type { Surroundings } from '../conduct/surroundings.js';
import type { Host } from '../conduct/watch.js';
import { EnvironmentError, UserError } from '../errors.js';
import type { Clock } from '../pace/clock.js';
import type { OwnedRun } from '../run/own-run.js';
import { budgetFailure } from './budget-failure.js';
import { OngoingCall } from './ongoing-call.js';
import type { Calls, Started } from './parts.js';

/** A run opened for sending, and what is to be done with it. */
export interface OpenedCall {
  readonly run: OwnedRun;
  /** Examples that will be asked. */
  readonly examples: number;
  conduct(host: Host): Promise<CallResult>;
}

type Listener = (dir: string, change: 'progress' | 'state') => void;

/** The calls under way in this process, at most one a run. They go on when nobody looks. */
export class OngoingCalls implements Pick<Calls, 'cancel' | 'state' | 'onChange' | 'close'> {
  readonly #clock: Clock;
  readonly #around: Surroundings;
  /** By folder of the run. */
  readonly #calls = new Map<string, OngoingCall>();
  readonly #failures = new Map<string, unknown>();
  readonly #listeners = new Set<Listener>();
  #isClosed = false;

  constructor(clock: Clock, around: Surroundings) {
    this.#clock = clock;
    this.#around = around;
  }

  /**
   * Begins a call: opens its run, and then goes on by itself.
   *
   * @throws UserError `run_locked` when a call for the run is under way; whatever `open` throws. What goes wrong later is
   *   told by `state`
   */
  async begin(dir: string, open: () => Promise<OpenedCall>): Promise<Started> {
    const place = resolve(dir);
    if (this.#isClosed) throw new EnvironmentError('environment', 'The server is being stopped.');
    if (this.#calls.has(place)) {
      throw new UserError('run_locked', 'This server is sending requests for the run already.', {
        where: basename(place),
        hint: 'Wait for it, or cancel it.',
      });
    }
    const call = new OngoingCall(this.#clock, () => this.#tell(place, 'progress'));
    this.#calls.set(place, call);
    const opening = open();
    call.ended = opening.then(
      (opened) => this.#conduct(place, call, opened),
      () => {
        this.#calls.delete(place);
      },
    );
    const { examples } = await opening;
    return { run: basename(place), examples };
  }

  cancel(dir: string): void {
    const call = this.#calls.get(resolve(dir));
    if (call === undefined || call.isStopping) return;
    call.stop();
    this.#tell(resolve(dir), 'state');
  }

  state(dir: string): ReturnType<Calls['state']> {
    const call = this.#calls.get(resolve(dir));
    const failure = this.#failures.get(resolve(dir)) ?? null;
    if (call === undefined) return { call: 'idle', progress: null, failure };
    return { call: call.isStopping ? 'stopping' : 'running', progress: call.progress(), failure };
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    const calls = [...this.#calls];
    if (this.#isClosed) for (const [, call] of calls) call.giveUp();
    this.#isClosed = true;
    for (const [dir] of calls) this.cancel(dir);
    await Promise.all(calls.map(([, call]) => call.ended));
  }

  /** Sees a call to its end, and keeps why it ended early. */
  async #conduct(place: string, call: OngoingCall, { run, conduct }: OpenedCall): Promise<void> {
    this.#failures.delete(place);
    this.#tell(place, 'state');
    try {
      const { end } = await conduct(call.host(this.#around));
      if (end.budgetSpent !== null) this.#failures.set(place, budgetFailure(end.budgetSpent));
    } catch (error) {
      this.#failures.set(place, error);
    }
    try {
      await run.close();
    } catch (error) {
      // Answers that could not be saved matter more than why nothing more was sent.
      this.#failures.set(place, error);
    }
    call.end();
    this.#calls.delete(place);
    this.#tell(place, 'state');
  }

  #tell(dir: string, change: 'progress' | 'state'): void {
    for (const listener of this.#listeners) {
      try {
        listener(dir, change);
      } catch (error) {
        // Whoever looks on must not hold up what is paid for.
        const words = error instanceof Error ? error.message : String(error);
        this.#around.tell(`A listener to the calls failed: ${words}`);
      }
    }
  }
}
