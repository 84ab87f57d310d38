import { type BatchRecord, livingBatches } from '../run/batch/batch-record.js';
import type { RunRecord } from '../run/read-run.js';
import { formatCount, formatNumberOf } from './figures.js';
import { visible } from './visible.js';

/** The batches of a run, a line each, as they were last seen. */
export function batchLines({ batches }: Pick<RunRecord, 'batches'>): string[] {
  return batches.map((record) => {
    const { intent, serverId, seen } = record;
    const name = visible(serverId ?? intent.batch);
    const counts =
      seen === null || seen.total === 0
        ? ''
        : `; ${formatCount(seen.completed)} of ${formatCount(seen.total)} done, ${formatCount(seen.failed)} failed`;
    const at = (record.end ?? seen ?? intent).at.slice(0, 16).replace('T', ' ');
    return `  ${name}: ${formatNumberOf(intent.requests.length, 'request')}, ${standingOf(record)}${counts}; ${at} UTC`;
  });
}

/** The same as data. */
export function batchData({ batches }: Pick<RunRecord, 'batches'>): object[] {
  return batches.map((record) => {
    const { intent, serverId, seen, end, cancelRequested } = record;
    return {
      batch: intent.batch,
      serverId,
      server: intent.server,
      requests: intent.requests.length,
      createdAt: intent.at,
      status: seen?.status ?? null,
      counts: seen === null ? null : { total: seen.total, completed: seen.completed, failed: seen.failed },
      seenAt: seen?.at ?? null,
      cancelRequested,
      end: end?.kind ?? null,
      endedAt: end?.at ?? null,
    };
  });
}

/** What to do about batches that live, in a line; empty when none does. */
export function batchesLine({ batches }: Pick<RunRecord, 'batches'>, dir: string): string[] {
  const living = livingBatches(batches);
  if (living.length === 0) return [];
  const requests = living.reduce((sum, { intent }) => sum + intent.requests.length, 0);
  const waiting = living.length === 1 ? '1 batch waits' : `${formatCount(living.length)} batches wait`;
  const name = visible(dir);
  return [
    `batches:      ${waiting} at the server, ${formatNumberOf(requests, 'request')}; \`burnish refine --run ${name} --batch\` collects, \`burnish cancel ${name}\` cancels`,
  ];
}

function standingOf({ serverId, inputFileId, seen, cancelRequested, end }: BatchRecord): string {
  if (end !== null) return end.kind === 'collected' ? 'collected' : `${end.kind}: ${visible(end.reason)}`;
  if (serverId === null) return inputFileId === null ? 'was being uploaded' : 'was being created';
  return visible(`${seen?.status ?? 'sent'}${cancelRequested ? ', to be cancelled' : ''}`);
}
