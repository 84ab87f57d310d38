import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunEvents } from './api-types.js';

export type EventHandlers = { readonly [Name in keyof RunEvents]?: (data: RunEvents[Name]) => void };
type EventName = keyof RunEvents;

const EVENT_NAMES: readonly EventName[] = ['progress', 'state', 'records', 'reset'];
const REOPEN_AFTER_MS = 5000;

/**
 * Listens to the events of a run while the component is shown. The browser itself reconnects after a broken
 * connection, and says what it has seen last; after an answer that is no stream it gives up, and a new stream is
 * opened after a while, which begins with a `reset`, for nobody knows what was missed.
 *
 * @param href where the events come from; undefined for none
 * @returns whether the stream is open
 */
export function useEvents(href: string | undefined, handlers: EventHandlers): boolean {
  const [open, setOpen] = useState(false);
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (href === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource;
    const connect = (again: boolean) => {
      source = new EventSource(href);
      source.onopen = () => {
        setOpen(true);
        if (again) latest.current.reset?.({});
        again = false;
      };
      source.onerror = () => {
        setOpen(false);
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, REOPEN_AFTER_MS, true);
      };
      for (const name of EVENT_NAMES) {
        source.addEventListener(name, (event: MessageEvent<string>) => deliver(latest.current, name, event));
      }
    };
    connect(false);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [href]);
  return open;
}

function deliver<Name extends EventName>(handlers: EventHandlers, name: Name, event: MessageEvent<string>) {
  const data: RunEvents[Name] = JSON.parse(event.data);
  handlers[name]?.(data);
}
