import { type BatchLimits, type SplitBatches, splitBatches } from '../../model/batch-split.js';
import { type Amount, Budget, type BudgetLimits, BudgetSpent } from '../../pace/budget.js';
import type { QueuedRequest } from './request-line.js';

/**
 * The requests at the beginning of a queue that a budget still allows, and what the next one lacks.
 *
 * @param committed what the run has used, and what is reserved for requests under way
 */
export function affordable(
  queue: readonly QueuedRequest[],
  committed: Amount,
  limits: BudgetLimits,
): { requests: readonly QueuedRequest[]; spent: BudgetSpent | null } {
  const budget = new Budget(limits, committed);
  for (const [index, { request }] of queue.entries()) {
    const needed = { tokens: request.promptTokens + request.completionTokens, usd: request.usd };
    if (budget.take(needed) !== null) continue;
    return { requests: queue.slice(0, index), spent: new BudgetSpent(needed, committed, limits) };
  }
  return { requests: queue, spent: null };
}

/**
 * The batches that may be sent now.
 *
 * @param waitingTokens prompt tokens of the batches that wait at the server: with theirs, the limit holds for all together
 */
export function sendableNow(
  requests: readonly QueuedRequest[],
  limits: BatchLimits,
  waitingTokens: number,
): SplitBatches<QueuedRequest> {
  if (limits.promptTokens === null) return splitBatches(requests, limits);
  const room = waitingTokens === 0 ? limits.promptTokens : limits.promptTokens - waitingTokens;
  const { batches, tooLarge } = splitBatches(requests, { ...limits, promptTokens: room });
  const [first = []] = batches;
  const isTooMuch = first.reduce((sum, { promptTokens }) => sum + promptTokens, 0) > room;
  // A request with more tokens than the limit is sent alone, for the server to decide.
  return { batches: first.length === 0 || (isTooMuch && waitingTokens > 0) ? [] : [first], tooLarge };
}
