import { randomUUID } from 'node:crypto';
import { type Batch, isOver } from '../../model/batch.js';
import { ModelError } from '../../model/model-error.js';
import { refusal } from '../stop-errors.js';
import { type BatchContext, type BatchServerContext, noteBatch } from './batch-context.js';
import { BATCH_ENTRY_VERSION, type BatchIntent } from './batch-entry.js';
import type { BatchRecord } from './batch-record.js';
import { type BatchKind, type BatchModel, lineOf, type QueuedRequest } from './request-line.js';

/** Waits before the looks at a list that may follow late, in milliseconds. */
const LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000];

/**
 * Sends requests as one batch: the intent is on the disk before anything is sent, and the order to create the batch is
 * repeated only when the server's list shows that it was not carried out.
 */
export async function placeBatch(
  context: BatchContext,
  requests: readonly QueuedRequest[],
  order: BatchModel & BatchKind & Pick<BatchIntent, 'session'>,
): Promise<void> {
  const { run, api, calls, server, stop, onEvent } = context;
  const id = randomUUID().replaceAll('-', '');
  await run.noteBatch({
    v: BATCH_ENTRY_VERSION,
    kind: 'intent',
    batch: id,
    at: new Date().toISOString(),
    server,
    ...order,
    requests: requests.map(({ request }) => request),
  });
  let inputFileId: string;
  try {
    const lines = {
      *[Symbol.iterator]() {
        for (const request of requests) yield lineOf(request, order);
      },
    };
    inputFileId = await calls.call((signal) => api.upload(lines, `burnish-${id}.jsonl`, signal), stop);
    stop.throwIfAborted();
  } catch (error) {
    await noteBatch(run, { kind: 'abandoned', batch: id, reason: 'its requests could not be uploaded' });
    throw error instanceof ModelError ? refusal(error, { name: order.model }) : error;
  }
  await noteBatch(run, { kind: 'uploaded', batch: id, inputFileId });
  await createBatch(context, recordOf(context, id), inputFileId);
  onEvent({ type: 'placed', record: recordOf(context, id) });
}

async function createBatch(
  context: BatchServerContext,
  record: BatchRecord,
  inputFileId: string,
): Promise<void> {
  const { run, api, calls, abort, model } = context;
  const intent = record.intent.batch;
  let isUnsure = false;
  try {
    const created = await calls.call(async (signal) => {
      try {
        return await api.create({ inputFileId, intent }, signal);
      } catch (error) {
        if (!(error instanceof ModelError) || hasNotStarted(error)) throw error;
        isUnsure = true;
        const found = await lookFor(context, record, abort);
        if (found !== null) return found;
        throw error;
      }
    }, abort);
    await noteBatch(run, { kind: 'created', batch: intent, serverId: created.id });
    if (isUnsure) await cancelTwins(context, record, created.id);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // Where an earlier order may yet show up, the next call looks again.
    if (!isUnsure) await noteBatch(run, { kind: 'abandoned', batch: intent, reason: error.message });
    throw refusal(error, { name: model });
  }
}

/**
 * Finds out what became of a batch that nobody has seen since its intent was written. It is taken up, or abandoned when
 * it was never created.
 */
export async function settleIntent(context: BatchServerContext, record: BatchRecord): Promise<void> {
  const { run, onEvent, stop, model } = context;
  const { batch } = record.intent;
  let found: Batch | null = null;
  try {
    found = record.inputFileId === null ? null : await lookFor(context, record, stop);
  } catch (error) {
    throw error instanceof ModelError ? refusal(error, { name: model }) : error;
  }
  if (found === null) {
    await noteBatch(run, { kind: 'abandoned', batch, reason: 'the server never got it' });
    return;
  }
  await noteBatch(run, { kind: 'created', batch, serverId: found.id });
  onEvent({
    type: 'note',
    text: `Found batch ${found.id}, whose creation was cut off: it is not sent again.`,
  });
}

/**
 * Looks through the server's list, several times, since lists follow late.
 *
 * @returns the batch of this intent that is nearest to its end, the others cancelled; null when there is none
 */
async function lookFor(
  { api, calls, sleep, onEvent }: BatchServerContext,
  { intent }: BatchRecord,
  stop: AbortSignal,
): Promise<Batch | null> {
  for (const waitMs of LOOKS_AFTER_MS) {
    if (waitMs > 0) await sleep(waitMs, stop);
    const found = await calls.call((signal) => api.find(intent.batch, Date.parse(intent.at), signal), stop);
    const [best, ...twins] = found.toSorted((a, b) => progressOf(b) - progressOf(a));
    if (best === undefined) continue;
    for (const twin of twins) await cancelTwin({ api, onEvent }, twin, stop);
    return best;
  }
  return null;
}

/** After an order that seemed lost and was repeated: cancels what came of the first one all the same. */
async function cancelTwins(
  { api, calls, abort, onEvent }: BatchServerContext,
  { intent }: BatchRecord,
  kept: string,
): Promise<void> {
  const found = await calls.call((signal) => api.find(intent.batch, Date.parse(intent.at), signal), abort);
  for (const twin of found) if (twin.id !== kept) await cancelTwin({ api, onEvent }, twin, abort);
}

async function cancelTwin(
  { api, onEvent }: Pick<BatchServerContext, 'api' | 'onEvent'>,
  twin: Batch,
  signal: AbortSignal,
): Promise<void> {
  if (isOver(twin.status) || twin.status === 'cancelling') return;
  try {
    await api.cancel(twin.id, signal);
    onEvent({ type: 'note', text: `Cancelled batch ${twin.id}, which the server had created twice.` });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    onEvent({
      type: 'note',
      text: `Batch ${twin.id} was created twice and could not be cancelled: ${error.message}`,
    });
  }
}

/** Whether a fault means that nothing was created: the server refused, or never got the order. */
function hasNotStarted({ facts }: ModelError): boolean {
  const { code, status } = facts;
  return code === 'unreachable' || (status !== undefined && status >= 400 && status < 500 && status !== 408);
}

/** How far a batch is; of equals, a list that begins with the newest should not matter, so the older is taken. */
function progressOf({ status, counts, createdAtMs }: Batch): number {
  const stages = [
    'failed',
    'cancelled',
    'cancelling',
    'expired',
    'validating',
    'in_progress',
    'finalizing',
    'completed',
  ];
  return stages.indexOf(status) * 1e6 + counts.completed - (createdAtMs ?? 0) / 1e13;
}

function recordOf({ run }: BatchServerContext, id: string): BatchRecord {
  const record = run.batches.find(({ intent }) => intent.batch === id);
  if (record === undefined) throw new Error(`Batch ${id} is not in the run.`);
  return record;
}
