import { setTimeout } from 'node:timers/promises';
import { UserError } from '../errors.js';
import { type BatchApi, createBatchApi } from '../model/batch-api.js';
import { OPENAI_BATCH_LIMITS } from '../model/batch-split.js';
import { mostTokensOf, tokenCounterFor } from '../model/count-tokens.js';
import { readEndpoint } from '../model/openai-endpoint.js';
import { redactUrl } from '../model/redact.js';
import type { ModelSpec, OpenAiSpec } from '../model/resolve.js';
import { DEFAULT_RESEND_POLICY } from '../pace/resend.js';
import { askInBatches } from '../run/batch/ask-in-batches.js';
import type { Sleep } from '../run/batch/patient-calls.js';
import type { OwnedRun } from '../run/own-run.js';
import type { CountPrompt } from '../run/request-bound.js';
import type { NextRound } from '../run/task.js';
import type { AskedWith } from './ask-model.js';
import type { CallEnd } from './call.js';
import type { RefinementOptions } from './call-options.js';
import { saveLedger } from './conclude.js';
import type { Host } from './watch.js';

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

/** Asks the model of a call round by round in batches. A host that stops it leaves the batches to the server. */
export async function askModelInBatches(
  run: OwnedRun,
  nextRound: NextRound,
  call: AskedWith,
  { batchMaxTokens }: Pick<RefinementOptions, 'batchMaxTokens'>,
  host: Host,
): Promise<CallEnd> {
  const { spec, sending, price, prices } = call;
  requireBatches(spec);
  const { budgetUsd, budgetTokens } = run.manifest.settings;
  const endpoint = openBatchEndpoint(spec, sending.timeout * 1000);
  const watch = host.watchBatches(run);
  let failed = true;
  try {
    const budgetSpent = await askInBatches(run, nextRound, {
      ...endpoint,
      ...{ model: spec.name, price, prices, sleep },
      budget: { usd: budgetUsd, tokens: budgetTokens },
      countPrompt: await countPromptFor(run, spec, batchMaxTokens),
      limits: { ...OPENAI_BATCH_LIMITS, promptTokens: batchMaxTokens ?? null },
      resends: DEFAULT_RESEND_POLICY,
      maxWaitMs: sending.maxWait * 1000,
      stop: watch.stop,
      abort: watch.abort,
      onEvent: watch.onEvent,
    });
    failed = false;
    return { interrupted: watch.stop.aborted, budgetSpent };
  } finally {
    watch.end(failed);
    if (failed) await saveLedger(run, call.checks);
    await endpoint.api.close();
  }
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
