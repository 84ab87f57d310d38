import { setTimeout } from 'node:timers/promises';
import { UserError } from '../errors.js';
import { type BatchApi, createBatchApi } from '../model/batch-api.js';
import { OPENAI_BATCH_LIMITS } from '../model/batch-split.js';
import { mostTokensOf, tokenCounterFor } from '../model/count-tokens.js';
import { readEndpoint } from '../model/openai-endpoint.js';
import { redactUrl } from '../model/redact.js';
import type { ModelSpec, OpenAiSpec } from '../model/resolve.js';
import { DEFAULT_RESEND_POLICY } from '../pace/resend.js';
import { visible } from '../report/visible.js';
import { askInBatches } from '../run/batch/ask-in-batches.js';
import { livingBatches } from '../run/batch/batch-record.js';
import type { Sleep } from '../run/batch/patient-calls.js';
import type { OwnedRun } from '../run/own-run.js';
import type { CountPrompt } from '../run/request-bound.js';
import type { NextRound } from '../run/task.js';
import { startBatchProgress } from './batch-progress.js';
import { accountAfterFailure, budgetOf, type Call, type CallEnd } from './conduct.js';
import type { Io } from './io.js';
import type { RefineOptions } from './refine-options.js';
import { shortPath } from './short-path.js';

/** What batches are sent to, as both the engine and `burnish cancel` need it. */
export interface BatchEndpoint {
  readonly api: BatchApi;
  readonly secrets: readonly string[];
  /** As batches name it: without what is secret. */
  readonly server: string;
}

/** @throws UserError `config` for a model that is not asked through an OpenAI-compatible server */
export function requireBatches(spec: ModelSpec): asserts spec is OpenAiSpec {
  if (spec.via === 'openai') return;
  throw new UserError('config', 'Batches need an OpenAI-compatible server.', {
    where: '--batch',
    expected: 'a model of OpenAI, or one at --base-url',
    found: spec.name,
    hint: 'Leave out --batch.',
  });
}

export function openBatchEndpoint(spec: OpenAiSpec, timeoutMs: number): BatchEndpoint {
  return {
    api: createBatchApi({ ...spec, model: spec.name, timeoutMs }),
    secrets: readEndpoint(spec).secrets,
    server: redactUrl(spec.baseUrl).replace(/\/$/, ''),
  };
}

export const sleep: Sleep = (waitMs, signal) =>
  setTimeout(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());

/**
 * Asks the model round by round in batches, with progress on stderr. Ctrl-C leaves the batches to the
 * server.
 */
export async function askInBatchesWithProgress(
  run: OwnedRun,
  nextRound: NextRound,
  call: Pick<Call, 'spec' | 'price' | 'prices' | 'checks' | 'sending'>,
  { batchMaxTokens }: Pick<RefineOptions, 'batchMaxTokens'>,
  io: Io,
): Promise<CallEnd> {
  const { spec, sending, price, prices } = call;
  requireBatches(spec);
  budgetOf(run, call); // refuses a budget that cannot be kept
  const { budgetUsd, budgetTokens } = run.manifest.settings;
  const endpoint = openBatchEndpoint(spec, sending.timeout * 1000);
  const stop = new AbortController();
  const abort = new AbortController();
  const progress = startBatchProgress(io);
  const removeHandler = io.onInterrupt(() => {
    if (stop.signal.aborted) abort.abort();
    else stop.abort();
  });
  try {
    const budgetSpent = await askInBatches(run, nextRound, {
      ...endpoint,
      ...{ model: spec.name, price, prices, sleep },
      budget: { usd: budgetUsd, tokens: budgetTokens },
      countPrompt: await countPromptFor(run, spec, batchMaxTokens),
      limits: { ...OPENAI_BATCH_LIMITS, promptTokens: batchMaxTokens ?? null },
      resends: DEFAULT_RESEND_POLICY,
      maxWaitMs: sending.maxWait * 1000,
      stop: stop.signal,
      abort: abort.signal,
      onEvent: progress.onEvent,
    });
    if (stop.signal.aborted) progress.say(`Detached. ${farewell(run, io)}`);
    return { interrupted: stop.signal.aborted, budgetSpent };
  } catch (error) {
    progress.end();
    await accountAfterFailure(run, call, io);
    if (livingBatches(run.batches).length > 0) progress.say(farewell(run, io));
    throw error;
  } finally {
    progress.end();
    removeHandler();
    await endpoint.api.close();
  }
}

function farewell(run: OwnedRun, io: Io): string {
  const living = livingBatches(run.batches).length;
  if (living === 0) return 'No batch is at the server.';
  const dir = visible(shortPath(run.dir, io.cwd));
  const what = living === 1 ? 'The batch goes on' : `${living} batches go on`;
  return `${what} at the server: \`burnish refine --run ${dir} --batch\` collects, \`burnish cancel ${dir}\` cancels.`;
}

/** Counting takes time, and a tokeniser to load: it is done only where a limit depends on it. */
async function countPromptFor(
  { manifest }: OwnedRun,
  spec: ModelSpec,
  batchMaxTokens: number | undefined,
): Promise<CountPrompt> {
  const { budgetUsd, budgetTokens } = manifest.settings;
  if (budgetUsd === null && budgetTokens === null && batchMaxTokens === undefined) return mostTokensOf;
  return (await tokenCounterFor(spec)).mostInMessages;
}
