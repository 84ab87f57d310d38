import type { Batch } from '../../model/batch.js';
import type { BatchApi } from '../../model/batch-api.js';
import { ModelError } from '../../model/model-error.js';
import { batchPrice } from '../../model/prices.js';
import { ATTEMPT_VERSION, type Attempt } from '../attempt.js';
import { describeOutcome } from '../attempt-outcome.js';
import type { RefusedParameters } from '../refused-parameters.js';
import type { RequestBound } from '../request-bound.js';
import { type BatchContext, noteBatch } from './batch-context.js';
import type { BatchRecord } from './batch-record.js';
import { type OddLines, type Result, readResults } from './collection.js';
import { customIdOf } from './custom-id.js';

/** What the collector learns from answers, for requests to come. */
export interface Lessons {
  readonly refused: RefusedParameters;
  readonly bound: RequestBound;
  /** Prompt tokens of the requests that this call has sent, by our count and by `custom_id`. */
  readonly counted: ReadonlyMap<string, number>;
}

/** What a batch brought. */
export interface Collected {
  /** Also those that were saved by an earlier call, which was cut off. */
  readonly attempts: readonly Attempt[];
  /** A fault for which nothing more should be sent; null when there is none. */
  readonly refusal: ModelError | null;
  /** The last passing fault; null when there is none. */
  readonly fault: ModelError | null;
}

/**
 * How often a request may be sent again after a passing fault; fewer times than by itself, as each may take a day, and
 * fewer still when the answer was paid for and cannot be used.
 */
const RESENDS = 5;
const DEAR_RESENDS = 3;

/** Saves an attempt for every request of a batch that is over. What was saved before is not saved again. */
export async function collectBatch(
  context: BatchContext,
  record: BatchRecord,
  batch: Batch,
  lessons: Lessons,
): Promise<Collected> {
  const { run, api, calls, stop, model, secrets, onEvent } = context;
  const { intent } = record;
  const attempts = new Map(
    run.attempts
      .filter((attempt) => attempt.batch === intent.batch)
      .map((attempt) => [customIdOf(attempt), attempt]),
  );
  const answeredBefore = run.attempts.some(
    (attempt) => attempt.model === intent.model && attempt.reply !== null,
  );
  const refusedParameters = new Set<'temperature' | 'max_tokens'>();
  const saving: Promise<void>[] = [];
  let refusal: ModelError | null = null;
  let fault: ModelError | null = null;

  const take = async ({ request, answer }: Result): Promise<void> => {
    const judged = answer instanceof ModelError ? lessons.refused.note(answer, intent.omitted) : answer;
    if (judged instanceof ModelError) {
      const { kind, parameter } = judged.facts;
      if (kind === 'run') refusal = judged;
      if (kind === 'transport') fault = judged;
      if (kind === 'capability' && parameter !== undefined) refusedParameters.add(parameter);
    }
    const customId = customIdOf(request);
    if (attempts.has(customId)) return;
    await run.room();
    learn(lessons, intent.maxTokens, { request, answer });
    const attempt = attemptFor(context, record, { request, answer: judged });
    attempts.set(customId, attempt);
    const saved = run.append(attempt).then(() => onEvent({ type: 'saved', attempt }));
    saved.catch(() => {}); // awaited below, unless something else fails first
    saving.push(saved);
  };

  const odd = await calls.call(async (signal) => {
    const found: OddLines = { duplicated: 0, foreign: 0, unreadable: 0, missing: 0 };
    const lines = linesOf(api, batch, signal);
    const results = readResults(record, batch, lines, { model, secrets }, answeredBefore, found);
    for await (const result of results) await take(result);
    return found;
  }, stop);
  await Promise.all(saving);
  await noteBatch(run, { kind: 'collected', batch: intent.batch, refused: [...refusedParameters] });
  onEvent({ type: 'collected', record, odd });
  return { attempts: [...attempts.values()], refusal, fault };
}

async function* linesOf(api: BatchApi, batch: Batch, signal: AbortSignal): AsyncGenerator<string> {
  for (const file of [batch.outputFileId, batch.errorFileId]) {
    if (file !== null) yield* api.lines(file, signal);
  }
}

function learn({ bound, counted }: Lessons, maxTokens: number, { request, answer }: Result): void {
  const usage = answer instanceof ModelError ? answer.facts.usage : answer.usage;
  const tokens = counted.get(customIdOf(request));
  if (usage && tokens !== undefined) bound.learnCounted(tokens, maxTokens, usage);
}

function attemptFor({ price }: BatchContext, { intent }: BatchRecord, { request, answer }: Result): Attempt {
  const { batch, session, purpose, prompt, model, temperature, maxTokens, omitted, at } = intent;
  return {
    v: ATTEMPT_VERSION,
    example: request.example,
    attempt: request.attempt,
    session,
    purpose,
    prompt,
    model,
    temperature,
    maxTokens,
    omitted,
    resend: request.resend,
    resendsLeft: resendsLeft(request.resend, answer),
    sentAt: at,
    durationMs: Math.max(0, Date.now() - Date.parse(at)),
    ...describeOutcome(answer, price === null ? null : batchPrice(price)),
    batch,
    ...(request.judged !== undefined && { judged: request.judged }),
  };
}

function resendsLeft(resend: number, answer: Result['answer']): number {
  if (!(answer instanceof ModelError)) return Math.max(0, RESENDS - resend);
  const { code, usage } = answer.facts;
  // What was never worked on was not tried at all.
  if (code === 'not_done') return Math.max(1, RESENDS - resend);
  return Math.max(0, (usage === undefined ? RESENDS : DEAR_RESENDS) - resend);
}
