import { formatCount } from './figures.js';

/** How many bars at most. */
const BARS = 14;

/**
 * Draws how many rows have which length, as lines of text: a bar for each range of lengths, the ranges growing by the
 * same factor, and a mark at the one in which the cut falls.
 *
 * @param lengthCounts how many rows have which length
 * @param threshold the length of the shortest chosen row
 */
export function drawHistogram(
  lengthCounts: ReadonlyMap<number, number>,
  threshold: number,
  columns: number,
): string[] {
  const bars = binByRange(lengthCounts);
  const most = bars.reduce((largest, { rows }) => Math.max(largest, rows), 1);
  const rangeWidth = Math.max(...bars.map(({ range }) => range.length));
  const countWidth = formatCount(most).length;
  const cut = `  <- cut at ${formatCount(threshold)}`;
  const room = Math.max(10, columns - rangeWidth - countWidth - cut.length - 6);
  return bars.map(({ from, to, range, rows }) => {
    const bar = '█'.repeat(Math.ceil((rows / most) * room));
    const mark = from <= threshold && threshold < to ? cut : '';
    return `  ${range.padStart(rangeWidth)}  ${formatCount(rows).padStart(countWidth)}  ${bar}${mark}`;
  });
}

interface Bar {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly range: string;
  readonly rows: number;
}

function binByRange(lengthCounts: ReadonlyMap<number, number>): Bar[] {
  const lengths = [...lengthCounts.keys()];
  const least = lengths.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = lengths.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const whole = lengths.every(Number.isInteger);
  const starts = rangeStarts(least, most, whole);
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    let rows = 0;
    for (const [length, count] of lengthCounts) if (length >= from && length < to) rows += count;
    const last = whole ? Math.min(to - 1, most) : Math.min(to, most);
    const range = [from, last].map((edge) => formatCount(whole ? edge : Number(edge.toPrecision(4))));
    return { from, to, range: last === from ? (range[0] ?? '') : range.join('-'), rows };
  });
}

/** Where the ranges begin: each so many times the one before, or so much more where lengths may not be positive. */
function rangeStarts(least: number, most: number, whole: boolean): number[] {
  const end = whole ? most + 1 : most;
  const geometric = least > 0 && most / least > BARS;
  const starts = Array.from({ length: BARS }, (_, index) => {
    const share = index / BARS;
    const start = geometric ? least * (end / least) ** share : least + (end - least) * share;
    return whole ? Math.round(start) : start;
  });
  return [...new Set(starts)].filter((start) => start <= most);
}
