import { batchPrice, costOf, type Price } from '../model/prices.js';
import type { Amount } from '../pace/budget.js';
import type { Attempt } from './attempt.js';
import type { BatchRequest } from './batch/batch-entry.js';
import type { BatchRecord } from './batch/batch-record.js';
import type { Manifest } from './manifest.js';
import type { RunRecord } from './read-run.js';
import { type Sent, sentKey } from './sent.js';
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

/** The price that a run keeps, for its own model; without one, nothing is known. */
export function pricedBySettings({ identity, settings }: Manifest): PricedModel {
  const { priceIn, priceOut } = settings;
  const isKnown = priceIn !== null && priceOut !== null;
  const price = isKnown ? { inputUsdPerMTok: priceIn, outputUsdPerMTok: priceOut } : null;
  return { model: identity.model, price };
}

/** What an attempt used; null when it may have been charged and nobody knows how much. */
export function amountUsed(attempt: Attempt, ...known: readonly PricedModel[]): Amount | null {
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
 * @param known prices for attempts that were made when nobody knew what they cost
 */
export function commitmentOf(
  { attempts, sent, batches }: Pick<RunRecord, 'attempts' | 'sent' | 'batches'>,
  ...known: readonly PricedModel[]
): Commitment {
  const open = new Map<string, Sent[]>();
  for (const line of sent) open.set(sentKey(line), [...(open.get(sentKey(line)) ?? []), line]);
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
      add(
        amountUsed(attempt, ...known) ??
          (request === undefined ? unknownOf(attempt) : reservedIn(request, known)),
      );
      continue;
    }
    const own = open.get(sentKey(attempt))?.pop();
    add(
      amountUsed(attempt, ...known) ??
        (own === undefined ? unknownOf(attempt) : amountReserved(own.reserved, own.model, false, known)),
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

/** What has to be taken for used when even the reservation is gone: at least a completion. */
function unknownOf({ maxTokens }: Attempt): Amount {
  return { tokens: maxTokens, usd: null };
}

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

function reservedIn(request: ReservedRequest, known: readonly PricedModel[]): Amount {
  return amountReserved(request, request.model, true, known);
}

function amountReserved(
  { promptTokens, completionTokens, usd }: Sent['reserved'],
  model: string,
  inBatch: boolean,
  known: readonly PricedModel[],
): Amount {
  const usage = { promptTokens, completionTokens, cachedPromptTokens: 0, reasoningTokens: 0 };
  return {
    tokens: promptTokens + completionTokens,
    usd: usd ?? costOf(usage, priceIn(known, model, inBatch)),
  };
}

function priceIn(known: readonly PricedModel[], model: string, inBatch: boolean): Price | null {
  const price = known.find((priced) => priced.model === model)?.price ?? null;
  return price !== null && inBatch ? batchPrice({ ...price, asOf: null }) : price;
}

function batchKeyOf(batch: string, { example, attempt }: Pick<BatchRequest, 'example' | 'attempt'>): string {
  return JSON.stringify([batch, example, attempt]);
}
