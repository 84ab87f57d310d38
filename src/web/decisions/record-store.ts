import { useEffect, useState } from 'preact/hooks';
import type { RecordDetail } from '../../report/record-data.js';

/** What is known of a record now. */
export interface KnownRecord {
  readonly detail?: RecordDetail;
  readonly error?: unknown;
  /** Whether the server may have something newer, or nothing is known yet. */
  readonly stale: boolean;
}

/** Records of a run, loaded once and kept for a while, so that going back and on is instant. */
export interface RecordStore {
  known(id: string): KnownRecord;
  /** Loads a record unless it is known or on its way. */
  ensure(id: string): void;
  /** Has the record as the server told it just now. */
  put(detail: RecordDetail): void;
  /** Says that the server has something newer of these; all when left out. What is known stays until that is loaded. */
  outdate(ids?: readonly string[]): void;
  /** Forgets an error, so that the record can be loaded again. */
  retry(id: string): void;
  subscribe(listener: () => void): () => void;
}

const MOST_KEPT = 50;
const UNKNOWN: KnownRecord = { stale: true };

export function createRecordStore(load: (id: string) => Promise<RecordDetail>): RecordStore {
  const records = new Map<string, KnownRecord>();
  const loading = new Map<string, symbol>();
  const listeners = new Set<() => void>();

  function change(id: string, record: KnownRecord): void {
    records.delete(id);
    records.set(id, record);
    const [oldest] = records.keys();
    if (records.size > MOST_KEPT && oldest !== undefined) records.delete(oldest);
    for (const listener of [...listeners]) listener();
  }

  function ensure(id: string): void {
    const { stale, error } = records.get(id) ?? UNKNOWN;
    if (!stale || error !== undefined || loading.has(id)) return;
    const turn = Symbol(id);
    loading.set(id, turn);
    const end = (record: KnownRecord) => {
      // What was put or outdated since then counts more than this answer.
      if (loading.get(id) !== turn) return;
      loading.delete(id);
      change(id, record);
    };
    load(id).then(
      (detail) => end({ detail, stale: false }),
      (error: unknown) => end({ ...records.get(id), error, stale: true }),
    );
  }

  return {
    known: (id) => records.get(id) ?? UNKNOWN,
    ensure,
    put(detail) {
      loading.delete(detail.row.id);
      change(detail.row.id, { detail, stale: false });
    },
    outdate(ids = [...records.keys()]) {
      for (const id of ids) {
        loading.delete(id);
        const record = records.get(id);
        if (record !== undefined) records.set(id, { ...record, stale: true });
      }
      for (const listener of [...listeners]) listener();
    },
    retry(id) {
      const { detail } = records.get(id) ?? UNKNOWN;
      change(id, { ...(detail && { detail }), stale: true });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A record as it is known, loaded when it is not, and anew when it is outdated. */
export function useRecord(store: RecordStore, id: string): KnownRecord {
  const [, redraw] = useState(0);
  useEffect(() => store.subscribe(() => redraw((turn) => turn + 1)), [store]);
  const record = store.known(id);
  useEffect(() => {
    if (record.stale && record.error === undefined) store.ensure(id);
  });
  return record;
}
