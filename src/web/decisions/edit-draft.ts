import { keep, kept } from '../kept/storage.js';
import { decisionKey } from './decision-queue.js';

const PREFIX = 'burnish.draft:';

/** What somebody typed for a record and did not save; null for nothing. */
export function readDraft(storage: Storage, run: string, id: string): string | null {
  return kept(storage, PREFIX + decisionKey(run, id));
}

/** Keeps what is typed (null: nothing any more), so that a reload loses none of it. */
export function keepDraft(storage: Storage, run: string, id: string, text: string | null): void {
  keep(storage, PREFIX + decisionKey(run, id), text);
}
