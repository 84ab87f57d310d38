import type { EventHub, Events } from './event-hub.js';

/** How often a stream without events shows that it is alive: proxies cut connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** Bytes that wait for a client; one that lets more wait is not reading. */
const MOST_WAITING = 256 * 1024;

const HEARTBEAT = new TextEncoder().encode(': alive\n\n');

/** How a stream ended: by the server, by the client, or because the client does not read. */
export type StreamEnd = 'closed' | 'cancelled' | 'cut off';

/**
 * The events of a run as the body of an answer. A client that does not read is cut off: it may come back with the id of
 * what it has seen.
 *
 * @param state how the run stands now
 * @param ended called once; a client that is cut off reads no end of the body either, so that its connection is to be cut
 */
export function openEventStream(
  hub: EventHub,
  lastId: string | undefined,
  state: Events['state'],
  ended: (how: StreamEnd) => void,
): { readonly body: ReadableStream<Uint8Array>; close(): void } {
  let end = (_how: StreamEnd): void => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        let stopListening: (() => void) | null = null;
        let isOpen = true;
        end = (how) => {
          if (!isOpen) return;
          isOpen = false;
          clearInterval(heartbeat);
          stopListening?.();
          if (how !== 'cancelled') controller.close();
          ended(how);
        };
        const write = (frame: Uint8Array): void => {
          if (!isOpen) return;
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(frame);
          else end('cut off');
        };
        const heartbeat = setInterval(() => write(HEARTBEAT), HEARTBEAT_MS);
        write(HEARTBEAT);
        stopListening = hub.listen(write, lastId, state);
        if (!isOpen) stopListening();
      },
      cancel: () => end('cancelled'),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
  return { body, close: () => end('closed') };
}
