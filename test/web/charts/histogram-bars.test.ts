import { describe, expect, it } from 'vitest';
import { layOutHistogram, markedEdges, mostOf, placeOf } from '../../../src/web/charts/histogram-bars.js';
import type { Plot } from '../../../src/web/charts/plot.js';

const PLOT: Plot = { width: 240, height: 120, left: 40, right: 0, top: 10, bottom: 10 };
const HISTOGRAM = {
  edges: [0, 10, 20],
  series: [
    { name: 'original', counts: [4, 0] },
    { name: 'refined', counts: [1, 2] },
  ],
};

describe('the bars of a histogram', () => {
  const bars = layOutHistogram(HISTOGRAM, 4, PLOT);

  it('stand on the same line, as high as their counts', () => {
    expect(bars.map(({ y, height }) => y + height)).toEqual([110, 110, 110]);
    expect(bars.map(({ height }) => height)).toEqual([100, 25, 50]);
  });

  it('stand within their ranges, the series beside each other', () => {
    const [original, refined, next] = bars;
    expect(original?.x).toBeCloseTo(49);
    expect(refined?.x).toBeCloseTo(49 + 41);
    expect(next).toMatchObject({ range: 1, series: 1 });
    for (const { x, width, range } of bars) {
      expect(x).toBeGreaterThan(40 + range * 100);
      expect(x + width).toBeLessThan(40 + (range + 1) * 100);
    }
  });

  it('leave out what was not counted', () => {
    expect(bars).toHaveLength(3);
  });

  it('can be seen however small they are beside the others', () => {
    const tiny = { edges: [0, 1, 2], series: [{ name: 'all', counts: [100_000, 1] }] };
    expect(layOutHistogram(tiny, 100_000, PLOT)[1]?.height).toBe(1.5);
  });

  it('are none for an empty histogram', () => {
    expect(layOutHistogram({ edges: [], series: [] }, 0, PLOT)).toEqual([]);
    expect(mostOf({ edges: [], series: [] })).toBe(0);
  });

  it('are drawn against the largest count of all series', () => {
    expect(mostOf(HISTOGRAM)).toBe(4);
  });
});

describe('the place of a value', () => {
  it.each([
    { value: 0, place: 40 },
    { value: 5, place: 90 },
    { value: 10, place: 140 },
    { value: 20, place: 240 },
    { value: 99, place: 240 },
  ])('is $place for $value', ({ value, place }) => {
    expect(placeOf(value, [0, 10, 20], PLOT)).toBeCloseTo(place);
  });

  it('follows ranges of different widths', () => {
    expect(placeOf(60, [0, 20, 100], PLOT)).toBeCloseTo(190);
  });
});

describe('the marked edges', () => {
  const edges = Array.from({ length: 21 }, (_, index) => index);

  it.each([
    { markWidth: 8, marked: 21 },
    { markWidth: 20, marked: 11 },
    { markWidth: 45, marked: 5 },
  ])('leave room for marks of $markWidth', ({ markWidth, marked }) => {
    expect(markedEdges(edges, markWidth, PLOT)).toHaveLength(marked);
  });

  it('are none without ranges', () => {
    expect(markedEdges([], 10, PLOT)).toEqual([]);
  });
});
