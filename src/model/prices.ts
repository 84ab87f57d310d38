import type { TokenUsage } from './chat-model.js';
import type { ModelSpec } from './resolve.js';

/** What a model costs, in US dollars per million tokens. */
export interface Price {
  readonly inputUsdPerMTok: number;
  readonly outputUsdPerMTok: number;
}

/** OpenAI's public list prices of 2025-06-01; prices change, and `--price-in` and `--price-out` beat them. */
const openAiPrices: Readonly<Record<string, Price>> = {
  'gpt-4o': { inputUsdPerMTok: 2.5, outputUsdPerMTok: 10 },
  // The first snapshot kept its own price.
  'gpt-4o-2024-05-13': { inputUsdPerMTok: 5, outputUsdPerMTok: 15 },
  'gpt-4o-mini': { inputUsdPerMTok: 0.15, outputUsdPerMTok: 0.6 },
  'gpt-4.1': { inputUsdPerMTok: 2, outputUsdPerMTok: 8 },
  'gpt-4.1-mini': { inputUsdPerMTok: 0.4, outputUsdPerMTok: 1.6 },
  'gpt-4.1-nano': { inputUsdPerMTok: 0.1, outputUsdPerMTok: 0.4 },
  'gpt-3.5-turbo': { inputUsdPerMTok: 0.5, outputUsdPerMTok: 1.5 },
};

/**
 * The price of a model, null when it is not known.
 *
 * The table holds only for OpenAI itself: another server may offer the same name at any price. Each override
 * replaces its half.
 */
export function priceOf(model: ModelSpec, overrides: Partial<Price> = {}): Price | null {
  const listed = model.via === 'openai' && model.official ? listPrice(model.name) : undefined;
  const inputUsdPerMTok = overrides.inputUsdPerMTok ?? listed?.inputUsdPerMTok;
  const outputUsdPerMTok = overrides.outputUsdPerMTok ?? listed?.outputUsdPerMTok;
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return null;
  return { inputUsdPerMTok, outputUsdPerMTok };
}

/**
 * What a request cost in US dollars, null when usage or price is unknown.
 *
 * Cached prompt tokens count in full, so that the sum is never below the bill.
 */
export function costOf(usage: TokenUsage | null, price: Price | null): number | null {
  if (usage === null || price === null) return null;
  const { promptTokens, completionTokens } = usage;
  return (promptTokens * price.inputUsdPerMTok + completionTokens * price.outputUsdPerMTok) / 1_000_000;
}

function listPrice(name: string): Price | undefined {
  return lookUp(name) ?? lookUp(name.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
}

function lookUp(name: string): Price | undefined {
  return Object.hasOwn(openAiPrices, name) ? openAiPrices[name] : undefined;
}
