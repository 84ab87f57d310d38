import { describe, expect, test } from 'vitest';
import { amountUsed, commitmentOf } from '../../src/run/commitment.js';
import type { Sent } from '../../src/run/sent.js';
import { type AttemptParts, attemptOf } from '../support/run-parts.js';

const USAGE = { promptTokens: 100, completionTokens: 10, cachedPromptTokens: 0, reasoningTokens: 0 };
const PRICE = { inputUsdPerMTok: 1000, outputUsdPerMTok: 10_000 };

const sentOf = (parts: Partial<Sent> = {}): Sent => ({
  v: 1,
  example: '0',
  attempt: 1,
  session: 's1',
  model: 'small-model',
  reserved: { promptTokens: 200, completionTokens: 64, usd: 0.5 },
  ...parts,
});

describe('amountUsed', () => {
  test.each<[string, AttemptParts, object | null]>([
    ['what the server counted', { usage: USAGE, costUsd: 0.2 }, { tokens: 110, usd: 0.2 }],
    ['nothing for a refusal', { fault: ['example', 'bad_request', 'no'] }, { tokens: 0, usd: 0 }],
    ['nothing for a rate limit', { fault: ['transport', 'rate_limited', 'no'] }, { tokens: 0, usd: 0 }],
    [
      'nothing where no connection was made',
      { fault: ['transport', 'unreachable', 'no'] },
      { tokens: 0, usd: 0 },
    ],
    ['an unknown amount after a time limit', { fault: ['transport', 'timeout', 'late'] }, null],
    ['an unknown amount after a broken connection', { fault: ['transport', 'connection', 'cut'] }, null],
    ['an unknown amount for a reply without usage', {}, null],
  ])('is %s', (_, parts, expected) => {
    expect(amountUsed(attemptOf(parts))).toEqual(expected);
  });

  test('prices usage whose price was unknown then, for the same model only', () => {
    const attempt = attemptOf({ usage: USAGE });
    expect(amountUsed(attempt)).toEqual({ tokens: 110, usd: null });
    expect(amountUsed(attempt, { model: 'small-model', price: PRICE })?.usd).toBeCloseTo(0.2);
    expect(amountUsed(attempt, { model: 'other', price: PRICE })?.usd).toBeNull();
  });
});

describe('commitmentOf', () => {
  test('is nothing for a run in which nothing was sent', () => {
    expect(commitmentOf({ attempts: [], sent: [], batches: [] })).toEqual({
      total: { tokens: 0, usd: 0 },
      unanswered: [],
    });
  });

  test('puts what was used in the place of what was reserved', () => {
    const attempts = [attemptOf({ usage: USAGE, costUsd: 0.2 })];
    expect(commitmentOf({ attempts, sent: [sentOf()], batches: [] })).toEqual({
      total: { tokens: 110, usd: 0.2 },
      unanswered: [],
    });
  });

  test('keeps the reservation of an answer that did not tell what it used', () => {
    const attempts = [attemptOf({ fault: ['transport', 'timeout', 'late'] })];
    expect(commitmentOf({ attempts, sent: [sentOf()], batches: [] }).total).toEqual({
      tokens: 264,
      usd: 0.5,
    });
  });

  test('keeps the reservation of a request that was lost with its process, also when its number was given again', () => {
    const lost = sentOf();
    const again = sentOf({ session: 's2', reserved: { promptTokens: 1, completionTokens: 1, usd: 0.25 } });
    expect(commitmentOf({ attempts: [], sent: [lost], batches: [] })).toEqual({
      total: { tokens: 264, usd: 0.5 },
      unanswered: [lost],
    });
    const attempts = [attemptOf({ session: 's2', usage: USAGE, costUsd: 0.2 })];
    expect(commitmentOf({ attempts, sent: [lost, again], batches: [] })).toEqual({
      total: { tokens: 374, usd: 0.7 },
      unanswered: [lost],
    });
  });

  test('is unknown in dollars as soon as one part is', () => {
    const unpriced = sentOf({ example: '1', reserved: { promptTokens: 1, completionTokens: 1, usd: null } });
    expect(commitmentOf({ attempts: [], sent: [sentOf(), unpriced], batches: [] }).total).toEqual({
      tokens: 266,
      usd: null,
    });
    const known = { model: 'small-model', price: PRICE };
    expect(
      commitmentOf({ attempts: [], sent: [sentOf(), unpriced], batches: [] }, known).total.usd,
    ).toBeCloseTo(0.5 + 0.011);
    const unsent = attemptOf({ fault: ['transport', 'timeout', 'late'] });
    expect(commitmentOf({ attempts: [unsent], sent: [], batches: [] }).total).toEqual({
      tokens: 64,
      usd: null,
    });
  });

  test('prices what each of several models used by its own price', () => {
    const attempts = [attemptOf({ usage: USAGE }), attemptOf({ attempt: 2, model: 'judge', usage: USAGE })];
    const run = { attempts, sent: [sentOf(), sentOf({ attempt: 2, model: 'judge' })], batches: [] };
    const known = [
      { model: 'small-model', price: PRICE },
      { model: 'judge', price: { inputUsdPerMTok: 0, outputUsdPerMTok: 50_000 } },
    ];
    expect(commitmentOf(run, ...known).total.usd).toBeCloseTo(0.2 + 0.5);
    expect(commitmentOf(run, ...known.slice(0, 1)).total.usd).toBeNull();
  });
});
