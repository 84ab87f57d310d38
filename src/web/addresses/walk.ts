import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Api } from '../api/api.js';
import { keep, kept } from '../kept/storage.js';

/** The way through the records of a filter, as it was when the first was opened: deciding changes nothing of it. */
export interface Walk {
  readonly run: string;
  /** The filter and the order, as in an address. */
  readonly query: string;
  readonly ids: readonly string[];
}

/** Where a record stands on a walk. */
export interface WalkPlace {
  /** From 1. */
  readonly place: number;
  readonly total: number;
  readonly next: readonly string[];
  readonly previous: string | undefined;
}

const KEY = 'burnish.walk';
const LOOKED_AHEAD = 2;

export function placeOn(ids: readonly string[], id: string): WalkPlace {
  const index = ids.indexOf(id);
  // A record that does not fit the filter (any more) stands before the first.
  return {
    place: index + 1,
    total: ids.length,
    next: ids.slice(index + 1, index + 1 + LOOKED_AHEAD),
    previous: ids[index - 1],
  };
}

/** Forgets the way, so that the next record that is opened begins a new one. */
export function forgetWalk(): void {
  keep(sessionStorage, KEY, null);
}

/** The way through the records of a filter; undefined until it is known. A reload of the page keeps it. */
export function useWalk(api: Api, run: string, query: string): readonly string[] | undefined {
  const before = useMemo(() => readWalk(run, query), [run, query]);
  const [walk, setWalk] = useState<Walk>();
  useEffect(() => {
    if (before !== undefined) return undefined;
    let current = true;
    api.recordIds(run, query).then(
      ({ ids }) => {
        if (!current) return;
        const found = { run, query, ids };
        keep(sessionStorage, KEY, JSON.stringify(found));
        setWalk(found);
      },
      () => {
        // Without a way there is only this record; loading that tells what is wrong.
      },
    );
    return () => {
      current = false;
    };
  }, [api, run, query, before]);
  const found = before ?? walk;
  return found?.run === run && found.query === query ? found.ids : undefined;
}

function readWalk(run: string, query: string): Walk | undefined {
  try {
    const walk: Walk | null = JSON.parse(kept(sessionStorage, KEY) ?? 'null');
    return walk?.run === run && walk.query === query ? walk : undefined;
  } catch {
    return undefined;
  }
}
