import type { CaseResult, Trial } from './matrix.ts';
import { median } from './median.ts';
import { layOut } from './table.ts';

const HEAD = ['', 'time', 'ratio', 'CPU/record', 'memory', 'sent', 'refused', 'paid again', 'lost'];

/**
 * The figures of one case as text, a line a contender. Times are compared with the pool's; under a limit with the
 * least that it allows. Times, CPU and memory are medians of the runs, counts the worst of them.
 */
export function formatCase(result: CaseResult): string {
  const { name, records, limit, contenders } = result.case;
  const against = limit === null ? 'the pool' : `the possible, ${seconds(result.leastMs)}`;
  const lines = contenders.map((contender) => {
    const trials = trialsOf(result, contender);
    const wallMs = medianOf(trials, ({ wallMs }) => wallMs);
    // A time that not everything took is no time to compare.
    const ratio = worstOf(trials, 'lost') > 0 ? null : ratioOf(result, contender);
    return [
      contender,
      wallMs === null ? 'stopped' : seconds(wallMs),
      ratio === null ? '' : ratio.toFixed(3),
      withUnit(
        medianOf(trials, ({ cpuPerRecordMs }) => cpuPerRecordMs),
        2,
        'ms',
      ),
      withUnit(
        medianOf(trials, ({ maxRssMb }) => maxRssMb),
        0,
        'MB',
      ),
      ...(['requests', 'refused', 'paidAgain', 'lost'] as const).map((count) => `${worstOf(trials, count)}`),
    ];
  });
  return `${name}; ${records} records; ratio to ${against}\n${layOut([HEAD, ...lines])}`;
}

/** The trials of one contender in a case. */
export function trialsOf({ trials }: CaseResult, contender: string): Trial[] {
  return trials.filter((trial) => trial.contender === contender);
}

/**
 * Time over the pool's, as the median over the runs of the ratios within each; under a limit time over the possible.
 * null when it was stopped, or there is nothing to compare with.
 */
export function ratioOf(result: CaseResult, contender: string): number | null {
  const pool = new Map(trialsOf(result, 'pool').map(({ seed, wallMs }) => [seed, wallMs]));
  return medianOf(trialsOf(result, contender), ({ seed, wallMs }) => {
    const reference = result.case.limit === null ? pool.get(seed) : result.leastMs;
    return wallMs === null || reference == null ? null : wallMs / reference;
  });
}

/** The median, or null when one trial has no figure. */
export function medianOf(trials: readonly Trial[], pick: (trial: Trial) => number | null): number | null {
  const figures = trials.map(pick).filter((figure) => figure !== null);
  return figures.length === 0 || figures.length < trials.length ? null : median(figures);
}

/** The largest of the trials' counts. */
export function worstOf(
  trials: readonly Trial[],
  count: 'requests' | 'refused' | 'paidAgain' | 'lost',
): number {
  return Math.max(...trials.map((trial) => trial[count]));
}

/** A time as text. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function withUnit(figure: number | null, digits: number, unit: string): string {
  return figure === null ? '' : `${figure.toFixed(digits)} ${unit}`;
}
