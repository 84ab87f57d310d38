import type { Batch } from '../../model/batch.js';
import type { BatchApi } from '../../model/batch-api.js';
import type { BatchLimits } from '../../model/batch-split.js';
import type { ModelError } from '../../model/model-error.js';
import type { KnownPrice } from '../../model/prices.js';
import type { BudgetLimits } from '../../pace/budget.js';
import type { ResendPolicy } from '../../pace/resend.js';
import type { Attempt } from '../attempt.js';
import type { PricedModel } from '../commitment.js';
import type { OwnedRun } from '../own-run.js';
import type { CountPrompt } from '../request-bound.js';
import type { BatchEntry } from './batch-entry.js';
import type { BatchRecord } from './batch-record.js';
import type { OddLines } from './collection.js';
import type { PatientCalls, Sleep } from './patient-calls.js';

/** What happens while batches are sent and collected. */
export type BatchEvent =
  | { readonly type: 'placed'; readonly record: BatchRecord }
  /** As the server described it just now. */
  | { readonly type: 'seen'; readonly record: BatchRecord; readonly batch: Batch }
  /** An attempt is on the disk, safe. */
  | { readonly type: 'saved'; readonly attempt: Attempt }
  | { readonly type: 'collected'; readonly record: BatchRecord; readonly odd: OddLines }
  /** A call is repeated after so long. */
  | { readonly type: 'waiting'; readonly waitMs: number; readonly fault: ModelError }
  /** Something a person should know, in a sentence. */
  | { readonly type: 'note'; readonly text: string };

export interface BatchOptions {
  readonly api: BatchApi;
  /** Keys and the like, to be removed from the server's words. */
  readonly secrets: readonly string[];
  /** The server, as batches name it. */
  readonly server: string;
  readonly model: string;
  /** Of single requests: that of batches is derived from it. null when unknown. */
  readonly price: KnownPrice | null;
  /** Of single requests, of all models that the run asked when nobody knew what they cost. */
  readonly prices: readonly PricedModel[];
  readonly budget: BudgetLimits;
  readonly countPrompt: CountPrompt;
  /** Of one batch; `promptTokens` of all batches that wait at the server at once. */
  readonly limits: BatchLimits;
  /** How calls about batches, none of which concerns a single example, are repeated. */
  readonly resends: ResendPolicy;
  /** Longest time, in milliseconds, in which a server may turn a call away by a rate limit. */
  readonly maxWaitMs: number;
  readonly sleep: Sleep;
  /** Aborted: nothing more is begun; the batches go on at the server. */
  readonly stop: AbortSignal;
  /** Aborted: not even the answer to an order under way is waited for. */
  readonly abort: AbortSignal;
  readonly onEvent: (event: BatchEvent) => void;
}

/** What it takes to see to the batches that a run has at a server. */
export interface BatchServerContext
  extends Pick<BatchOptions, 'api' | 'server' | 'model' | 'sleep' | 'stop' | 'abort' | 'onEvent'> {
  readonly run: Pick<OwnedRun, 'batches' | 'noteBatch'>;
  readonly calls: PatientCalls;
}

/** What the parts of the engine share. */
export interface BatchContext extends BatchServerContext, BatchOptions {
  readonly run: OwnedRun;
}

type Happening = BatchEntry extends infer Entry
  ? Entry extends BatchEntry
    ? Omit<Entry, 'v' | 'at'>
    : never
  : never;

/** Writes down what has become of a batch, and waits until that is safe. */
export async function noteBatch(run: Pick<OwnedRun, 'noteBatch'>, happening: Happening): Promise<void> {
  await run.noteBatch({ v: 1, at: new Date().toISOString(), ...happening });
}

/** How old the counts of a batch may be on the disk while they change, in milliseconds. */
const COUNTS_AGE_MS = 60_000;

/** Writes down how the server describes a batch, when that has changed. */
export async function noteSeen(
  run: Pick<OwnedRun, 'noteBatch'>,
  { intent, seen }: BatchRecord,
  batch: Batch,
): Promise<void> {
  const { status, counts } = batch;
  const { total, completed, failed } = counts;
  const isSame = seen?.total === total && seen.completed === completed && seen.failed === failed;
  const isFresh = seen !== null && Date.now() - Date.parse(seen.at) < COUNTS_AGE_MS;
  if (seen?.status === status && (isSame || isFresh)) return;
  await noteBatch(run, { kind: 'seen', batch: intent.batch, status, total, completed, failed });
}
