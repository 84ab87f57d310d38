import { batchPrice, costOf, type Price } from '../model/prices.js';
import type { Amount } from '../pace/budget.js';
import type { Attempt } from './attempt.js';
import type { BatchRequest } from './batch/batch-entry.js';
import type { BatchRecord } from './batch/batch-record.js';
import type { Sent } from './sent.js';
import { mayBeCharged } from './spending.js';

/** What a run has used, and what it may have used without anybody having seen it. */
export interface Commitment {
  /** Both together, which is what a budget has to go by; `usd` is null when any part of it is unknown. */
  readonly total: Amount;
  /** Requests that were sent and never answered as far as anybody knows: the process was killed meanwhile. */
  readonly unanswered: readonly Sent[];
}

/** What a model's tokens cost by single requests, for attempts that were made when nobody knew. */
export interface PricedModel {
  readonly model: string;
  readonly price: Price | null;
}

/** What an attempt used; null when it may have been charged and nobody knows how much. */
export function amountUsed(attempt: Attempt, known?: PricedModel): Amount | null {
  const { usage, costUsd, model } = attempt;
  if (usage !== null) {
    const usd = costUsd ?? costOf(usage, priceIn(known, model, attempt.batch !== undefined));
    return { tokens: usage.promptTokens + usage.completionTokens, usd };
  }
  return mayBeCharged(attempt) ? null : NOTHING;
}

/**
 * Adds up what a run is committed to: what its attempts used, and what was reserved for every request of which that is
 * not known.
 *
 * @param sent what was sent by itself, in order
 * @param batches what was sent in batches
 */
export function commitmentOf(
  attempts: readonly Attempt[],
  sent: readonly Sent[],
  known?: PricedModel,
  batches: readonly BatchRecord[] = [],
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
  const inBatches = requestsInBatches(batches);
  for (const attempt of attempts) {
    if (attempt.batch !== undefined) {
      const key = batchKeyOf(attempt.batch, attempt);
      const request = inBatches.get(key);
      inBatches.delete(key);
      add(amountUsed(attempt, known) ?? (request === undefined ? UNKNOWN : reservedIn(request, known)));
      continue;
    }
    // A number is given again when its request was lost with the process, so it is the latest line that was answered.
    const own = open.get(keyOf(attempt))?.pop();
    add(
      amountUsed(attempt, known) ??
        (own === undefined ? UNKNOWN : amountReserved(own.reserved, own.model, false, known)),
    );
  }
  const unanswered = [...open.values()].flat();
  for (const line of unanswered) add(amountReserved(line.reserved, line.model, false, known));
  for (const request of inBatches.values()) {
    if (request.isOpen) add(reservedIn(request, known));
  }
  return { total: { tokens, usd }, unanswered };
}

const NOTHING: Amount = { tokens: 0, usd: 0 };
const UNKNOWN: Amount = { tokens: 0, usd: null };

interface ReservedRequest extends BatchRequest {
  readonly model: string;
  /** Whether it may be charged without an attempt that tells of it. */
  readonly isOpen: boolean;
}

function requestsInBatches(batches: readonly BatchRecord[]): Map<string, ReservedRequest> {
  const requests = new Map<string, ReservedRequest>();
  for (const { intent, end } of batches) {
    const isOpen = end === null || end.kind === 'lost';
    for (const request of intent.requests) {
      requests.set(batchKeyOf(intent.batch, request), { ...request, model: intent.model, isOpen });
    }
  }
  return requests;
}

function reservedIn(request: ReservedRequest, known?: PricedModel): Amount {
  return amountReserved(request, request.model, true, known);
}

function amountReserved(
  { promptTokens, completionTokens, usd }: Sent['reserved'],
  model: string,
  inBatch: boolean,
  known?: PricedModel,
): Amount {
  const usage = { promptTokens, completionTokens, cachedPromptTokens: 0, reasoningTokens: 0 };
  return {
    tokens: promptTokens + completionTokens,
    usd: usd ?? costOf(usage, priceIn(known, model, inBatch)),
  };
}

function priceIn(known: PricedModel | undefined, model: string, inBatch: boolean): Price | null {
  if (known === undefined || known.price === null || known.model !== model) return null;
  return inBatch ? batchPrice({ ...known.price, asOf: null }) : known.price;
}

function keyOf({ example, attempt }: { readonly example: string; readonly attempt: number }): string {
  return JSON.stringify([example, attempt]);
}

function batchKeyOf(batch: string, { example }: { readonly example: string }): string {
  return JSON.stringify([batch, example]);
}
