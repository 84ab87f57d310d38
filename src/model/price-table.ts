/** What a model costs, in US dollars per million tokens. */
export interface Price {
  readonly inputUsdPerMTok: number;
  readonly outputUsdPerMTok: number;
  /** For prompt tokens from the provider's cache; absent, they count in full, so that the sum is never below the bill. */
  readonly cachedInputUsdPerMTok?: number;
  /**
   * For prompt tokens that the provider writes to its cache unasked, where that costs more. As the usage does not tell
   * which they were, all that did not come from the cache count at it.
   */
  readonly cacheWriteUsdPerMTok?: number;
  /** What everything costs more, at most, when a prompt has more than so many tokens. */
  readonly longPrompt?: { readonly overTokens: number; readonly factor: number };
}

/** List prices that were read together. */
export interface PriceList {
  /** The day on which they were read. */
  readonly asOf: string;
  /** Where they stand. */
  readonly source: string;
  /** Prices by the model's name, as Burnish calls it: `NAME` at OpenAI itself, else `PROVIDER:NAME`. */
  readonly models: Readonly<Record<string, Price>>;
}

/** Price for input and output, and for input from the provider's cache where there is one. */
function price(inputUsdPerMTok: number, outputUsdPerMTok: number, cachedInputUsdPerMTok?: number): Price {
  return {
    inputUsdPerMTok,
    outputUsdPerMTok,
    ...(cachedInputUsdPerMTok !== undefined && { cachedInputUsdPerMTok }),
  };
}

/** Prompts over 272,000 tokens cost twice the input price and 1.5 times the output price. */
const overLong = { longPrompt: { overTokens: 272_000, factor: 2 } };

/** From GPT-5.6 on OpenAI charges 1.25 times the input price for what it writes to its cache, without being asked to. */
function writesToCache(listed: Price): Price {
  return { ...listed, cacheWriteUsdPerMTok: listed.inputUsdPerMTok * 1.25, ...overLong };
}

const openAi = 'https://developers.openai.com/api/docs/pricing';

/**
 * What common models cost, at the standard tier. Prices change, and `--price-in`, `--price-out` and a file of the
 * user's own beat them. A price that is merely offered for a time is not in it, nor is a model whose price nobody could
 * confirm.
 *
 * Gemini and Grok are left out on purpose: their hidden reasoning is charged, but not in the count of output tokens
 * that reaches us, so that the sum would be below the bill.
 */
