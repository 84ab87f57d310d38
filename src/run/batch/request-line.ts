import { batchLine } from '../../model/batch-lines.js';
import { lineBytes } from '../../model/batch-split.js';
import type { OptionalParameter } from '../../model/chat-model.js';
import type { Attempt } from '../attempt.js';
import type { RequestBound } from '../request-bound.js';
import type { BatchRequest } from './batch-entry.js';
import type { BatchTask } from './batch-round.js';
import { customIdOf } from './custom-id.js';

/** What all requests of a batch have in common. */
export interface Sampling {
  readonly model: string;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly omitted: readonly OptionalParameter[];
}

/** A request that waits to be put into a batch. */
export interface QueuedRequest {
  readonly task: BatchTask;
  readonly request: BatchRequest;
  /** Of its line in the input file. */
  readonly bytes: number;
  /** Of its prompt, by our count. */
  readonly countedTokens: number;
  /** What is reserved for it: more than counted where the server was seen to count more. */
  readonly promptTokens: number;
}

/** Makes the request of a task, after those that its example had before. */
export function queueRequest(
  task: BatchTask,
  earlier: readonly Attempt[],
  countedTokens: number,
  sampling: Sampling,
): QueuedRequest {
  const last = earlier.at(-1);
  const request: BatchRequest = {
    example: task.example.id,
    attempt: (last?.attempt ?? 0) + 1,
    resend: last === undefined ? 0 : resendAfter(last),
    ...{ promptTokens: countedTokens, completionTokens: sampling.maxTokens, usd: null },
  };
  const bytes = lineBytes(lineOf({ task, request }, sampling));
  return { task, request, bytes, countedTokens, promptTokens: countedTokens };
}

/** The same request with what is to be reserved for it by now. */
export function reserveFor(queued: QueuedRequest, bound: RequestBound): QueuedRequest {
  const most = bound.ofCounted(queued.countedTokens);
  return { ...queued, request: { ...queued.request, ...most }, promptTokens: most.promptTokens };
}

/** The line of a request in the input file. */
export function lineOf(
  { task, request }: Pick<QueuedRequest, 'task' | 'request'>,
  { model, temperature, maxTokens, omitted }: Sampling,
): string {
  return batchLine(customIdOf(request), model, {
    messages: task.messages(),
    temperature,
    maxTokens,
    omit: omitted,
  });
}

/** How often a request was sent before, when its latest attempt was in a batch and left it open. */
function resendAfter({ batch, error, resend, resendsLeft }: Attempt): number {
  if (batch === undefined || error === null || resendsLeft === 0) return 0;
  // What was turned away for a parameter, or never worked on, has not been tried.
  if (error.kind === 'capability' || error.code === 'not_done') return resend;
  return error.kind === 'transport' ? resend + 1 : 0;
}
