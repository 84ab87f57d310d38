import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '../../src/model/chat-model.js';
import {
  encodingOf,
  mostTokensOf,
  roughCounter,
  roughTokens,
  tokenCounterFor,
} from '../../src/model/count-tokens.js';
import type { ModelSpec } from '../../src/model/resolve.js';

function atOpenAi(name: string): ModelSpec {
  return { via: 'openai', name, baseUrl: 'https://api.openai.com/v1', official: true, apiKey: 'k' };
}
function elsewhere(name: string): ModelSpec {
  return { via: 'openai', name, baseUrl: 'http://localhost:1/v1', official: false };
}
function through(provider: string, model: string): ModelSpec {
  return { via: 'langchain', name: `${provider}:${model}`, provider, model, secrets: [] };
}

test.each<[string, ModelSpec, string, boolean]>([
  ['gpt-4o', atOpenAi('gpt-4o'), 'o200k', true],
  ['a snapshot', atOpenAi('gpt-4o-mini-2024-07-18'), 'o200k', true],
  ['gpt-4.1', atOpenAi('gpt-4.1-nano'), 'o200k', true],
  ['gpt-5', atOpenAi('gpt-5-mini'), 'o200k', true],
  ['the o series', atOpenAi('o4-mini'), 'o200k', true],
  ['gpt-4', atOpenAi('gpt-4'), 'cl100k', true],
  ['gpt-4-turbo', atOpenAi('gpt-4-turbo-2024-04-09'), 'cl100k', true],
  ['gpt-3.5', atOpenAi('gpt-3.5-turbo'), 'cl100k', true],
  ['a fine-tuned model', atOpenAi('ft:gpt-3.5-turbo:org::id'), 'cl100k', true],
  ['a successor that nobody knows yet', atOpenAi('gpt-6-luna'), 'o200k', false],
  ['a name that only begins alike', atOpenAi('o1000'), 'o200k', false],
  ['a known name on another server', elsewhere('gpt-4'), 'cl100k', false],
  ['Llama 2', elsewhere('meta-llama/Llama-2-7b-chat-hf'), 'llama', false],
  ['Llama 3, which has another tokeniser', elsewhere('llama3.1:8b'), 'o200k', false],
  ['another provider', through('anthropic', 'claude-sonnet-4-5'), 'o200k', false],
])('%s is counted as it should be', (_, spec, encoding, exact) => {
  expect(encodingOf(spec)).toEqual({ encoding, exact });
});

describe('a counter', () => {
  const messages: ChatMessage[] = [
    { role: 'system', content: 'The quick brown fox.' },
    { role: 'user', content: 'hello world' },
  ];

  test('adds what the chat format adds', async () => {
    const { count, countMessages } = await tokenCounterFor(atOpenAi('gpt-4o'));
    expect(count('The quick brown fox.')).toBe(5);
    // 5 and 2 for the texts, 3 and a role for each message, 3 for the reply.
    expect(countMessages(messages)).toBe(5 + 2 + 2 * 4 + 3);
  });

  test('that is exact knows the most; another goes by bytes, of which no token is shorter', async () => {
    const exact = await tokenCounterFor(atOpenAi('gpt-4o'));
    const about = await tokenCounterFor(through('anthropic', 'claude-sonnet-4-5'));
    expect(exact.mostInMessages(messages)).toBe(exact.countMessages(messages));
    expect(about.mostInMessages(messages)).toBe(mostTokensOf(messages));
    expect(mostTokensOf(messages)).toBeGreaterThan(20 + 11);
    expect(mostTokensOf([{ role: 'user', content: '東京' }])).toBe(
      mostTokensOf([{ role: 'user', content: '123456' }]),
    );
  });

  test('that loads no tokeniser goes by bytes', () => {
    expect(['', 'a', 'abcd', 'abcde', '東京'].map(roughTokens)).toEqual([0, 1, 1, 2, 2]);
    expect(roughCounter.countMessages(messages)).toBe(5 + 3 + 2 * 4 + 3);
    expect(roughCounter.mostInMessages(messages)).toBe(mostTokensOf(messages));
  });
});
