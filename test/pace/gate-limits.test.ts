import { describe, expect, test } from 'vitest';
import { bucket, fixedWindow, type Limiter, slidingWindow } from '../support/limited-server.js';
import type { Random } from '../support/random.js';
import { logNormal, type Scene, simulate } from './simulation.js';

const COUNT = 1000;
const PER_MINUTE = 3000;
/** A perfect client starts with a full bucket of one second's worth, and then keeps to 50 a second. */
const SECONDS = 1000;

const latencies: Record<string, Scene['latency']> = {
  'no latency': (random) => 0.5 + random.below(10) / 10,
  '100 ms': (random) => 95 + random.below(10),
  'log-normal 800 ms': logNormal(800, 0.5),
};

const enforcements: Record<string, () => Limiter> = {
  'a bucket of 1 s': () => bucket(PER_MINUTE, 50),
  'a bucket of 5 requests': () => bucket(PER_MINUTE, 5),
  'windows of 1 s': () => fixedWindow(50, 1000),
};

const concurrencies = [50, 200, 'auto'] as const;

interface Knowledge {
  readonly scene: Partial<Scene>;
  /** Refused before the limit is known, beyond what was sent at once. */
  readonly later: number;
}

const knowledge: Record<string, Knowledge> = {
  'a flag': { scene: { rpm: PER_MINUTE }, later: 5 },
  'headers of answers': { scene: { tells: true }, later: 5 },
  'refusals with retry-after-ms': { scene: { retryAfter: 'ms' }, later: 20 },
  'bare refusals': { scene: {}, later: 20 },
};

/** What the last answers add, beyond the time in which the limit lets all requests through. */
const LAST_ANSWERS_MS: Record<string, number> = {
  'no latency': 0,
  '100 ms': 100,
  'log-normal 800 ms': 2500,
};

const rows = Object.keys(knowledge).flatMap((known) =>
  Object.keys(enforcements).flatMap((enforced) =>
    Object.keys(latencies).flatMap((latency) =>
      concurrencies.map((concurrency) => ({ known, enforced, latency, concurrency })),
    ),
  ),
);

describe('1,000 requests at 3,000 a minute', () => {
  test.each(
    rows.filter(({ known, enforced }) => !(known.startsWith('headers') && enforced.startsWith('windows'))),
  )(
    'known from $known, enforced by $enforced, with $latency and concurrency $concurrency, take hardly longer than they must',
    async ({ known, enforced, latency, concurrency }) => {
      const { scene, later } = knowledge[known] as Knowledge;
      const limiter = (enforcements[enforced] as () => Limiter)();
      const result = await simulate({
        count: COUNT,
        concurrency,
        requests: limiter,
        latency: latencies[latency] as Scene['latency'],
        ...scene,
      });
      const atBest = 19 * SECONDS + (LAST_ANSWERS_MS[latency] ?? 0);
      const loose = enforced === 'a bucket of 1 s' ? 1.1 : 1.3;
      expect(result.timeMs).toBeLessThan(atBest * loose);
      // Short windows refuse for as long as they last, and a bare refusal does not say when they end.
      expect(result.refusedLater).toBeLessThanOrEqual(enforced.startsWith('windows') ? later + 30 : later);
    },
  );

  test.each(concurrencies)(
    'a flag alone keeps a server from ever refusing, with concurrency %s',
    async (concurrency) => {
      const requests = bucket(PER_MINUTE, 5);
      const result = await simulate({
        count: COUNT,
        concurrency,
        rpm: PER_MINUTE,
        requests,
        latency: logNormal(800, 0.5),
      });
      expect(result.refused).toBe(0);
    },
  );

  test.each([1, 2, 3, 4, 5])(
    'headers are learned from before the limit is met, with seed %i',
    async (seed) => {
      const requests = bucket(PER_MINUTE, 50);
      const result = await simulate({
        count: COUNT,
        concurrency: 'auto',
        requests,
        tells: true,
        seed,
        latency: logNormal(800, 0.5),
      });
      expect(result.refused).toBeLessThanOrEqual(10);
    },
  );

  test('a pause in whole seconds costs a server of small stock throughput, and no more', async () => {
    const requests = bucket(PER_MINUTE, 50);
    const result = await simulate({
      count: COUNT,
      concurrency: 50,
      requests,
      retryAfter: 'seconds',
      latency: () => 100,
    });
    expect(result.timeMs).toBeLessThan(19 * SECONDS * 1.1);
  });
});

