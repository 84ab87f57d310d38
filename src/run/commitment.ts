import { costOf, type Price } from '../model/prices.js';
import type { Amount } from '../pace/budget.js';
import type { Attempt } from './attempt.js';
import type { Sent } from './sent.js';
import { mayBeCharged } from './spending.js';

/** What a run has used, and what it may have used without anybody having seen it. */
export interface Commitment {
  /** Both together, which is what a budget has to go by; `usd` is null when any part of it is unknown. */
  readonly total: Amount;
  /** Requests that were sent and never answered as far as anybody knows: the process was killed meanwhile. */
  readonly unanswered: readonly Sent[];
}

/** What a model's tokens cost, for attempts that were made when nobody knew. */
export interface PricedModel {
  readonly model: string;
  readonly price: Price | null;
}

/** What an attempt used; null when it may have been charged and nobody knows how much. */
export function amountUsed(attempt: Attempt, known?: PricedModel): Amount | null {
  const { usage, costUsd, model } = attempt;
  if (usage !== null) {
    const usd = costUsd ?? (known?.model === model ? costOf(usage, known.price) : null);
    return { tokens: usage.promptTokens + usage.completionTokens, usd };
  }
  return mayBeCharged(attempt) ? null : NOTHING;
}

/**
 * Adds up what a run is committed to: what its attempts used, and what was reserved for every request of which that is
 * not known.
 *
 * @param sent what was sent, in order
 */
export function commitmentOf(
  attempts: readonly Attempt[],
  sent: readonly Sent[],
  known?: PricedModel,
): Commitment {
  const open = new Map<string, Sent[]>();
  for (const line of sent) {
    const lines = open.get(keyOf(line));
    if (lines === undefined) open.set(keyOf(line), [line]);
    else lines.push(line);
  }
  let tokens = 0;
  let usd: number | null = 0;
  const add = (amount: Amount): void => {
    tokens += amount.tokens;
    usd = usd === null || amount.usd === null ? null : usd + amount.usd;
  };
  for (const attempt of attempts) {
    // A number is given again when its request was lost with the process, so it is the latest line that was answered.
    const own = open.get(keyOf(attempt))?.pop();
    add(amountUsed(attempt, known) ?? (own === undefined ? UNKNOWN : amountReserved(own, known)));
  }
  const unanswered = [...open.values()].flat();
  for (const line of unanswered) add(amountReserved(line, known));
  return { total: { tokens, usd }, unanswered };
}

const NOTHING: Amount = { tokens: 0, usd: 0 };
const UNKNOWN: Amount = { tokens: 0, usd: null };

function amountReserved({ reserved, model }: Sent, known?: PricedModel): Amount {
  const { promptTokens, completionTokens, usd } = reserved;
  const usage = { promptTokens, completionTokens, cachedPromptTokens: 0, reasoningTokens: 0 };
  return {
    tokens: promptTokens + completionTokens,
    usd: usd ?? (known?.model === model ? costOf(usage, known.price) : null),
  };
}

function keyOf({ example, attempt }: { readonly example: string; readonly attempt: number }): string {
  return JSON.stringify([example, attempt]);
}
