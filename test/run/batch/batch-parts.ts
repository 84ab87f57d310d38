import type { BatchEntry, BatchIntent, BatchRequest } from '../../../src/run/batch/batch-entry.js';
import { type BatchRecord, foldBatches } from '../../../src/run/batch/batch-record.js';
import { PROMPT } from '../../support/run-parts.js';

const AT = '2025-01-02T03:04:05.000Z';

export function requestOf(parts: Partial<BatchRequest> = {}): BatchRequest {
  return { example: '0', attempt: 1, resend: 0, promptTokens: 100, completionTokens: 64, usd: 0.5, ...parts };
}

export function intentOf(parts: Partial<BatchIntent> = {}): BatchIntent {
  return {
    ...{ v: 1, kind: 'intent', batch: 'b1', at: AT, session: 's1', server: 'http://x/v1', purpose: 'first' },
    ...{ prompt: PROMPT.hash, model: 'small-model', temperature: 0.5, maxTokens: 64, omitted: [] },
    requests: [requestOf()],
    ...parts,
  };
}

type Kind = Exclude<BatchEntry['kind'], 'intent'>;

/** An event of batch `b1`. */
export function entryOf<K extends Kind>(
  kind: K,
  parts: Partial<Extract<BatchEntry, { kind: K }>> = {},
): BatchEntry {
  const rest: Record<Kind, object> = {
    uploaded: { inputFileId: 'file-1' },
    created: { serverId: 'batch_1' },
    seen: { status: 'in_progress', total: 1, completed: 0, failed: 0 },
    cancelling: {},
    collected: { refused: [] },
    abandoned: { reason: 'because' },
    lost: { reason: 'because' },
  };
  return { v: 1, kind, batch: 'b1', at: AT, ...rest[kind], ...parts } as BatchEntry;
}

export function recordOf(...entries: readonly BatchEntry[]): BatchRecord {
  const [record] = foldBatches(entries, 'batches.jsonl');
  if (record === undefined) throw new Error('no batch');
  return record;
}
