import { describe, expect, test } from 'vitest';
import { proportionOf } from '../../bench/checks/proportion.ts';

describe('proportionOf', () => {
  // Four of these are the examples of Newcombe (Statistics in Medicine 17, 1998, table I, method 3).
  test.each([
    [0, 74, 0, 0.0493],
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
    [1, 1, 0.2065, 1],
  ])('puts %d of %d between %d and %d', (count, total, low, high) => {
    const proportion = proportionOf(count, total);
    expect(proportion).toMatchObject({ count, total, share: count / total });
    expect(proportion.low).toBeCloseTo(low, 4);
    expect(proportion.high).toBeCloseTo(high, 4);
  });

  test('keeps exactly to 0 and 1 where nothing or everything was counted', () => {
    for (let total = 1; total <= 200; total++) {
      expect(proportionOf(0, total).low).toBe(0);
      expect(proportionOf(total, total).high).toBe(1);
    }
  });

  test('says nothing of no rows', () => {
    expect(proportionOf(0, 0)).toEqual({ count: 0, total: 0, share: null, low: null, high: null });
  });
});
