import { describe, expect, test } from 'vitest';
import { binByRange } from '../../src/report/histogram-data.js';
import { Random } from '../support/random.js';

describe('a histogram', () => {
  test('has ranges of a round, equal width and counts every value once', () => {
    const values = Array.from({ length: 101 }, (_, index) => index * 10);
    const { edges, series } = binByRange([{ name: 'a', values }]);
    expect(edges).toEqual(Array.from({ length: 21 }, (_, index) => index * 50));
    expect(series[0]?.counts).toEqual([...new Array(19).fill(5), 6]);
  });

  test('lets a few far larger values not squeeze the rest, and counts them in the last range', () => {
    const values = [...Array.from({ length: 1000 }, (_, index) => index % 100), 1_000_000];
    const { edges, series } = binByRange([{ name: 'a', values }]);
    expect(edges.at(-1)).toBe(100);
    expect(series[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(1001);
  });

  test('keeps bounds that are given', () => {
    const { edges, series } = binByRange([{ name: 'a', values: [0, 0.5, 1] }], { from: 0, to: 1 });
    expect([edges[0], edges.at(-1), edges.length]).toEqual([0, 1, 21]);
    expect([series[0]?.counts[0], series[0]?.counts[10], series[0]?.counts[19]]).toEqual([1, 1, 1]);
  });

  test.each([
    ['no values', []],
    ['only zeros', [0, 0]],
  ])('of %s has one range', (_, values) => {
    expect(binByRange([{ name: 'a', values }])).toEqual({
      edges: [0, 1],
      series: [{ name: 'a', counts: [values.length] }],
    });
  });

  test('loses no value of any size, and its edges rise', () => {
    const random = new Random(1);
    for (let round = 0; round < 200; round++) {
      const scale = 10 ** (random.below(12) - 6);
      const values = Array.from({ length: 1 + random.below(50) }, () => random.below(1000) * scale);
      const { edges, series } = binByRange([{ name: 'a', values }]);
      expect(series[0]?.counts).toHaveLength(edges.length - 1);
      expect(series[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      expect(edges).toEqual([...new Set(edges)].sort((one, other) => one - other));
    }
  });
});
