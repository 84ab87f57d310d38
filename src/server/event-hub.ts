import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { EVENT_SCHEMAS } from './api-schemas.js';

/** Data of the events, by name. */
export type Events = { readonly [Name in keyof typeof EVENT_SCHEMAS]: z.infer<(typeof EVENT_SCHEMAS)[Name]> };
export type EventName = keyof Events;

/** Events that are kept for those who come back, and the bytes that they are given of them at once. */
const KEPT = 1000;
const MOST_REPLAYED = 128 * 1024;

interface KeptEvent {
  readonly number: number;
  readonly frame: Uint8Array;
}

const encoder = new TextEncoder();

/** Numbers the events of a run, keeps the last ones, and hands each on to all who listen, serialised once for all. */
export class EventHub {
  /** Tells numbers of this hub from those of another one, before a restart say. */
  readonly #epoch = randomBytes(6).toString('hex');
  readonly #kept: KeptEvent[] = [];
  readonly #listeners = new Set<(frame: Uint8Array) => void>();
  #last = 0;
  #states = 0;

  /** How many `state` events were sent. */
  get states(): number {
    return this.#states;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  send<Name extends EventName>(name: Name, data: Events[Name]): void {
    const number = ++this.#last;
    if (name === 'state') this.#states++;
    const frame = this.#frame(name, data);
    this.#kept.push({ number, frame });
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const listener of this.#listeners) listener(frame);
  }

  /**
   * Hands on events from now on, and first those since `lastId`; where those are not known, how the run stands now.
   *
   * @param lastId id of the last event that was seen; undefined for a new listener
   * @returns what takes the listener away
   */
  listen(
    listener: (frame: Uint8Array) => void,
    lastId: string | undefined,
    state: Events['state'],
  ): () => void {
    for (const frame of this.#since(lastId, state)) listener(frame);
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #since(lastId: string | undefined, state: Events['state']): Uint8Array[] {
    if (lastId === undefined) return [this.#frame('state', state)];
    const [, epoch, number] = /^([0-9a-f]+)-(\d+)$/.exec(lastId) ?? [];
    const seen = Number(number);
    const first = this.#kept[0]?.number ?? this.#last + 1;
    const isKnown = epoch === this.#epoch && seen >= first - 1 && seen <= this.#last;
    const missed = this.#kept.filter((event) => event.number > seen).map(({ frame }) => frame);
    const bytes = missed.reduce((sum, { length }) => sum + length, 0);
    return isKnown && bytes <= MOST_REPLAYED
      ? missed
      : [this.#frame('reset', {}), this.#frame('state', state)];
  }

  #frame<Name extends EventName>(name: Name, data: Events[Name]): Uint8Array {
    // JSON has no line breaks of its own, so that the data is one line, as the format wants it.
    return encoder.encode(
      `event: ${name}\nid: ${this.#epoch}-${this.#last}\ndata: ${JSON.stringify(data)}\n\n`,
    );
  }
}
