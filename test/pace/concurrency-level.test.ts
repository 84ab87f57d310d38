import { describe, expect, test } from 'vitest';
import { ConcurrencyLevel } from '../../src/pace/concurrency-level.js';
import { Random } from '../support/random.js';
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

  test('is halved where most requests fail, once for all that were under way', () => {
    const level = new ConcurrencyLevel('auto');
    for (let order = 0; order < 15; order++) level.failed(order, 20, 100);
    expect(level.level).toBe(8);
    level.failed(15, 20, 110);
    expect(level.level).toBe(4);
    for (let order = 16; order < 20; order++) level.failed(order, 40, 120);
    for (let order = 20; order < 35; order++) level.failed(order, 40, 200);
    expect(level.level).toBe(4);
    level.failed(35, 40, 210);
    expect(level.level).toBe(2);
  });

  test.each([1, 2, 3])('is not lowered by a server that fails three times in ten (seed %i)', async (seed) => {
    const random = new Random(seed);
    const level = new ConcurrencyLevel('auto');
    let at = 0;
    for (let order = 0; order < 2000; order++) {
      at += 800 / level.level;
      if (random.below(10) < 3) level.failed(order, order + 1, at);
      else level.answered(order, at);
    }
    expect(level.level).toBeGreaterThan(100);
  });

  test('given a number, is that number', () => {
    const level = new ConcurrencyLevel(7);
    for (let at = 0; at < 5000; at += 10) level.answered(at, at);
    level.failed(1, 8, 6000);
    expect(level.level).toBe(7);
    expect(level.most).toBe(7);
  });

  test('answers of those that were under way before count for no smaller level', () => {
    const level = new ConcurrencyLevel('auto');
    let at = 0;
    const answer = (count: number, everyMs: number) => {
      for (let number = 0; number < count; number++) {
        at += everyMs;
        level.answered(at, at);
      }
    };
    level.started(0);
    answer(4, 60);
    expect(level.level).toBe(32);
    // No faster than before: a smaller level is tried, while 32 are still under way.
    answer(16, 60);
    const tried = level.level;
    expect(tried).toBe(5);
    answer(32, 10);
    expect(level.level).toBe(tried);
  });
});
