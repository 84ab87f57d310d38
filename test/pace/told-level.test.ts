import { describe, expect, test } from 'vitest';
import type { ToldLimit } from '../../src/model/rate-limit-headers.js';
import type { Start } from '../../src/pace/start.js';
import { ToldLevel } from '../../src/pace/told-level.js';

/** The start number `order`, of many that cost 1 each. */
const start = (order: number, at: number): Start => ({ order, at, cost: 1, before: order, capped: null });

const told = (
  limit: number,
  remaining: number,
  resetMs: number,
  windowMs: number | null = 60_000,
): ToldLimit => ({
  limit,
  remaining,
  resetMs,
  windowMs,
});

/** A level that has heard these limits, one a millisecond after the other. */
function heard(...limits: readonly ToldLimit[]): ToldLevel {
  const level = new ToldLevel();
  for (const [order, limit] of limits.entries()) level.hear(limit, start(order, order), order);
  return level;
}

describe('ToldLevel', () => {
  test.each([
    ['a bucket for a minute', told(3000, 2900, 2000), 3000],
    ['one that is full', told(3000, 3000, 0), 3000],
    ['one that shows less than its limit', told(3000, 40, 200), 3000],
    ['a limit for a day', told(14_400, 14_370, 180_000), null],
    ['a limit for a day that is told to reset soon', told(14_400, 14_392, 48_000), null],
    ['a limit of unknown length', told(3000, 2900, 2000, null), null],
    ['a limit for a second', told(50, 30, 400), null],
  ])('%s gives the rate to keep to', (_, limit, perMinute) => {
    const { rate } = heard(limit);
    expect(rate === null ? null : Math.round(rate * 60_000)).toBe(perMinute);
  });

  test('what is left is used without waiting, and no more', () => {
    const level = heard(told(100, 3, 30_000, null));
    expect(level.waitMs(1, 1, 0)).toBe(0);
    expect(level.waitMs(1, 3, 0)).toBe(0);
    expect(level.waitMs(1, 4, 0)).toBeGreaterThan(0);
  });

  test('what is used up refills little by little', () => {
    const level = heard(told(100, 0, 100_000, null));
    expect(level.waitMs(1, 1, 0)).toBeCloseTo(1000);
    expect(level.waitMs(1, 1, 400)).toBeCloseTo(600);
    expect(level.waitMs(1, 1, 1000)).toBe(0);
  });

  test('the limit told beside the request that was sent last counts', () => {
    const level = new ToldLevel();
    level.hear(told(100, 0, 30_000, null), start(7, 70), 100);
    level.hear(told(100, 80, 30_000, null), start(2, 20), 110);
    expect(level.told?.remaining).toBe(0);
  });

  test('a window that ends at a fixed moment is waited for to its end', () => {
    const level = new ToldLevel();
    level.hear(told(100, 90, 60_000), start(0, 0), 0);
    level.hear(told(100, 0, 50_000), start(90, 10_000), 10_000);
    expect(level.waitMs(1, 91, 20_000)).toBe(40_000);
    expect(level.waitMs(1, 91, 60_000)).toBe(0);
  });

  test('a short window begins anew each time, before anybody tells', () => {
    const level = heard(told(50, 30, 1000));
    expect(level.waitMs(1, 31, 500)).toBe(500);
    expect(level.waitMs(1, 100, 1000)).toBe(0);
    expect(level.waitMs(1, 149, 1200)).toBe(0);
    expect(level.waitMs(1, 150, 1200)).toBe(800);
    expect(level.waitMs(1, 150, 2000)).toBe(0);
  });

  test('says nothing about a limit whose reset is over', () => {
    expect(heard(told(14_400, 0, 5000, null)).waitMs(1, 500, 5001)).toBe(0);
  });
});
