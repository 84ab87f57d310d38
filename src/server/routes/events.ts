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
          if (this.#closing.size >= MOST_STREAMS) {
            throw new HttpFault(503, 'busy', 'Too many event streams are open.', {
              expected: `at most ${MOST_STREAMS}`,
            });
          }
          await desk.open(params.run);
          const hub = await events.of(params.run);
          const state = await events.stateOf(params.run, hub);
          const lastId = context.req.header('last-event-id');
          const stream = openEventStream(hub, lastId, state, () => this.#closing.delete(stream.close));
          this.#closing.add(stream.close);
          return new Response(stream.body, {
            headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
          });
        },
      }),
    ];
  }

  closeAll(): void {
    for (const close of this.#closing) close();
  }
}
