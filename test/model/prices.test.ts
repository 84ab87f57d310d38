import { describe, expect, test } from 'vitest';
import { priceLists } from '../../src/model/price-table.js';
import { batchPrice, costOf, type KnownPrice, priceOf } from '../../src/model/prices.js';
import { findProvider } from '../../src/model/providers.js';
import type { ModelSpec } from '../../src/model/resolve.js';

function atOpenAi(name: string): ModelSpec {
  return { via: 'openai', name, baseUrl: 'https://api.openai.com/v1', official: true, apiKey: 'k' };
}
function through(provider: string, model: string): ModelSpec {
  return { via: 'langchain', name: `${provider}:${model}`, provider, model, secrets: [] };
}
const foreign: ModelSpec = {
  via: 'openai',
  name: 'gpt-4o',
  baseUrl: 'http://localhost:1/v1',
  official: false,
};

test.each<[string, ModelSpec, number, number]>([
  ['gpt-4o', atOpenAi('gpt-4o'), 2.5, 10],
  ['a snapshot of it', atOpenAi('gpt-4o-2024-08-06'), 2.5, 10],
  ['a snapshot with its own price', atOpenAi('gpt-4o-2024-05-13'), 5, 15],
  ['gpt-4.1-nano', atOpenAi('gpt-4.1-nano'), 0.1, 0.4],
  ['gpt-5-mini', atOpenAi('gpt-5-mini-2025-08-07'), 0.25, 2],
  ['o4-mini', atOpenAi('o4-mini'), 1.1, 4.4],
  ['a snapshot of Claude', through('anthropic', 'claude-haiku-4-5-20251001'), 1, 5],
  ['Mistral by its other name', through('mistral', 'mistral-large-2512'), 0.5, 1.5],
])('%s has its list price and its day', (_, spec, inputUsdPerMTok, outputUsdPerMTok) => {
  expect(priceOf(spec)).toMatchObject({
    inputUsdPerMTok,
    outputUsdPerMTok,
    asOf: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
  });
});

test.each([
  ['another name', atOpenAi('gpt-4o-audio-preview')],
  ['a name of Object’s own', atOpenAi('constructor')],
  ['the same name elsewhere', foreign],
  ['a provider’s model that is not listed', through('anthropic', 'x')],
  ['a model of OpenAI’s at Azure', through('azure_openai', 'gpt-4o')],
])('%s has no known price', (_, spec) => {
  expect(priceOf(spec)).toBeNull();
});

describe('the list', () => {
  const entries = priceLists.flatMap(({ models }) => Object.entries(models));

  test('names each model once, and only providers that Burnish knows', () => {
    const names = entries.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const [provider = '', rest] = name.split(':');
      if (rest !== undefined) expect(findProvider(provider), name).toBeDefined();
    }
  });

  test('has no price that cannot be: cached input is cheaper, output is not', () => {
    for (const [name, price] of entries) {
      const { inputUsdPerMTok, outputUsdPerMTok, cachedInputUsdPerMTok = 0 } = price;
      expect(inputUsdPerMTok, name).toBeGreaterThan(0);
      expect(outputUsdPerMTok, name).toBeGreaterThanOrEqual(inputUsdPerMTok);
      expect(cachedInputUsdPerMTok, name).toBeLessThanOrEqual(inputUsdPerMTok / 2);
    }
  });

  test('says when and where it was read', () => {
    for (const { asOf, source } of priceLists) {
      expect(new Date(asOf).toISOString().slice(0, 10)).toBe(asOf);
      expect(URL.canParse(source)).toBe(true);
    }
  });
});

describe('the user’s word', () => {
  test('on the command line beats the list, each price for its half, and zero is a price', () => {
    const free = { inputUsdPerMTok: 0, outputUsdPerMTok: 0 };
    expect(priceOf(foreign, free)).toEqual({ ...free, asOf: null });
    expect(priceOf(foreign, { inputUsdPerMTok: 1 })).toBeNull();
    expect(priceOf(atOpenAi('gpt-4o'), { outputUsdPerMTok: 1 })).toEqual({
      ...priceOf(atOpenAi('gpt-4o')),
      outputUsdPerMTok: 1,
    });
  });

  test('on input says nothing of cached input, which then counts in full', () => {
    expect(priceOf(atOpenAi('gpt-4o'), { inputUsdPerMTok: 1 })).toEqual({
      inputUsdPerMTok: 1,
      outputUsdPerMTok: 10,
      asOf: expect.any(String),
    });
  });

  test('in a file holds for any model and server, beats the list, and yields to the command line', () => {
    const own = { inputUsdPerMTok: 3, outputUsdPerMTok: 4, cachedInputUsdPerMTok: 1 };
    const prices = new Map(['gpt-4o', 'anthropic:x'].map((name) => [name, own]));
    for (const spec of [foreign, atOpenAi('gpt-4o'), through('anthropic', 'x')]) {
      expect(priceOf(spec, {}, prices)).toEqual({ ...own, asOf: null });
    }
    expect(priceOf(foreign, { inputUsdPerMTok: 5 }, prices)).toEqual({
      inputUsdPerMTok: 5,
      outputUsdPerMTok: 4,
      asOf: null,
    });
    expect(priceOf(atOpenAi('gpt-4o-2024-08-06'), {}, prices)?.inputUsdPerMTok).toBe(2.5);
  });
});

describe('the cost', () => {
  const usage = { promptTokens: 1000, completionTokens: 500, cachedPromptTokens: 800, reasoningTokens: 400 };
  const price = { inputUsdPerMTok: 2.5, outputUsdPerMTok: 10 };

  test.each<[string, Partial<KnownPrice>, number]>([
    ['counts cached tokens in full where their price is unknown', {}, 0.0025 + 0.005],
    ['counts cached tokens at theirs', { cachedInputUsdPerMTok: 0.25 }, 0.0005 + 0.0002 + 0.005],
    ['counts a cached price of 0', { cachedInputUsdPerMTok: 0 }, 0.0005 + 0.005],
    [
      'counts all other prompt tokens as written to the cache where that costs more',
      { cachedInputUsdPerMTok: 0.25, cacheWriteUsdPerMTok: 5 },
      0.001 + 0.0002 + 0.005,
    ],
    ['is multiplied for a long prompt', { longPrompt: { overTokens: 999, factor: 2 } }, 0.015],
    ['is not multiplied up to there', { longPrompt: { overTokens: 1000, factor: 2 } }, 0.0075],
  ])('%s', (_, more, costUsd) => {
    expect(costOf(usage, { ...price, ...more })).toBeCloseTo(costUsd, 12);
  });

  test('is never below 0, however many cached tokens a server invents', () => {
    const odd = { ...usage, promptTokens: 10, cachedPromptTokens: 1000 };
    expect(costOf(odd, { ...price, cachedInputUsdPerMTok: 0.25 })).toBeCloseTo(0.0050025, 12);
  });

  test('is unknown, not zero, without usage or price', () => {
    expect(costOf(null, price)).toBeNull();
    expect(costOf(usage, null)).toBeNull();
  });

  test('is half through the Batch API, whatever the price consists of', () => {
    for (const { models, asOf } of priceLists) {
      for (const [name, listed] of Object.entries(models)) {
        const half = costOf(usage, batchPrice({ ...listed, asOf }));
        expect(half, name).toBeCloseTo((costOf(usage, listed) ?? Number.NaN) / 2, 12);
      }
    }
    expect(batchPrice({ ...price, asOf: '2025-01-02' }).asOf).toBe('2025-01-02');
  });
});
