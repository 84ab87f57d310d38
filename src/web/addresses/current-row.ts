import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordRow } from '../../report/record-data.js';
import { keep, kept } from '../kept/storage.js';

/** The row of a list that keys act on. */
export interface CurrentRow {
  readonly id: string | null;
  /** Called when a row gets the focus. */
  choose(id: string): void;
  /** Focuses another row, so many below; the first when there was none. */
  move(step: number): void;
}

const KEY = 'burnish.row';

/** The row focused last, also after a record was looked at. */
export function useCurrentRow(rows: readonly RecordRow[] | undefined): CurrentRow {
  const [id, setId] = useState(() => kept(sessionStorage, KEY));
  const restored = useRef(false);
  // Where it was, for a row can leave the list.
  const place = useRef(-1);
  useEffect(() => {
    if (rows === undefined) return;
    const found = rows.findIndex((row) => row.id === id);
    if (found >= 0) place.current = found;
    if (!restored.current && id !== null) focusRow(id);
    restored.current = true;
  }, [rows, id]);
  return {
    id,
    choose(chosen) {
      rememberRow(chosen);
      setId(chosen);
    },
    move(step) {
      if (rows === undefined || rows.length === 0) return;
      const found = rows.findIndex((row) => row.id === id);
      const from = found >= 0 ? found : place.current - Math.max(0, step);
      const next = rows[Math.min(rows.length - 1, Math.max(0, from + step))];
      if (next !== undefined) focusRow(next.id);
    },
  };
}

/** Has the list begin at this row when it is shown next. */
export function rememberRow(id: string): void {
  keep(sessionStorage, KEY, id);
}

/** Focuses a row by the link in it, if it is there. */
export function focusRow(id: string): void {
  const links = document.querySelectorAll<HTMLElement>('[data-record]');
  const link = [...links].find(({ dataset }) => dataset.record === id);
  link?.scrollIntoView({ block: 'nearest' });
  link?.focus({ preventScroll: true });
}
