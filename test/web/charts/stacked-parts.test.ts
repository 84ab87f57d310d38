import { describe, expect, it } from 'vitest';
import { stackParts } from '../../../src/web/charts/stacked-parts.js';

const widths = (values: readonly number[], width: number, least?: number) =>
  stackParts(values, width, least).map((part) => part.width);

describe('the parts of a stacked bar', () => {
  it('are as wide as their shares', () => {
    expect(widths([50, 30, 20], 200)).toEqual([100, 60, 40]);
  });

  it('follow each other without a gap and fill the bar', () => {
    const parts = stackParts([3, 0, 1, 996], 100, 2);
    const ends = parts.map(({ x, width }) => x + width);
    expect(parts.map(({ x }) => x)).toEqual([0, ...ends.slice(0, -1)]);
    expect(ends.at(-1)).toBeCloseTo(100);
  });

  it('leave out what is 0, and know what they stand for', () => {
    expect(stackParts([0, 5, 0, 5], 10).map(({ place }) => place)).toEqual([1, 3]);
  });

  it('are never too narrow to be seen, and the wide ones make room', () => {
    const [few, many] = widths([1, 999], 100, 4);
    expect(few).toBe(4);
    expect(many).toBeCloseTo(96);
  });

  it('stay wide enough when making room makes another one narrow', () => {
    const parts = widths([1, 21, 978], 100, 2.1);
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(2.1);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(100);
  });

  it('share a bar that is too narrow for all of them', () => {
    expect(widths([1, 1, 1, 1], 4, 2)).toEqual([1, 1, 1, 1]);
  });

  it('are none of nothing', () => {
    expect(stackParts([0, 0], 100)).toEqual([]);
  });
});
