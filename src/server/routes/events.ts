import type { HttpBindings } from '@hono/node-server';
import { z } from 'zod';
import { openEventStream } from '../event-stream.js';
import { HttpFault } from '../http-fault.js';
import type { Desk } from '../parts.js';
import { type Route, route, runParams } from '../route.js';
import type { RunEvents } from '../run-events.js';

/** Streams that are open at once. */
const MOST_STREAMS = 200;

/** The event streams of a server, so that they can be closed when it stops. */
export class OpenStreams {
  readonly #closing = new Set<() => void>();
  /** Places of streams that are open, or being opened. */
  #taken = 0;

  eventRoutes(events: RunEvents, desk: Desk): Route[] {
    return [
      route({
        method: 'get',
        path: '/api/runs/{run}/events',
        summary:
          'Server-sent events: progress, state, records that changed; Last-Event-ID goes on where one was',
        params: runParams,
        answers: {
          200: { description: 'The events.', content: { 'text/event-stream': z.string() } },
        },
        handle: async ({ params, context }) => {
          const leave = this.#takePlace();
          try {
            await desk.open(params.run);
            const hub = await events.of(params.run);
            const state = await events.stateOf(params.run, hub);
            const lastId = context.req.header('last-event-id');
            const connection: Partial<HttpBindings> | undefined = context.env;
            const stream = openEventStream(hub, lastId, state, (how) => {
              this.#closing.delete(stream.close);
              leave();
              if (how === 'cut off') connection?.outgoing?.destroy();
            });
            this.#closing.add(stream.close);
            return new Response(stream.body, {
              headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
            });
          } catch (error) {
            leave();
            throw error;
          }
        },
      }),
    ];
  }

  closeAll(): void {
    for (const close of this.#closing) close();
  }

  /**
   * Takes one of the places, from the moment a stream is asked for.
   *
   * @returns what gives it back
   * @throws HttpFault 503 when there is none
   */
  #takePlace(): () => void {
    if (this.#taken >= MOST_STREAMS) {
      throw new HttpFault(503, 'busy', 'Too many event streams are open.', {
        expected: `at most ${MOST_STREAMS}`,
      });
    }
    this.#taken++;
    return () => {
      this.#taken--;
    };
  }
}
