import { describe, expect, test } from 'vitest';
import { limitedBy, readRateLimits } from '../../src/model/rate-limit-headers.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;

const read = (headers: Record<string, string>) => readRateLimits((name) => headers[name], NOW);

describe('readRateLimits', () => {
  test.each([
    ['20ms', 20],
    ['1s', 1000],
    ['6m0s', 360_000],
    ['7m12s', 432_000],
    ['1h2m3.5s', 3_723_500],
    ['2m59.56s', 179_560],
    ['1d2h', 93_600_000],
    ['0s', 0],
    ['12.5', 12_500],
    ['2026-03-01T12:00:30Z', 30_000],
    ['2026-03-01T11:59:00Z', 0],
    ['Sun, 01 Mar 2026 12:01:00 GMT', 60_000],
    [String(NOW / 1000 + 45), 45_000],
    [String(NOW + 45_000), 45_000],
    [String(NOW - 45_000), 0],
    [String(NOW / 1000 - 45), 0],
  ])('reads the reset "%s" as %i ms', (reset, resetMs) => {
    const limits = read({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': reset,
    });
    expect(limits?.requests?.resetMs).toBeCloseTo(resetMs, 3);
  });

  test('reads both limits of OpenAI and Groq', () => {
    expect(
      read({
        'x-ratelimit-limit-requests': '14400',
        'x-ratelimit-remaining-requests': '14370',
        'x-ratelimit-reset-requests': '3m0s',
        'x-ratelimit-limit-tokens': '18000',
        'x-ratelimit-remaining-tokens': '17997',
        'x-ratelimit-reset-tokens': '10ms',
      }),
    ).toEqual({
      requests: { limit: 14_400, remaining: 14_370, resetMs: 180_000, windowMs: MINUTE_MS },
      tokens: { limit: 18_000, remaining: 17_997, resetMs: 10, windowMs: MINUTE_MS },
    });
  });

  test('reads those of Anthropic', () => {
    expect(
      read({
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '49',
        'anthropic-ratelimit-requests-reset': '2026-03-01T12:00:01Z',
        'anthropic-ratelimit-tokens-limit': '50000',
        'anthropic-ratelimit-tokens-remaining': '48000',
        'anthropic-ratelimit-tokens-reset': '2026-03-01T12:00:02Z',
      }),
    ).toEqual({
      requests: { limit: 50, remaining: 49, resetMs: 1000, windowMs: MINUTE_MS },
      tokens: { limit: 50_000, remaining: 48_000, resetMs: 2000, windowMs: MINUTE_MS },
    });
  });

  test.each([
    [
      'OpenRouter',
      { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 9000) },
      { limit: 50, remaining: 0, resetMs: 9000, windowMs: null },
    ],
    [
      'the draft, with its policy',
      {
        'ratelimit-limit': '100',
        'ratelimit-remaining': '40',
        'ratelimit-reset': '30',
        'ratelimit-policy': '100;w=60',
      },
      { limit: 100, remaining: 40, resetMs: 30_000, windowMs: MINUTE_MS },
    ],
    [
      'the draft, with the policy in the limit',
      { 'ratelimit-limit': '100, 100;w=10', 'ratelimit-remaining': '40', 'ratelimit-reset': '5' },
      { limit: 100, remaining: 40, resetMs: 5000, windowMs: 10_000 },
    ],
    [
      'the later draft',
      { ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' },
      { limit: 100, remaining: 50, resetMs: 30_000, windowMs: MINUTE_MS },
    ],
    [
      'draft 7',
      { ratelimit: 'limit=100, remaining=50, reset=5', 'ratelimit-policy': '100;w=60' },
      { limit: 100, remaining: 50, resetMs: 5000, windowMs: MINUTE_MS },
    ],
  ])('reads that of %s as one of requests', (_, headers, requests) => {
    expect(read(headers as Record<string, string>)).toEqual({ requests });
  });

  test.each([
    ['nothing', {}],
    ['no reset', { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '59' }],
    ['a reset in words', { 'ratelimit-limit': '60', 'ratelimit-remaining': '1', 'ratelimit-reset': 'soon' }],
    ['a negative count', { 'ratelimit-limit': '60', 'ratelimit-remaining': '-1', 'ratelimit-reset': '1' }],
    ['a limit of 0', { 'ratelimit-limit': '0', 'ratelimit-remaining': '0', 'ratelimit-reset': '1' }],
    ['no quota', { ratelimit: '"default";r=50;t=30' }],
  ])('tells nothing where there is %s', (_, headers) => {
    expect(read(headers as Record<string, string>)).toBeNull();
  });

  test('tells the one limit that is whole', () => {
    const limits = read({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-limit-tokens': '100',
      'x-ratelimit-remaining-tokens': '90',
      'x-ratelimit-reset-tokens': '1s',
    });
    expect(limits).toEqual({ tokens: { limit: 100, remaining: 90, resetMs: 1000, windowMs: MINUTE_MS } });
  });
});

describe('limitedBy', () => {
  const limit = (remaining: number) => ({ limit: 100, remaining, resetMs: 1, windowMs: MINUTE_MS });

  test.each([
    ['Rate limit reached for gpt-x on tokens per min (TPM): Limit 10000, Used 9000', 'tokens'],
    ['Rate limit reached for gpt-x on requests per min (RPM): Limit 3, Used 3', 'requests'],
    ['Rate limit reached on requests per day (RPD): Limit 200', 'requests'],
    ['Too many. rate_limit_exceeded tokens', 'tokens'],
    ['Too many. rate_limit_exceeded requests', 'requests'],
    ['This would exceed the rate limit of 40,000 input tokens per minute', 'tokens'],
    ['You have exceeded the maximum number of tokens allowed within a given time frame', 'tokens'],
    ['Too Many Requests', null],
    ['Slow down', null],
    ['requests per minute or tokens per minute', null],
  ])('reads "%s" as %s', (words, by) => {
    expect(limitedBy(words, null)).toBe(by);
  });

  test('looks at what is left where words say nothing', () => {
    expect(limitedBy('Slow down', { requests: limit(0), tokens: limit(5) })).toBe('requests');
    expect(limitedBy('Slow down', { requests: limit(5), tokens: limit(0) })).toBe('tokens');
    expect(limitedBy('Slow down', { requests: limit(0), tokens: limit(0) })).toBeNull();
    expect(limitedBy('Slow down', { tokens: limit(1) })).toBeNull();
  });
});
