import { keep, kept } from '../kept/storage.js';

/** A record on which somebody decided in this window. */
export interface MadeDecision {
  readonly run: string;
  readonly id: string;
}

/** What was decided in this window, so that the latest can be undone wherever it was. */
export interface MadeDecisions {
  add(made: MadeDecision): void;
  /** The latest of a run that is not undone. */
  latest(run: string): MadeDecision | undefined;
  /** Forgets the latest on this record: it is undone. */
  takeBack(made: MadeDecision): void;
}

const KEY = 'burnish.made';
const MOST_KEPT = 1000;

/** @param storage where they are kept for as long as the window is open */
export function createMadeDecisions(storage: Storage): MadeDecisions {
  let made: readonly MadeDecision[] = read(kept(storage, KEY));
  const change = (next: readonly MadeDecision[]) => {
    made = next.slice(-MOST_KEPT);
    keep(storage, KEY, JSON.stringify(made));
  };
  return {
    add: (decision) => change([...made, decision]),
    latest: (run) => made.findLast((decision) => decision.run === run),
    takeBack({ run, id }) {
      const place = made.findLastIndex((decision) => decision.run === run && decision.id === id);
      if (place >= 0) change(made.toSpliced(place, 1));
    },
  };
}

function read(text: string | null): MadeDecision[] {
  try {
    const made: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(made) ? made : [];
  } catch {
    return [];
  }
}
