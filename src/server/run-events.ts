import { basename } from 'node:path';
import type { z } from 'zod';
import type { runSummarySchema } from './api-schemas.js';
import { ChangedRecords } from './changed-records.js';
import { EventHub } from './event-hub.js';
import type { Calls, Desk } from './parts.js';

/** How often a run's files are looked at for another process's work. */
const LOOK_EVERY_MS = 1000;
/** How long events go on being kept after the last listener has left, for when it comes back. */
const KEPT_FOR_MS = 60_000;

interface Watched {
  readonly hub: EventHub;
  /** Tells at once, and whatever has changed so far. */
  stateChanged(): void;
  progressed(): void;
  stop(): void;
}

export interface RunEventsParts {
  readonly desk: Desk;
  readonly calls: Calls;
  summarise(run: string): Promise<z.infer<typeof runSummarySchema>>;
  /** Told of faults that no request can be told of. */
  onFault(error: unknown): void;
}

/** The events of runs, made only while somebody listens. */
export class RunEvents {
  readonly #parts: RunEventsParts;
  readonly #watched = new Map<string, Promise<Watched>>();
  readonly #stopListening: () => void;

  constructor(parts: RunEventsParts) {
    this.#parts = parts;
    this.#stopListening = parts.calls.onChange((dir, change) => {
      void this.#watched.get(basename(dir))?.then((watched) => {
        if (change === 'state') watched.stateChanged();
        else watched.progressed();
      }, parts.onFault);
    });
  }

  /** @throws whatever opening the run throws */
  async of(run: string): Promise<EventHub> {
    let watched = this.#watched.get(run);
    if (watched === undefined) {
      watched = this.#watch(run);
      this.#watched.set(run, watched);
      watched.catch(() => this.#watched.delete(run));
    }
    return (await watched).hub;
  }

  /** How a run stands now: nothing newer was sent to `hub` by then. */
  async stateOf(run: string, hub: EventHub): Promise<z.infer<typeof runSummarySchema>> {
    for (;;) {
      const { states } = hub;
      const summary = await this.#parts.summarise(run);
      if (hub.states === states) return summary;
    }
  }

  async close(): Promise<void> {
    this.#stopListening();
    for (const watched of await Promise.allSettled(this.#watched.values()))
      if (watched.status === 'fulfilled') watched.value.stop();
  }

  async #watch(run: string): Promise<Watched> {
    const { desk, calls, summarise, onFault } = this.#parts;
    const open = await desk.open(run);
    const hub = new EventHub();
    let lastState = (await summarise(run)).state;
    const changed = new ChangedRecords(hub);
    const stopListening = open.onChange((ids) => changed.add(ids));

    const tellState = async (): Promise<void> => {
      await open.refresh(true);
      changed.flush();
      const summary = await summarise(run);
      lastState = summary.state;
      hub.send('state', summary);
    };
    const look = async (): Promise<void> => {
      await open.refresh();
      if ((await summarise(run)).state !== lastState) await tellState();
    };
    let isLooking = false;
    let idleSinceMs: number | null = null;
    const timer = setInterval(() => {
      if (hub.listeners > 0) idleSinceMs = null;
      else idleSinceMs ??= performance.now();
      if (idleSinceMs !== null && performance.now() - idleSinceMs > KEPT_FOR_MS) {
        this.#watched.delete(run);
        stop();
        return;
      }
      if (isLooking || hub.listeners === 0) return;
      isLooking = true;
      look()
        .catch(onFault)
        .finally(() => {
          isLooking = false;
        });
    }, LOOK_EVERY_MS);
    const stop = (): void => {
      clearInterval(timer);
      changed.stop();
      stopListening();
    };
    return {
      hub,
      stop,
      stateChanged: () => void tellState().catch(onFault),
      progressed: () => {
        const { progress } = calls.state(open.dir);
        if (progress !== null) hub.send('progress', progress);
        void open.refresh().catch(onFault);
      },
    };
  }
}
