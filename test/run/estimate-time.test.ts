import { describe, expect, test } from 'vitest';
import { estimateTimeMs, type TimeSource } from '../../src/run/estimate-time.js';
import { type AttemptParts, attemptOf } from '../support/run-parts.js';

function timeOf(parts: Partial<TimeSource>): number | null {
  const limits = { rpm: null, tpm: null };
  return estimateTimeMs({ requests: 100, tokens: 10_000, limits, concurrency: null, attempts: [], ...parts });
}

/** `count` requests of a second each, `atOnce` of them under way at a time. */
function callOf(count: number, atOnce: number, parts: AttemptParts = {}) {
  return Array.from({ length: count }, (_, index) =>
    attemptOf({
      sentAt: new Date(Date.UTC(2025, 0, 2) + Math.floor(index / atOnce) * 1000).toISOString(),
      durationMs: 1000,
      ...parts,
    }),
  );
}

describe('the time of a call', () => {
  test.each<[string, Partial<TimeSource>, number | null]>([
    ['is unknown when nothing is', {}, null],
    ['is what requests a minute make it', { limits: { rpm: 50, tpm: null } }, 120_000],
    ['is what tokens a minute make it', { limits: { rpm: null, tpm: 1000 } }, 600_000],
    ['is what the tighter of both makes it', { limits: { rpm: 50, tpm: 1000 } }, 600_000],
    ['follows the pace so far', { attempts: callOf(20, 4) }, 25_000],
    ['follows the pace at another concurrency', { attempts: callOf(20, 4), concurrency: 10 }, 10_000],
    ['is no shorter than one request', { attempts: callOf(20, 4), concurrency: 500 }, 1000],
    ['is unknown after too few replies', { attempts: callOf(9, 3) }, null],
    [
      'is unknown without replies',
      { attempts: callOf(50, 5, { fault: ['transport', 'timeout', ''] }) },
      null,
    ],
    ['is unknown when the clock stood still', { attempts: callOf(20, 4, { durationMs: 0 }) }, null],
    [
      'is what the limit makes it where the pace was faster',
      { attempts: callOf(20, 4), limits: { rpm: 60, tpm: null } },
      100_000,
    ],
    [
      'is what the pace makes it where the limit would allow more',
      { attempts: callOf(20, 4), limits: { rpm: 6000, tpm: null } },
      25_000,
    ],
    [
      'follows the latest call that brought enough replies',
      {
        attempts: [
          ...callOf(20, 1, { session: 'a' }),
          ...callOf(20, 10, { session: 'b' }),
          ...callOf(5, 1, { session: 'c' }),
        ],
      },
      10_000,
    ],
    [
      'takes re-sent requests for work',
      { attempts: [...callOf(10, 20, { fault: ['transport', 'timeout', ''] }), ...callOf(10, 20)] },
      10_000,
    ],
    ['is 0 for no requests', { requests: 0, limits: { rpm: 1, tpm: 1 } }, 0],
  ])('%s', (_, parts, timeMs) => {
    expect(timeOf(parts)).toBe(timeMs);
  });
});
