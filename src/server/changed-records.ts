import type { EventHub } from './event-hub.js';

/** How often records that changed are told of. */
const EVERY_MS = 250;

/** Most ids in one event; after more, everything is to be asked for anew. */
const MOST_IDS = 2000;

/** Ids of records that changed, told together. */
export class ChangedRecords {
  readonly #hub: EventHub;
  readonly #ids = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(hub: EventHub) {
    this.#hub = hub;
  }

  add(ids: readonly string[]): void {
    for (const id of ids) this.#ids.add(id);
    if (this.#ids.size > 0) this.#timer ??= setTimeout(() => this.flush(), EVERY_MS);
  }

  flush(): void {
    this.stop();
    if (this.#ids.size === 0) return;
    const ids = [...this.#ids];
    this.#ids.clear();
    if (ids.length > MOST_IDS) this.#hub.send('reset', {});
    else this.#hub.send('records', { ids });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
