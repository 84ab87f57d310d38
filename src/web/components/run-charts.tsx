import { formatCount, formatShare, formatUsd } from '../../report/figures.js';
import { CHANGE_RANGES } from '../../report/record-query.js';
import type { HistogramData } from '../../report/run-data.js';
import { Histogram } from './histogram.js';

interface RunChartsProps {
  readonly lengths: HistogramData;
  readonly changes: HistogramData;
  /** null where no costs are known. */
  readonly costs: HistogramData | null;
  /** Where the examples of a range of change are. */
  readonly hrefOfChange: (range: string) => string;
}

/** The measures of all examples: lengths before and after, change, cost. */
export function RunCharts({ lengths, changes, costs, hrefOfChange }: RunChartsProps) {
  const zones = CHANGE_RANGES.map(({ name, from }, index) => {
    const to = CHANGE_RANGES[index + 1]?.from ?? 1;
    return {
      name: `Examples with ${name === 'none' ? 'no' : name} change, ${formatShare(from)} to ${formatShare(to)}`,
      href: hrefOfChange(name),
      from,
      to,
    };
  });
  return (
    <section class="charts" aria-labelledby="charts-heading">
      <h2 id="charts-heading" class="hidden">
        Measures
      </h2>
      <Histogram
        title="Words of the responses"
        histogram={lengths}
        measure={{ unit: 'words', openEnded: true, format: formatCount }}
      />
      <Histogram
        title="Share of the words changed"
        histogram={changes}
        measure={{ unit: '', openEnded: false, format: formatShare }}
        zones={zones}
      />
      {costs !== null && (
        <Histogram
          title="Cost of an example"
          histogram={costs}
          measure={{ unit: '', openEnded: true, format: formatUsd }}
          markLength={8}
          empty="No cost is known."
        />
      )}
    </section>
  );
}
