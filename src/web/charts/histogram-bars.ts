import type { HistogramData } from '../../report/run-data.js';
import { heightOf, type Plot, plotWidth } from './plot.js';

/** A bar, in units of the drawing. */
export interface Bar {
  /** Which range and which series it belongs to, from 0. */
  readonly range: number;
  readonly series: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Share of a range's width that its bars take; the rest is the gap to the next range. */
const FILLED = 0.82;
/** A count that is not 0 is to be seen, however small it is beside the others. */
const LEAST_HEIGHT = 1.5;

/** Where the bars of a histogram stand: the series side by side, every range equally wide. */
export function layOutHistogram({ edges, series }: HistogramData, most: number, plot: Plot): Bar[] {
  const rangeWidth = plotWidth(plot) / Math.max(1, edges.length - 1);
  const barWidth = (rangeWidth * FILLED) / Math.max(1, series.length);
  const base = heightOf(0, most, plot);
  return series.flatMap(({ counts }, place) =>
    counts.flatMap((count, range): Bar[] => {
      if (count === 0) return [];
      const y = Math.min(heightOf(count, most, plot), base - LEAST_HEIGHT);
      const x = plot.left + range * rangeWidth + (rangeWidth * (1 - FILLED)) / 2 + place * barWidth;
      return [{ range, series: place, x, y, width: barWidth, height: base - y }];
    }),
  );
}

/** The largest count of a histogram. */
export function mostOf({ series }: HistogramData): number {
  return Math.max(0, ...series.flatMap(({ counts }) => counts));
}

/** Where a measured value stands between the edges, in units of the drawing. */
export function placeOf(value: number, edges: readonly number[], plot: Plot): number {
  const last = edges.length - 1;
  const rangeWidth = plotWidth(plot) / Math.max(1, last);
  const range = edges.findIndex((edge, index) => index === last || value < (edges[index + 1] ?? edge));
  const [from = 0, to = from] = edges.slice(range, range + 2);
  const share = to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0;
  return plot.left + (Math.max(0, range) + share) * rangeWidth;
}

/** Steps between marks that leave round numbers. */
const ROUND_STEPS = [1, 2, 4, 5, 10, 20, 50, 100];

/**
 * Which edges get a mark, so that the marks do not run into each other: every one, or every second, ...
 *
 * @param markWidth room that the widest mark needs
 */
export function markedEdges(edges: readonly number[], markWidth: number, plot: Plot): number[] {
  const ranges = edges.length - 1;
  if (ranges < 1) return [];
  const least = markWidth / (plotWidth(plot) / ranges);
  const each = ROUND_STEPS.find((step) => step >= least) ?? Math.ceil(least);
  return edges.flatMap((_, index) => (index % each === 0 ? [index] : []));
}