describe('1,000 requests at 300,000 tokens a minute', () => {
  const usedTokens = (random: Random) => 150 + random.below(300);
  const cases = [
    ['a flag', { tpm: 300_000 }, 'used'],
    ['headers of answers', { tells: true }, 'used'],
    ['refusals that say so', { says: true, retryAfter: 'ms' }, 'used'],
    ['refusals without a word', {}, 'used'],
    ['a flag, while the server counts the most that is asked for', { tpm: 300_000 }, 'most'],
    ['headers of a server that counts the most that is asked for', { tells: true }, 'most'],
    ['refusals of a server that counts the most that is asked for', { says: true }, 'most'],
  ] as const;

  test.each(
    cases.flatMap(([known, scene, charge]) =>
      concurrencies.map((concurrency) => ({ known, scene, charge, concurrency })),
    ),
  )(
    'known from $known, with concurrency $concurrency, take hardly longer than they must',
    async ({ scene, charge, concurrency }) => {
      const result = await simulate({
        count: COUNT,
        concurrency,
        tokens: bucket(300_000, 5000),
        charge,
        estimate: 600,
        usedTokens,
        latency: logNormal(800, 0.5),
        ...scene,
      });
      const atBest = (charge === 'used' ? 59 : 119) * SECONDS + 2500;
      expect(result.timeMs).toBeLessThan(atBest * 1.1);
      expect(result.refusedLater).toBeLessThan(50);
    },
  );
});

describe('a bound set by the user', () => {
  /** The most in any 60 seconds. */
  function busiestMinute(
    starts: readonly { at: number; tokens: number }[],
    weigh: (start: { tokens: number }) => number,
  ) {
    let most = 0;
    let sum = 0;
    let first = 0;
    for (const start of starts) {
      sum += weigh(start);
      for (
        let oldest = starts[first];
        oldest !== undefined && oldest.at <= start.at - 60_000;
        oldest = starts[++first]
      )
        sum -= weigh(oldest);
      most = Math.max(most, sum);
    }
    return most;
  }

  test.each([1, 7, 60, 600, 3000])(
    'of %i requests a minute holds in every minute, without a server that enforces it',
    async (rpm) => {
      const { starts, timeMs } = await simulate({ count: rpm * 3, concurrency: 64, rpm, latency: () => 5 });
      expect(busiestMinute(starts, () => 1)).toBeLessThanOrEqual(rpm);
      expect(timeMs).toBeLessThan(3 * 60_000 * 1.02);
    },
  );

  test.each([
    [300_000, 500],
    [60_000, 500],
    [20_000, 700],
  ])('of %i tokens a minute holds in every minute', async (tpm, estimate) => {
    const usedTokens = (random: Random) => estimate - random.below(100);
    const { starts } = await simulate({
      count: 300,
      concurrency: 32,
      tpm,
      estimate,
      usedTokens,
      latency: () => 200,
    });
    expect(busiestMinute(starts, ({ tokens }) => tokens)).toBeLessThanOrEqual(tpm);
  });

  test('of tokens holds even when requests suddenly use all that they were estimated at', async () => {
    let requests = 0;
    const { starts } = await simulate({
      count: 1700,
      concurrency: 32,
      tpm: 60_000,
      estimate: 500,
      usedTokens: () => (requests++ < 1500 ? 50 : 500),
      latency: () => 2000,
    });
    expect(busiestMinute(starts, ({ tokens }) => tokens)).toBeLessThanOrEqual(60_000);
  });

  test('of tokens is used up even when requests use a small part of what they were estimated at', async () => {
    const { timeMs } = await simulate({
      count: 1000,
      concurrency: 32,
      tpm: 60_000,
      estimate: 500,
      usedTokens: () => 60,
      latency: () => 500,
    });
    expect(timeMs).toBeLessThan(60_000 * 1.1);
  });

  test('lets a request that is larger than all of it go alone, and then waits', async () => {
    const { starts } = await simulate({
      count: 3,
      concurrency: 3,
      tpm: 100,
      estimate: 500,
      usedTokens: () => 500,
      latency: () => 5,
    });
    expect(starts).toHaveLength(3);
    expect((starts[2]?.at ?? 0) - (starts[0]?.at ?? 0)).toBeGreaterThan(2 * 60_000);
  });

  test('that is higher than what the server allows gives way to its refusals', async () => {
    const result = await simulate({
      count: 500,
      concurrency: 50,
      rpm: 6000,
      requests: bucket(3000, 50),
      latency: () => 100,
    });
    expect(result.refusedLater).toBeLessThan(25);
    expect(result.timeMs).toBeLessThan(9 * SECONDS * 1.2);
  });
});