export const priceLists: readonly PriceList[] = [
  {
    asOf: '2026-09-30',
    source: openAi,
    models: {
      'gpt-6-astra': writesToCache(price(10, 50, 1)),
      'gpt-6-sol': writesToCache(price(2, 10, 0.2)),
      'gpt-6-luna': writesToCache(price(0.1, 0.5, 0.01)),
      // Offered for 4 and 20 for a time.
      'gpt-5.6-sol': writesToCache(price(5, 30, 0.5)),
      'gpt-5.6-terra': writesToCache(price(2, 12, 0.2)),
      'gpt-5.6-luna': writesToCache(price(0.2, 1.2, 0.02)),
      'gpt-5.2': price(1.75, 14, 0.175),
      'gpt-5-mini': price(0.25, 2, 0.025),
      'gpt-5-nano': price(0.05, 0.4, 0.005),
      'gpt-4-turbo': price(10, 30),
      'gpt-4': price(30, 60),
    },
  },
  {
    asOf: '2026-05-05',
    source: openAi,
    models: {
      'gpt-5.5': { ...price(5, 30, 0.5), ...overLong },
      'gpt-5.4': { ...price(2.5, 15, 0.25), ...overLong },
      'gpt-5.4-mini': price(0.75, 4.5, 0.075),
      'gpt-5.4-nano': price(0.2, 1.25, 0.02),
    },
  },
  {
    asOf: '2026-03-21',
    source: openAi,
    models: {
      'gpt-5.1': price(1.25, 10, 0.125),
      'gpt-5': price(1.25, 10, 0.125),
      'gpt-4.1': price(2, 8, 0.5),
      'gpt-4.1-mini': price(0.4, 1.6, 0.1),
      'gpt-4.1-nano': price(0.1, 0.4, 0.025),
      'gpt-4o': price(2.5, 10, 1.25),
      'gpt-4o-mini': price(0.15, 0.6, 0.075),
      'o4-mini': price(1.1, 4.4, 0.275),
      o3: price(2, 8, 0.5),
      'o3-mini': price(1.1, 4.4, 0.55),
    },
  },
  {
    asOf: '2025-07-04',
    source: openAi,
    models: {
      // The first snapshot kept its own price, and is not cached.
      'gpt-4o-2024-05-13': price(5, 15),
      'chatgpt-4o-latest': price(5, 15),
      'o1-mini': price(1.1, 4.4, 0.55),
      o1: price(15, 60, 7.5),
      'gpt-4-0613': price(30, 60),
      'gpt-3.5-turbo': price(0.5, 1.5),
      'gpt-3.5-turbo-0125': price(0.5, 1.5),
      'gpt-3.5-turbo-1106': price(1, 2),
    },
  },
  {
    asOf: '2026-10-10',
    source: 'https://platform.claude.com/docs/en/about-claude/pricing',
    models: {
      'anthropic:claude-opus-5-5': price(4, 20, 0.2),
      'anthropic:claude-opus-5': price(5, 25, 0.5),
      'anthropic:claude-opus-4-8': price(5, 25, 0.5),
      'anthropic:claude-opus-4-7': price(5, 25, 0.5),
      'anthropic:claude-opus-4-6': price(5, 25, 0.5),
      'anthropic:claude-opus-4-5': price(5, 25, 0.5),
      'anthropic:claude-opus-4-1': price(15, 75, 1.5),
      'anthropic:claude-sonnet-5-5': price(2, 10, 0.1),
      'anthropic:claude-sonnet-5': price(2, 10, 0.2),
      'anthropic:claude-sonnet-4-6': price(3, 15, 0.3),
      'anthropic:claude-sonnet-4-5': price(3, 15, 0.3),
      // Five times the price for prompts over 100,000 tokens.
      'anthropic:claude-haiku-5-5': {
        ...price(0.1, 0.5, 0.01),
        longPrompt: { overTokens: 100_000, factor: 5 },
      },
      'anthropic:claude-haiku-4-5': price(1, 5, 0.1),
    },
  },
  {
    asOf: '2026-10-27',
    source: 'https://api-docs.deepseek.com/quick_start/pricing',
    // At peak hours; at all others it is half.
    models: {
      'deepseek:deepseek-flash': price(0.3, 1.2, 0.006),
      'deepseek:deepseek-v4-flash': price(0.3, 1.2, 0.006),
      'deepseek:deepseek-v4-pro': price(1.32, 3.96, 0.044),
    },
  },
  {
    asOf: '2026-08-24',
    source: 'https://mistral.ai/pricing/api',
    models: {
      'mistralai:mistral-large-2512': price(0.5, 1.5, 0.05),
      'mistralai:mistral-medium-latest': price(1.5, 7.5, 0.15),
      'mistralai:mistral-medium-2508': price(0.4, 2, 0.04),
      'mistralai:mistral-small-2603': price(0.15, 0.6, 0.015),
      'mistralai:ministral-14b-2512': price(0.2, 0.2, 0.02),
      'mistralai:ministral-8b-latest': price(0.15, 0.15, 0.015),
      'mistralai:ministral-8b-2512': price(0.15, 0.15, 0.015),
      'mistralai:ministral-3b-2512': price(0.1, 0.1, 0.01),
    },
  },
  {
    asOf: '2026-05-01',
    source: 'https://groq.com/pricing',
    models: {
      'groq:openai/gpt-oss-120b': price(0.15, 0.6),
      'groq:openai/gpt-oss-20b': price(0.075, 0.3),
      'groq:llama-3.3-70b-versatile': price(0.59, 0.79),
      'groq:llama-3.1-8b-instant': price(0.05, 0.08),
    },
  },
];
