import { expect, test } from 'vitest';
import type { ChatMessage } from '../../src/model/chat-model.js';
import { RequestBound } from '../../src/run/request-bound.js';

const MESSAGES: ChatMessage[] = [{ role: 'user', content: 'Ten tokens, let us say.' }];
const usage = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
  cachedPromptTokens: 0,
  reasoningTokens: 0,
});
const PRICE = { inputUsdPerMTok: 1e5, outputUsdPerMTok: 1e6 };

test('a request can use its prompt and the longest completion', () => {
  const bound = new RequestBound(() => 10, PRICE);
  expect(bound.of(MESSAGES, 64)).toEqual({ promptTokens: 10, completionTokens: 64, usd: 65 });
});

test('without a price its tokens are known and its cost is not', () => {
  expect(new RequestBound(() => 10, null).of(MESSAGES, 64)).toMatchObject({ promptTokens: 10, usd: null });
});

test('a server that counts more prompt tokens is believed from then on', () => {
  const bound = new RequestBound(() => 10, PRICE);
  bound.learn(MESSAGES, 64, usage(25, 5));
  expect(bound.of(MESSAGES, 64).promptTokens).toBe(25);
  bound.learn(MESSAGES, 64, usage(5, 5));
  expect(bound.of(MESSAGES, 64).promptTokens).toBe(25);
});

test('so is one that does not keep to the longest completion', () => {
  const bound = new RequestBound(() => 10, PRICE);
  bound.learn(MESSAGES, 64, usage(10, 100));
  bound.learn(MESSAGES, 64, usage(10, 3));
  expect(bound.of(MESSAGES, 64).completionTokens).toBe(100);
});

test('a long completion that was allowed says nothing of requests with a lower limit', () => {
  const bound = new RequestBound(() => 10, PRICE);
  bound.learn(MESSAGES, 4000, usage(10, 3000));
  expect(bound.of(MESSAGES, 64).completionTokens).toBe(64);
});
