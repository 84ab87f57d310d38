import { type Batch, isOver } from '../../model/batch.js';
import type { BatchApi } from '../../model/batch-api.js';
import { ModelError } from '../../model/model-error.js';
import { type BatchServerContext, noteBatch } from './batch-context.js';
import { type BatchRecord, livingBatches } from './batch-record.js';
import { otherServer, refusedCall } from './batch-stops.js';
import { settleIntent } from './placement.js';

/** What became of one living batch. */
export interface Cancelled {
  readonly record: BatchRecord;
  /**
   * `cancelling`: the server ends it; `over`: it had ended before; `never created`; `given up`: the server does not have
   * it, or was not asked.
   */
  readonly result: 'cancelling' | 'over' | 'never created' | 'given up';
  /** As the server described it; null when it did not. */
  readonly batch: Batch | null;
}

/**
 * Cancels the living batches of a run at the server. What they completed is left there, to be collected.
 *
 * @param forget gives up those that the server does not have, or that wait at another server
 * @throws UserError `config` for batches at another server, `model_refused`; EnvironmentError `outage`, `rate_limit`
 */
export async function cancelBatches(context: BatchServerContext, forget: boolean): Promise<Cancelled[]> {
  const { run, server } = context;
  const living = livingBatches(run.batches);
  const isHere = (record: BatchRecord): boolean => record.intent.server === server;
  const elsewhere = living.find((record) => !isHere(record));
  if (elsewhere !== undefined && !forget) throw otherServer(elsewhere, server);
  const results: Cancelled[] = [];
  for (const record of living) {
    results.push(isHere(record) ? await cancelOne(context, record, forget) : await giveUp(context, record));
  }
  return results;
}

async function cancelOne(
  context: BatchServerContext,
  record: BatchRecord,
  forget: boolean,
): Promise<Cancelled> {
  const { run, api, calls, stop, model } = context;
  const id = record.intent.batch;
  if (record.serverId === null) await settleIntent(context, record);
  const settled = run.batches.find(({ intent }) => intent.batch === id) ?? record;
  const { serverId } = settled;
  if (serverId === null) return { record: settled, result: 'never created', batch: null };
  try {
    const batch = await calls.call((signal) => cancelAt(api, serverId, signal), stop);
    if (isOver(batch.status)) return { record: settled, result: 'over', batch };
    await noteBatch(run, { kind: 'cancelling', batch: id });
    return { record: settled, result: 'cancelling', batch };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (forget && error.facts.code === 'not_found') return giveUp(context, settled);
    throw refusedCall(error, model, settled);
  }
}

/** Looks first: servers refuse to cancel what is over, each in its own way. */
async function cancelAt(api: BatchApi, id: string, signal: AbortSignal): Promise<Batch> {
  const batch = await api.retrieve(id, signal);
  if (isOver(batch.status) || batch.status === 'cancelling') return batch;
  return api.cancel(id, signal);
}

async function giveUp({ run }: BatchServerContext, record: BatchRecord): Promise<Cancelled> {
  await noteBatch(run, { kind: 'lost', batch: record.intent.batch, reason: 'given up by the user' });
  return { record, result: 'given up', batch: null };
}