describe('limits that are no rates for a minute', () => {
  test('a limit for a day is no rate: what is left of it is used without waiting', async () => {
    const perDay = { ...bucket(14_400 / 1440, 14_400), limit: 14_400 };
    const result = await simulate({
      count: 300,
      concurrency: 50,
      requests: perDay,
      tells: true,
      latency: () => 500,
    });
    expect(result.refused).toBe(0);
    expect(result.timeMs).toBeLessThan(4 * SECONDS);
  });

  test('a limit for a second is not taken for one for a minute', async () => {
    const result = await simulate({
      count: COUNT,
      concurrency: 50,
      requests: fixedWindow(50, 1000),
      tells: true,
      latency: () => 5,
    });
    expect(result.timeMs).toBeLessThan(19 * SECONDS * 1.1);
    expect(result.refusedLater).toBeLessThan(25);
  });

  test.each([
    ['fixed', fixedWindow],
    ['sliding', slidingWindow],
  ])('a %s window of a minute that is used up is waited for', async (_, window) => {
    const result = await simulate({
      count: 100,
      concurrency: 10,
      requests: window(20, 60_000),
      retryAfter: 'seconds',
      latency: () => 300,
    });
    expect(result.timeMs).toBeLessThan(5 * 60 * SECONDS);
    expect(result.refused).toBeLessThan(60);
    expect(result.closed).toBeNull();
  });

  test('a server that refuses without a word for a minute is asked less and less often', async () => {
    const result = await simulate({
      count: 40,
      concurrency: 10,
      requests: fixedWindow(20, 60_000),
      latency: () => 300,
    });
    expect(result.timeMs).toBeLessThan(2 * 60 * SECONDS);
    expect(result.refused).toBeLessThan(40);
  });

  test('a wait that is longer than is granted ends the run', async () => {
    const requests = fixedWindow(20, 3_600_000);
    const result = await simulate({
      count: 40,
      concurrency: 10,
      requests,
      retryAfter: 'seconds',
      maxWaitMs: 300_000,
      latency: () => 300,
    });
    expect(result.closed?.waitMs).toBeGreaterThan(300_000);
    expect(result.closed?.words).toBe('Rate limit reached');
    expect(result.timeMs).toBeLessThan(60 * SECONDS);
  });

  test('a used-up limit that is told to come back too late ends the run', async () => {
    const perDay = { ...bucket(200 / 1440, 200), limit: 200 };
    const result = await simulate({
      count: 220,
      concurrency: 10,
      requests: perDay,
      tells: true,
      latency: () => 100,
    });
    expect(result.closed).not.toBeNull();
    expect(result.refused).toBeLessThanOrEqual(10);
  });

  test.each(['none', 'ms'] as const)(
    'a server that refuses everything for a minute is used fully afterwards (retry-after: %s)',
    async (retryAfter) => {
      const later = bucket(PER_MINUTE, 50);
      const requests: Limiter = {
        ...later,
        admit: (cost, now) => (now < 60 * SECONDS ? 60 * SECONDS - now : later.admit(cost, now)),
      };
      const result = await simulate({
        count: COUNT,
        concurrency: 50,
        requests,
        retryAfter,
        latency: () => 100,
      });
      expect(result.timeMs).toBeLessThan((60 + 15 + 20) * 1.1 * SECONDS);
    },
  );

  test('a server that goes on refusing is asked by few, however fast requests may be sent', async () => {
    const result = await simulate({
      count: 1500,
      concurrency: 100,
      rpm: 12_000,
      requests: fixedWindow(1000, 60_000),
      slowRefusals: true,
      latency: () => 300,
    });
    expect(result.refused).toBeLessThan(200);
  });

  test('refusals of what was sent before the limit was told change nothing of it', async () => {
    const requests = bucket(PER_MINUTE, 50);
    const result = await simulate({
      count: 500,
      concurrency: 200,
      requests,
      tells: true,
      latency: () => 100,
    });
    expect(result.refused).toBeGreaterThan(100);
    expect(result.gate.state().requestsPerMinute).toBe(PER_MINUTE);
  });

  test('a limit that is lowered in the middle is followed', async () => {
    const before = bucket(2 * PER_MINUTE, 50);
    const after = bucket(PER_MINUTE / 2, 50);
    const requests: Limiter = {
      ...before,
      admit: (cost, now) => (now < 10 * SECONDS ? before : after).admit(cost, now),
    };
    const result = await simulate({ count: 2000, concurrency: 50, requests, latency: () => 100 });
    expect(result.timeMs).toBeLessThan((10 + 39) * 1.15 * SECONDS);
    expect(result.refusedLater).toBeLessThan(60);
  });

  test('a limit that is raised in the middle is followed', async () => {
    const before = bucket(PER_MINUTE / 2, 25);
    const after = bucket(PER_MINUTE * 2, 100);
    const requests: Limiter = {
      ...before,
      admit: (cost, now) => (now < 10 * SECONDS ? before : after).admit(cost, now),
    };
    const result = await simulate({ count: 2000, concurrency: 50, requests, latency: () => 100 });
    expect(result.timeMs).toBeLessThan(60 * SECONDS);
  });
});
