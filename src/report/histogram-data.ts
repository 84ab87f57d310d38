import type { HistogramData } from './run-data.js';

/** About how many ranges a histogram has. */
const RANGES = 20;
/** What a range may measure, times a power of ten, so that its edges are round numbers. */
const ROUND = [1, 2, 2.5, 5, 10];
/** Largest values that get a range together with all larger ones, so that a few do not squeeze the rest. */
const MOST_OUTLYING = 0.01;

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * Counts in ranges of equal, round width how many values lie there; the last range also takes the few that are far larger.
 *
 * @param bounds where the ranges begin and end; default: around the values, from 0
 */
export function binByRange(
  series: readonly Series[],
  bounds?: { readonly from: number; readonly to: number },
): HistogramData {
  const all = Float64Array.from(series.flatMap(({ values }) => values)).sort();
  const from = bounds?.from ?? 0;
  const usual = all[Math.ceil(all.length * (1 - MOST_OUTLYING)) - 1] ?? 0;
  const to = bounds?.to ?? Math.max(usual, 0);
  if (all.length === 0 || to <= from) {
    const counts = series.map(({ name, values }) => ({ name, counts: [values.length] }));
    return { edges: [from, to > from ? to : from + 1], series: counts };
  }
  const width = roundWidth((to - from) / RANGES);
  const ranges = Math.max(1, Math.ceil((to - from) / width - 1e-9));
  const edges = Array.from({ length: ranges + 1 }, (_, index) =>
    Number((from + index * width).toPrecision(12)),
  );
  return {
    edges,
    series: series.map(({ name, values }) => {
      const counts = new Array<number>(ranges).fill(0);
      for (const value of values) {
        const range = Math.min(ranges - 1, Math.max(0, Math.floor((value - from) / width)));
        counts[range] = (counts[range] ?? 0) + 1;
      }
      return { name, counts };
    }),
  };
}

function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = ROUND.find((round) => round * power >= width * (1 - 1e-9)) ?? 10;
  return factor * power;
}
