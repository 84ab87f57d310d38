import type { TokenUsage } from './chat-model.js';
import { type Price, priceLists } from './price-table.js';
import type { ModelSpec } from './resolve.js';

export type { Price } from './price-table.js';

/** A price, and where it comes from. */
export interface KnownPrice extends Price {
  /** The day on which the list price was read, `YYYY-MM-DD`; null for a price of the user's. */
  readonly asOf: string | null;
}

/** What the user says that models cost, by the name given to `--model`. */
export type UserPrices = ReadonlyMap<string, Price>;

/** What the user says on the command line. */
export type PriceOverrides = Partial<Pick<Price, 'inputUsdPerMTok' | 'outputUsdPerMTok'>>;

/**
 * The price of a model, null when it is not known: the command line's word, then the user's own prices, then the list.
 *
 * The list holds only for the providers themselves: another server may offer the same name at any price. Each
 * override replaces its half.
 */
export function priceOf(
  model: ModelSpec,
  overrides: PriceOverrides = {},
  userPrices: UserPrices = new Map(),
): KnownPrice | null {
  const known = knownPrice(model, userPrices);
  const { inputUsdPerMTok, outputUsdPerMTok } = { ...known, ...overrides };
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return null;
  // The list's further prices for input are not those of the user's offer.
  if (overrides.inputUsdPerMTok !== undefined || known === null) {
    const asOf = overrides.outputUsdPerMTok === undefined ? (known?.asOf ?? null) : null;
    return { inputUsdPerMTok, outputUsdPerMTok, asOf };
  }
  return { ...known, outputUsdPerMTok };
}

/** The price of the same tokens through the Batch API, which OpenAI sells at half. */
export function batchPrice(price: KnownPrice): KnownPrice {
  const { inputUsdPerMTok, outputUsdPerMTok, cachedInputUsdPerMTok, cacheWriteUsdPerMTok } = price;
  return {
    ...price,
    inputUsdPerMTok: inputUsdPerMTok / 2,
    outputUsdPerMTok: outputUsdPerMTok / 2,
    ...(cachedInputUsdPerMTok !== undefined && { cachedInputUsdPerMTok: cachedInputUsdPerMTok / 2 }),
    ...(cacheWriteUsdPerMTok !== undefined && { cacheWriteUsdPerMTok: cacheWriteUsdPerMTok / 2 }),
  };
}

/** What a request cost in US dollars, null when usage or price is unknown. */
export function costOf(
  usage: Pick<TokenUsage, 'promptTokens' | 'completionTokens' | 'cachedPromptTokens'> | null,
  price: Price | null,
): number | null {
  if (usage === null || price === null) return null;
  const { promptTokens, completionTokens } = usage;
  const uncached = price.cacheWriteUsdPerMTok ?? price.inputUsdPerMTok;
  const cached = price.cachedInputUsdPerMTok ?? uncached;
  const cachedTokens = Math.min(usage.cachedPromptTokens, promptTokens);
  const input = (promptTokens - cachedTokens) * uncached + cachedTokens * cached;
  const { overTokens, factor } = price.longPrompt ?? { overTokens: Infinity, factor: 1 };
  const times = promptTokens > overTokens ? factor : 1;
  return (times * (input + completionTokens * price.outputUsdPerMTok)) / 1_000_000;
}

function knownPrice(model: ModelSpec, userPrices: UserPrices): KnownPrice | null {
  const own = userPrices.get(model.name);
  if (own !== undefined) return { ...own, asOf: null };
  if (model.via === 'openai' && !model.official) return null;
  const name = model.via === 'openai' ? model.name : listedName(model.provider, model.model);
  return listPrice(name) ?? listPrice(name.replace(SNAPSHOT, ''));
}

/** The date at the end of a snapshot's name, as OpenAI and Anthropic write it. */
const SNAPSHOT = /-(\d{4}-\d{2}-\d{2}|\d{8})$/;

/** LangChain has two names for Mistral. */
function listedName(provider: string, model: string): string {
  return `${provider === 'mistral' ? 'mistralai' : provider}:${model}`;
}

function listPrice(name: string): KnownPrice | null {
  for (const { asOf, models } of priceLists) {
    const listed = Object.hasOwn(models, name) ? models[name] : undefined;
    if (listed !== undefined) return { ...listed, asOf };
  }
  return null;
}
