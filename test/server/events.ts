import { onTestFinished } from 'vitest';
import type { Events as EventData } from '../../src/server/event-hub.js';

/** How some run stands. */
export const STATE: EventData['state'] = {
  ...{ run: 'r', state: 'running', dataset: 'd', model: 'm', createdAt: '2025-01-02T03:04:05.000Z' },
  ...{ selected: 1, outcomes: null, costUsd: null, progress: null, problem: null },
};

export interface SentEvent {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
}

/** Reads an event stream. */
export class Events {
  readonly response: Response;
  /** All that came. */
  readonly seen: SentEvent[] = [];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  constructor(response: Response) {
    if (response.body === null) throw new Error('There is no stream.');
    this.response = response;
    this.#reader = response.body.getReader();
    onTestFinished(() => this.close());
  }

  /** The next event for which this holds; undefined when the stream ends before. */
  async next(holds: (event: SentEvent) => boolean = () => true): Promise<SentEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end !== -1) {
        const event = parseEvent(this.#text.slice(0, end));
        this.#text = this.#text.slice(end + 2);
        if (event === null) continue;
        this.seen.push(event);
        if (holds(event)) return event;
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  nextOf(name: string): Promise<SentEvent | undefined> {
    return this.next((event) => event.name === name);
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }
}

/** Reads what is sent of one event; null for a comment. */
export function parseEvent(frame: string): SentEvent | null {
  if (frame.startsWith(':')) return null;
  const fields = new Map(
    frame
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, name = '', value = ''] = /^(\w+): ([^\n]*)$/.exec(line) ?? [];
        return [name, value] as const;
      }),
  );
  return {
    name: fields.get('event') ?? '',
    id: fields.get('id') ?? '',
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}
