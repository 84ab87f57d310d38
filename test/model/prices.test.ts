import { describe, expect, test } from 'vitest';
import { costOf, priceOf } from '../../src/model/prices.js';
import type { ModelSpec } from '../../src/model/resolve.js';

function atOpenAi(name: string): ModelSpec {
  return { via: 'openai', name, baseUrl: 'https://api.openai.com/v1', official: true, apiKey: 'k' };
}
const foreign: ModelSpec = {
  via: 'openai',
  name: 'gpt-4o',
  baseUrl: 'http://localhost:1/v1',
  official: false,
};
const claude: ModelSpec = {
  via: 'langchain',
  name: 'anthropic:x',
  provider: 'anthropic',
  model: 'x',
  secrets: [],
};

test.each<[string, number, number]>([
  ['gpt-4o', 2.5, 10],
  ['gpt-4o-2024-08-06', 2.5, 10],
  ['gpt-4o-2024-05-13', 5, 15],
  ['gpt-4.1-nano', 0.1, 0.4],
])('%s at OpenAI has its list price', (name, inputUsdPerMTok, outputUsdPerMTok) => {
  expect(priceOf(atOpenAi(name))).toEqual({ inputUsdPerMTok, outputUsdPerMTok });
});

test.each([
  ['another name', atOpenAi('gpt-4o-audio-preview')],
  ['a name of Object’s own', atOpenAi('constructor')],
  ['the same name elsewhere', foreign],
  ['a provider’s model', claude],
])('%s has no known price', (_, spec) => {
  expect(priceOf(spec)).toBeNull();
});

test('the user’s prices beat the list, each for its half, and zero is a price', () => {
  expect(priceOf(foreign, { inputUsdPerMTok: 0, outputUsdPerMTok: 0 })).toEqual({
    inputUsdPerMTok: 0,
    outputUsdPerMTok: 0,
  });
  expect(priceOf(atOpenAi('gpt-4o'), { inputUsdPerMTok: 1 })).toEqual({
    inputUsdPerMTok: 1,
    outputUsdPerMTok: 10,
  });
  expect(priceOf(foreign, { inputUsdPerMTok: 1 })).toBeNull();
});

describe('the cost', () => {
  const usage = { promptTokens: 1000, completionTokens: 500, cachedPromptTokens: 800, reasoningTokens: 400 };
  const price = { inputUsdPerMTok: 2.5, outputUsdPerMTok: 10 };

  test('counts cached and reasoning tokens in full', () => {
    expect(costOf(usage, price)).toBeCloseTo(0.0075, 12);
  });

  test('is unknown, not zero, without usage or price', () => {
    expect(costOf(null, price)).toBeNull();
    expect(costOf(usage, null)).toBeNull();
  });
});
