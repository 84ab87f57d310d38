import { describe, expect, test } from 'vitest';
import { bucket, type Limiter } from '../support/limited-server.js';
import { Random } from '../support/random.js';
import { simulate } from './simulation.js';

/** Refuses so many in a hundred, however fast they come. */
function sporadic(percent: number, seed = 5): Limiter {
  const random = new Random(seed);
  return {
    limit: 1e9,
    admit: () => (random.below(100) < percent ? 5 : 0),
    level: () => ({ remaining: 1e9, resetMs: 1 }),
  };
}

describe('refusals that come whatever the rate', () => {
  test.each([
    [1, 64, 'none', 35],
    [2, 64, 'none', 50],
    [2, 64, 'ms', 50],
    [6, 64, 'none', 50],
    [6, 64, 'ms', 50],
    [10, 64, 'none', 35],
    [20, 64, 'ms', 35],
    [20, 64, 'none', 35],
    [2, 'auto', 'ms', 50],
    [6, 'auto', 'none', 50],
  ] as const)(
    '(%i in a hundred, concurrency %s, retry-after %s) do not slow a run down for long',
    async (percent, concurrency, retryAfter, atOnce) => {
      const count = 3000;
      const latency = (): number => 1000;
      const scene = { count, concurrency, retryAfter, latency, requests: sporadic(percent) };
      const { timeMs } = await simulate(scene);
      // No longer than so many at once would take without refusals.
      expect(timeMs).toBeLessThan((count / atOnce) * 1000);
    },
  );

  test('give way to a limit that is met later', async () => {
    const noise = sporadic(6);
    const limit = bucket(3000, 50);
    let asked = 0;
    const server: Limiter = {
      ...noise,
      admit: (cost, now) => (asked++ < 1500 ? noise : limit).admit(cost, now),
    };
    const { refused, timeMs } = await simulate({
      count: 3000,
      concurrency: 64,
      retryAfter: 'ms',
      latency: () => 100,
      requests: server,
    });
    // 1,500 at 50 a second, and what the noise costs before.
    expect(timeMs).toBeLessThan(30_000 * 1.1 + 15_000);
    expect(refused).toBeLessThan(1500 * 0.08 + 120);
  });
});
