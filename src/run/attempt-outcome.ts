import type { ChatReply } from '../model/chat-model.js';
import { ModelError } from '../model/model-error.js';
import { costOf, type Price } from '../model/prices.js';
import type { Attempt } from './attempt.js';

/** What an attempt says of the answer to its request. */
export function describeOutcome(
  outcome: ChatReply | ModelError,
  price: Price | null,
): Pick<Attempt, 'servedModel' | 'reply' | 'error' | 'usage' | 'costUsd'> {
  const usage = outcome instanceof ModelError ? (outcome.facts.usage ?? null) : outcome.usage;
  const costUsd = costOf(usage, price);
  if (!(outcome instanceof ModelError)) {
    const { content, finishReason, servedModel } = outcome;
    return { servedModel, reply: { content, finishReason }, error: null, usage, costUsd };
  }
  const { kind, code, status } = outcome.facts;
  const error = { kind, code, status: status ?? null, message: outcome.message };
  return { servedModel: null, reply: null, error, usage, costUsd };
}
