import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.js';
import type { Progress, RunSummary } from './api-types.js';
import { useEvents } from './event-stream.js';

/** What the server tells of a run while it is looked at. */
export interface LiveRun {
  /** null until it is told. */
  readonly state: RunSummary['state'] | null;
  readonly progress: Progress | null;
  /** Whether changes are told at all at the moment. */
  readonly connected: boolean;
}

/** Milliseconds between two reloads of what is shown, while records change all the time. */
const RELOAD_EVERY_MS = 1500;

/** Follows a run: records that changed are known to be outdated, and `onChange` is called, soon but not too often. */
export function useRunEvents(run: string, onChange?: () => void): LiveRun {
  const { api, records } = useApp();
  const [state, setState] = useState<RunSummary['state'] | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const known = useRef<RunSummary['state'] | null>(null);
  const changed = useThrottled(onChange, RELOAD_EVERY_MS);
  const connected = useEvents(api.eventsHref(run), {
    progress: setProgress,
    state: (summary) => {
      setState(summary.state);
      setProgress(summary.progress);
      // The first only says how things are.
      if (known.current !== null && known.current !== summary.state) changed();
      known.current = summary.state;
    },
    records: ({ ids }) => {
      records(run).outdate(ids);
      changed();
    },
    reset: () => {
      records(run).outdate();
      changed();
    },
  });
  return { state, progress, connected };
}

/** Calls soon, but not more often than every so many milliseconds, and not after the component is gone. */
function useThrottled(call: (() => void) | undefined, everyMs: number): () => void {
  const latest = useRef(call);
  latest.current = call;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const wait = Math.max(100, last.current + everyMs - performance.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = performance.now();
      latest.current?.();
    }, wait);
  }, [everyMs]);
}
