import { formatCount } from '../../report/figures.js';
import type { HistogramData } from '../../report/run-data.js';

/** How the values of a histogram are written. */
export interface Measure {
  /** What is measured, as "words"; empty when the values say it themselves. */
  readonly unit: string;
  /** Whether the last range also holds all that is larger. */
  readonly openEnded: boolean;
  format(value: number): string;
}

/** `300 to 350 words`. */
export function rangeName({ edges }: HistogramData, range: number, measure: Measure): string {
  const { unit, format, openEnded } = measure;
  const [from = 0, to = from] = edges.slice(range, range + 2);
  const isOpen = openEnded && range === edges.length - 2 && range > 0;
  const name = isOpen ? `${format(from)} or more` : `${format(from)} to ${format(to)}`;
  return unit === '' ? name : `${name} ${unit}`;
}

/** What a histogram shows, in words, for those who do not see it: where the middle example of each series lies. */
export function describeHistogram(histogram: HistogramData, measure: Measure): string {
  const sentences = histogram.series.map(({ name, counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const range = middleRange(counts, total);
    if (range === undefined) return `${name}: none.`;
    return `${name}: ${formatCount(total)}, the middle one at ${rangeName(histogram, range, measure)}.`;
  });
  return sentences.join(' ');
}

/** The range in which the middle one lies, when all are ordered by size. */
function middleRange(counts: readonly number[], total: number): number | undefined {
  if (total === 0) return undefined;
  let below = 0;
  return counts.findIndex((count) => {
    below += count;
    return below * 2 >= total;
  });
}
