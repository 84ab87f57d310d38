import { describe, expect, test } from 'vitest';
import { drawHistogram } from '../../src/report/histogram.js';

/** The ranges and counts of the bars, without the bars. */
function barsOf(
  counts: readonly (readonly [number, number])[],
  threshold = 0,
): [range: string, rows: string][] {
  return drawHistogram(new Map(counts), threshold, 80).map((line) => {
    const [range = '', rows = ''] = line.trim().split(/\s+/);
    return [range, rows];
  });
}

function linesWith(
  text: string,
  counts: readonly (readonly [number, number])[],
  threshold: number,
): string[] {
  return drawHistogram(new Map(counts), threshold, 80).filter((line) => line.includes(text));
}

describe('a histogram', () => {
  test('has a bar for each length where they are few', () => {
    expect(
      drawHistogram(
        new Map([
          [3, 1],
          [1, 4],
          [2, 2],
        ]),
        2,
        40,
      ),
    ).toEqual([
      `  1  4  ${'█'.repeat(19)}`,
      `  2  2  ${'█'.repeat(10)}  <- cut at 2`,
      `  3  1  ${'█'.repeat(5)}`,
    ]);
  });

  test('has ranges that grow by the same factor where lengths are far apart, and every row in one of them', () => {
    const counts = Array.from({ length: 10_000 }, (_, index) => [index + 1, 1] as const);
    const bars = barsOf(counts);
    expect(bars.length).toBeLessThanOrEqual(14);
    expect(bars.at(-1)?.[0]).toBe('5,180-10,000');
    expect(bars.reduce((sum, [, rows]) => sum + Number(rows.replace(',', '')), 0)).toBe(10_000);
    const starts = bars.map(([range]) => Number(range.split('-')[0]?.replace(',', '')));
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    // Each range begins where the one before ends.
    for (const [index, [range]] of bars.slice(0, -1).entries()) {
      expect(Number(range.split('-').at(-1)?.replace(',', '')) + 1).toBe(starts[index + 1]);
    }
  });

  test.each<[string, (readonly [number, number])[], [string, string][]]>([
    ['one length', [[7, 3]], [['7', '3']]],
    ['one length that is no whole number', [[4.5, 3]], [['4.5', '3']]],
    ['no length at all', [[0, 3]], [['0', '3']]],
    [
      'two lengths',
      [
        [0, 1],
        [1, 2],
      ],
      [
        ['0', '1'],
        ['1', '2'],
      ],
    ],
  ])('of %s', (_, counts, bars) => {
    expect(barsOf(counts)).toEqual(bars);
  });

  test('of ratings below and above zero counts each once', () => {
    const bars = barsOf([
      [-3, 1],
      [-0.5, 2],
      [0, 3],
      [2.25, 4],
      [5, 5],
    ]);
    expect(bars).toHaveLength(14);
    expect(bars[0]).toEqual(['-3--2.429', '1']);
    expect(bars.at(-1)).toEqual(['4.429-5', '5']);
    expect(bars.reduce((sum, [, rows]) => sum + Number(rows), 0)).toBe(15);
  });

  test.each([
    [1, '1'],
    [192, '142-206'],
    [1000, '1,000'],
  ])('marks the one range in which the cut at %d falls', (threshold) => {
    const counts = Array.from({ length: 1000 }, (_, index) => [index + 1, 1] as const);
    const marked = linesWith('<- cut at', counts, threshold);
    expect(marked).toHaveLength(1);
    expect(marked[0]).toContain(`  <- cut at ${threshold.toLocaleString('en-US')}`);
    const [from = 0, to = from] = (marked[0]?.trim().split(/\s+/)[0] ?? '')
      .replaceAll(',', '')
      .split('-')
      .map(Number);
    expect(from <= threshold && threshold <= to).toBe(true);
  });

  test('marks the cut at the highest rating', () => {
    const marked = linesWith(
      '<- cut at 5',
      [
        [0.5, 9],
        [4.75, 2],
        [5, 1],
      ],
      5,
    );
    expect(marked).toHaveLength(1);
    expect(marked[0]).toMatch(/-5 /);
  });

  test('shows few rows beside many', () => {
    expect(
      drawHistogram(
        new Map([
          [1, 50_000],
          [2, 1],
        ]),
        1,
        80,
      )[1],
    ).toBe('  2       1  █');
  });

  test('has no bar where there are no rows', () => {
    expect(
      drawHistogram(
        new Map([
          [1, 1],
          [3, 1],
        ]),
        1,
        80,
      )[1],
    ).toBe('  2  0  ');
  });

  test.each([60, 80, 200])('is no wider than %d columns', (columns) => {
    const counts = Array.from({ length: 5000 }, (_, index) => [index, 1 + (index % 7)] as const);
    const widths = drawHistogram(new Map(counts), 4321, columns).map((line) => line.length);
    expect(Math.max(...widths)).toBe(columns);
  });

  test('still has bars where there is no room', () => {
    expect(drawHistogram(new Map([[1, 1]]), 1, 1)).toEqual([`  1  1  ${'█'.repeat(10)}  <- cut at 1`]);
  });
});
