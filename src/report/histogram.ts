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
  const edges = edgesBetween(least, most);
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? from;
    let rows = 0;
    for (const [length, count] of lengthCounts) if (length >= from && length < to) rows += count;
    const last = Number.isInteger(to) ? to - 1 : to;
    const range = last <= from ? formatCount(from) : `${formatCount(from)}-${formatCount(last)}`;
    return { from, to, range, rows };
  });
}

/** Edges that grow by the same factor; by the same amount where lengths are not positive, as ratings may be. */
function edgesBetween(least: number, most: number): number[] {
  const end = Number.isInteger(most) ? most + 1 : most + Number.EPSILON * Math.abs(most) + 1e-9;
  const integers = Number.isInteger(least) && Number.isInteger(most);
  const geometric = least > 0 && most / least > BARS;
  const edges = Array.from({ length: BARS + 1 }, (_, index) => {
    const share = index / BARS;
    const edge = geometric ? least * (end / least) ** share : least + (end - least) * share;
    return integers ? Math.round(edge) : edge;
  });
  edges[BARS] = end;
  return [...new Set(edges)];
}
