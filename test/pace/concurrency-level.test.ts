import { describe, expect, test } from 'vitest';
import { logNormal, type Result, simulate } from './simulation.js';

/** The level that was in force for most of the time after `fromMs`. */
function usualLevel({ levels, timeMs }: Result, fromMs: number): number {
  const times = new Map<number, number>();
  for (const [place, [at, level]] of levels.entries()) {
    const from = Math.max(fromMs, at);
    const until = Math.max(from, levels[place + 1]?.[0] ?? timeMs);
    times.set(level, (times.get(level) ?? 0) + until - from);
  }
  return [...times].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 0;
}

describe('concurrency auto', () => {
  test.each([
    [1, 1, 8],
    [4, 4, 10],
    [64, 60, 128],
  ])('comes near the %i slots of a server that queues the rest', async (slots, least, most) => {
    const result = await simulate({ count: 2000, concurrency: 'auto', slots, latency: logNormal(100, 0.3) });
    const level = usualLevel(result, result.timeMs / 3);
    expect(level).toBeGreaterThanOrEqual(least);
    expect(level).toBeLessThanOrEqual(most);
  });

  test.each([1, 4, 64])('loses little to one that knows of the %i slots', async (slots) => {
    const scene = { count: 2000, slots, latency: logNormal(100, 0.3) };
    const found = await simulate({ ...scene, concurrency: 'auto' });
    const known = await simulate({ ...scene, concurrency: slots * 2 });
    expect(found.timeMs).toBeLessThan(known.timeMs * 1.25);
  });

  test.each([1, 2, 3])(
    'soon has over 100 requests under way at an unlimited server (seed %i)',
    async (seed) => {
      const result = await simulate({ count: 2000, concurrency: 'auto', seed, latency: logNormal(800, 0.5) });
      const [at] = result.levels.find(([, level]) => level > 100) ?? [Number.POSITIVE_INFINITY];
      expect(at).toBeLessThan(5000);
      expect(Math.max(...result.levels.map(([, level]) => level))).toBe(256);
    },
  );

  test('stays small where one thing is done after the other, however fast', async () => {
    const result = await simulate({ count: 5000, concurrency: 'auto', slots: 1, latency: () => 0.7 });
    expect(usualLevel(result, 1000)).toBeLessThanOrEqual(8);
  });

  test('does not grow while a limit is what holds requests back', async () => {
    const result = await simulate({ count: 1000, concurrency: 'auto', rpm: 600, latency: () => 200 });
    expect(Math.max(...result.levels.map(([, level]) => level))).toBeLessThanOrEqual(8);
  });
});
