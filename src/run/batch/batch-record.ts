import { EnvironmentError } from '../../errors.js';
import type { OptionalParameter } from '../../model/chat-model.js';
import type { BatchEntry, BatchIntent } from './batch-entry.js';

type Entry<Kind extends BatchEntry['kind']> = Extract<BatchEntry, { kind: Kind }>;

/** A batch as its lines in `batches.jsonl` leave it. */
export interface BatchRecord {
  readonly intent: BatchIntent;
  /** null as long as its input file was not uploaded, and so the batch not created. */
  readonly inputFileId: string | null;
  /** null as long as nobody knows whether the server has it. */
  readonly serverId: string | null;
  /** How the server described it last; null when it never did. */
  readonly seen: Entry<'seen'> | null;
  readonly cancelRequested: boolean;
  /** What ended it for this run; null while it lives. */
  readonly end: Entry<'collected' | 'abandoned' | 'lost'> | null;
}

/** Whether the requests of a batch may still be, or come to be, worked on or collected. */
function isLiving({ end }: BatchRecord): boolean {
  return end === null;
}

export function livingBatches(batches: readonly BatchRecord[]): BatchRecord[] {
  return batches.filter(isLiving);
}

/** The ids of the examples that living batches ask about: nobody else may ask about them meanwhile. */
export function examplesInBatches(batches: readonly BatchRecord[]): Set<string> {
  return new Set(
    livingBatches(batches).flatMap(({ intent }) => intent.requests.map(({ example }) => example)),
  );
}

/** Parameters that batches turned out to be refused for, in the form in which attempts tell of omitted ones. */
export function refusedParametersOf(
  batches: readonly BatchRecord[],
): { model: string; omitted: OptionalParameter[] }[] {
  return batches.flatMap(({ intent, end }) =>
    end?.kind === 'collected' ? [{ model: intent.model, omitted: end.refused }] : [],
  );
}

/**
 * Puts the lines of `batches.jsonl` together.
 *
 * @param path of the file, for messages
 * @throws EnvironmentError `run_damaged` for a line that does not follow from those before it
 */
export function foldBatches(entries: readonly BatchEntry[], path: string): BatchRecord[] {
  const records: BatchRecord[] = [];
  const places = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const place = places.get(entry.batch);
    const record = place === undefined ? undefined : records[place];
    const next = applyEntry(record, entry);
    if (next === null) {
      throw new EnvironmentError('run_damaged', 'The batches do not fit together; nothing was changed.', {
        where: `${path}, line ${index + 1}`,
        found: `"${entry.kind}" of batch ${entry.batch} ${record === undefined ? 'without its intent' : 'out of turn'}`,
        hint: 'Restore the file from a copy.',
      });
    }
    if (place === undefined) {
      places.set(entry.batch, records.length);
      records.push(next);
    } else records[place] = next;
  }
  return records;
}

/**
 * A batch after one more event.
 *
 * @returns null when the event cannot follow
 */
export function applyEntry(record: BatchRecord | undefined, entry: BatchEntry): BatchRecord | null {
  if (entry.kind === 'intent') {
    if (record !== undefined) return null;
    return {
      intent: entry,
      inputFileId: null,
      serverId: null,
      seen: null,
      cancelRequested: false,
      end: null,
    };
  }
  if (record === undefined || record.end !== null) return null;
  switch (entry.kind) {
    case 'uploaded':
      return { ...record, inputFileId: entry.inputFileId };
    case 'created':
      return { ...record, serverId: entry.serverId };
    case 'seen':
      return { ...record, seen: entry };
    case 'cancelling':
      return { ...record, cancelRequested: true };
    default:
      return { ...record, end: entry };
  }
}
