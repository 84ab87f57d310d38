import { useId } from 'preact/hooks';
import { formatCompact, formatCount } from '../../report/figures.js';
import type { HistogramData } from '../../report/run-data.js';
import { describeHistogram, type Measure, rangeName } from '../charts/describe-histogram.js';
import { layOutHistogram, markedEdges, mostOf, placeOf } from '../charts/histogram-bars.js';
import { heightOf, type Plot, plotWidth } from '../charts/plot.js';
import { axisTicks } from '../charts/ticks.js';
import { Legend } from './legend.js';

/** A stretch of the measure that leads somewhere. */
export interface Zone {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

interface HistogramProps {
  readonly title: string;
  readonly histogram: HistogramData;
  readonly measure: Measure;
  /** Widest mark of the measure's axis, in characters. */
  readonly markLength?: number;
  readonly zones?: readonly Zone[];
  /** What stands there while nothing was counted. */
  readonly empty?: string;
}

const PLOT: Plot = { width: 400, height: 160, left: 34, right: 16, top: 8, bottom: 20 };
const CHARACTER_WIDTH = 6.6;

/** How many examples lie in which range of a measure, as bars; a table below has the numbers. */
export function Histogram({
  title,
  histogram,
  measure,
  markLength = 5,
  zones,
  empty = 'There is nothing to show yet.',
}: HistogramProps) {
  const id = useId();
  const { edges, series } = histogram;
  const counted = mostOf(histogram);
  const ticks = axisTicks(counted, 4, true);
  const most = ticks.at(-1) ?? 1;
  // The last edge of a range that is open is no end.
  const marks = markedEdges(edges, (markLength + 1.5) * CHARACTER_WIDTH, PLOT).filter(
    (edge) => !measure.openEnded || edge < edges.length - 1,
  );
  const rangeWidth = plotWidth(PLOT) / Math.max(1, edges.length - 1);
  return (
    <figure class="chart" aria-labelledby={`${id}-title`}>
      <figcaption class="chart-head">
        <h3 id={`${id}-title`}>{title}</h3>
        {series.length > 1 && (
          <Legend entries={series.map(({ name }, place) => ({ name, look: lookOf(place, series.length) }))} />
        )}
      </figcaption>
      {counted === 0 ? (
        <p class="muted chart-empty">{empty}</p>
      ) : (
        // biome-ignore lint/a11y/noSvgWithoutTitle: a title would also be a tooltip over all of it
        <svg
          class="chart-drawing"
          viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
          role={zones === undefined ? 'img' : 'group'}
          aria-labelledby={`${id}-title ${id}-text`}
        >
          <desc id={`${id}-text`}>{describeHistogram(histogram, measure)}</desc>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused */}
          <g aria-hidden="true">
            {ticks.map((tick) => {
              const y = heightOf(tick, most, PLOT);
              return (
                <g key={tick}>
                  <line
                    class={tick === 0 ? 'chart-axis' : 'chart-grid'}
                    x1={PLOT.left}
                    x2={PLOT.width - PLOT.right}
                    y1={y}
                    y2={y}
                  />
                  <text class="chart-mark" x={PLOT.left - 6} y={y + 4} text-anchor="end">
                    {formatCompact(tick)}
                  </text>
                </g>
              );
            })}
            {marks.map((edge) => (
              <text
                key={edge}
                class="chart-mark"
                x={PLOT.left + edge * rangeWidth}
                y={PLOT.height - 6}
                text-anchor="middle"
              >
                {measure.format(edges[edge] ?? 0)}
              </text>
            ))}
            {layOutHistogram(histogram, most, PLOT).map(({ range, series: place, ...bar }) => (
              <rect key={`${range}-${place}`} class={`bar bar-${lookOf(place, series.length)}`} {...bar} />
            ))}
            {zones === undefined &&
              edges.slice(1).map((_, range) => (
                <rect
                  key={range}
                  class="chart-range"
                  x={PLOT.left + range * rangeWidth}
                  y={PLOT.top}
                  width={rangeWidth}
                  height={PLOT.height - PLOT.top - PLOT.bottom}
                >
                  <title>{rangeTitle(histogram, range, measure)}</title>
                </rect>
              ))}
          </g>
          {zones?.map((zone) => (
            <ZoneLink key={zone.name} zone={zone} edges={edges} />
          ))}
        </svg>
      )}
      {counted > 0 && <Numbers histogram={histogram} measure={measure} title={title} />}
    </figure>
  );
}

/** A single series has the colour of the refined one. */
function lookOf(place: number, count: number): string {
  return `series-${place + (count === 1 ? 2 : 1)}`;
}

function rangeTitle(histogram: HistogramData, range: number, measure: Measure): string {
  const counts = histogram.series.map(({ name, counts }) => `${name} ${formatCount(counts[range] ?? 0)}`);
  return `${rangeName(histogram, range, measure)}: ${counts.join(', ')}`;
}

function ZoneLink({ zone, edges }: { readonly zone: Zone; readonly edges: readonly number[] }) {
  const from = placeOf(zone.from, edges, PLOT);
  const to = placeOf(zone.to, edges, PLOT);
  return (
    <a href={zone.href} aria-label={zone.name} class="chart-zone">
      <title>{zone.name}</title>
      <rect
        x={from}
        y={PLOT.top}
        width={Math.max(5, to - from)}
        height={PLOT.height - PLOT.top - PLOT.bottom}
      />
    </a>
  );
}

interface NumbersProps {
  readonly histogram: HistogramData;
  readonly measure: Measure;
  readonly title: string;
}

function Numbers({ histogram, measure, title }: NumbersProps) {
  const { edges, series } = histogram;
  return (
    <details class="chart-numbers">
      <summary>
        Numbers<span class="hidden"> of: {title}</span>
      </summary>
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">Range</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {edges.slice(1).map((_, range) => (
            <tr key={range}>
              <th scope="row">{rangeName(histogram, range, measure)}</th>
              {series.map(({ name, counts }) => (
                <td key={name} class="number">
                  {formatCount(counts[range] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
