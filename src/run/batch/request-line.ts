import { batchLine } from '../../model/batch-lines.js';
import { lineBytes } from '../../model/batch-split.js';
import type { Attempt } from '../attempt.js';
import type { RequestBound } from '../request-bound.js';
import { isAttemptAt, type Task } from '../task.js';
import type { BatchIntent, BatchRequest } from './batch-entry.js';
import { customIdOf } from './custom-id.js';

/** What is the same in all requests of all batches that are sent now. */
export type BatchModel = Readonly<Pick<BatchIntent, 'model' | 'omitted'>>;

/** What is the same in all requests of one batch. */
export type BatchKind = Readonly<Pick<BatchIntent, 'purpose' | 'prompt' | 'temperature' | 'maxTokens'>>;

/** A request that waits to be put into a batch. */
export interface QueuedRequest {
  readonly task: Task;
  readonly request: BatchRequest;
  /** Of its line in the input file. */
  readonly bytes: number;
  /** Of its prompt, by our count. */
  readonly countedTokens: number;
  /** What is reserved for it: more than counted where the server was seen to count more. */
  readonly promptTokens: number;
}

/**
 * Makes the request of a task.
 *
 * @param attempt the number that it gets
 * @param earlier all attempts of its example
 */
export function queueRequest(
  task: Task,
  attempt: number,
  earlier: readonly Attempt[],
  countedTokens: number,
  to: BatchModel,
): QueuedRequest {
  const last = earlier.findLast((one) => one.model === to.model && isAttemptAt(task, one));
  const request: BatchRequest = {
    example: task.example.id,
    attempt,
    resend: last === undefined ? 0 : resendAfter(last),
    ...{ promptTokens: countedTokens, completionTokens: task.maxTokens, usd: null },
    ...(task.judged !== undefined && { judged: task.judged }),
  };
  const bytes = lineBytes(lineOf({ task, request }, to));
  return { task, request, bytes, countedTokens, promptTokens: countedTokens };
}

/** The same request with what is to be reserved for it by now. */
export function reserveFor(queued: QueuedRequest, bound: RequestBound): QueuedRequest {
  const most = bound.ofCounted(queued.countedTokens, queued.task.maxTokens);
  return { ...queued, request: { ...queued.request, ...most }, promptTokens: most.promptTokens };
}

/** The line of a request in the input file. */
export function lineOf(
  { task, request }: Pick<QueuedRequest, 'task' | 'request'>,
  { model, omitted }: BatchModel,
): string {
  const { temperature, maxTokens } = task;
  return batchLine(customIdOf(request), model, {
    messages: task.messages(),
    temperature,
    maxTokens,
    omit: omitted,
  });
}

/** What must be the same in the requests of a batch is the same in each of these groups. */
export function groupRequests(
  requests: readonly QueuedRequest[],
): { readonly kind: BatchKind; readonly requests: readonly QueuedRequest[] }[] {
  const groups = new Map<string, { kind: BatchKind; requests: QueuedRequest[] }>();
  for (const request of requests) {
    const { purpose, prompt, temperature, maxTokens } = request.task;
    const kind: BatchKind = { purpose, prompt, temperature, maxTokens };
    const key = JSON.stringify(kind);
    const group = groups.get(key) ?? { kind, requests: [] };
    group.requests.push(request);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** How often a request was sent before, when its latest attempt was in a batch and left it open. */
function resendAfter({ batch, error, resend, resendsLeft }: Attempt): number {
  if (batch === undefined || error === null || resendsLeft === 0) return 0;
  // What was turned away for a parameter, or never worked on, has not been tried.
  if (error.kind === 'capability' || error.code === 'not_done') return resend;
  return error.kind === 'transport' ? resend + 1 : 0;
}
