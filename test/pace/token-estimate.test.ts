import { describe, expect, test } from 'vitest';
import { TokenEstimate } from '../../src/pace/token-estimate.js';

const usage = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
  cachedPromptTokens: 0,
  reasoningTokens: 0,
});

describe('TokenEstimate', () => {
  test('first guesses from the lengths alone: four bytes a token, and a critique', () => {
    const estimate = new TokenEstimate(4096);
    expect(estimate.of({ promptBytes: 4000, responseBytes: 2000 })).toBe(1000 + 500 + 250);
  });

  test('expects no longer completion than is allowed', () => {
    expect(new TokenEstimate(100).of({ promptBytes: 4000, responseBytes: 2000 })).toBe(1100);
  });

  test.each([
    ['twice as many tokens', usage(2000, 1500)],
    ['half as many', usage(500, 375)],
    ['another share of prompt and completion', usage(100, 3000)],
  ])('comes to what the server counts: %s', (_, counted) => {
    const estimate = new TokenEstimate(4096);
    const size = { promptBytes: 4000, responseBytes: 2000 };
    for (let answers = 0; answers < 200; answers++) estimate.learn(size, counted);
    const real = counted.promptTokens + counted.completionTokens;
    expect(estimate.of(size)).toBeGreaterThan(0.98 * real);
    expect(estimate.of(size)).toBeLessThan(1.02 * real);
  });

  test('is not thrown off by a server that counts nothing', () => {
    const estimate = new TokenEstimate(4096);
    estimate.learn({ promptBytes: 0, responseBytes: 0 }, usage(0, 0));
    expect(estimate.of({ promptBytes: 0, responseBytes: 0 })).toBeGreaterThanOrEqual(0);
  });
});
