import { median } from './median.ts';
import type { ReadingRun } from './reading.ts';
import { CONCURRENCY, EXAMPLES, type RefineResult, type RefineRound } from './refine-overhead.ts';
import type { StartupResult } from './startup.ts';
import type { Row } from './table.ts';

/** The table's rows on `burnish refine`. Times are medians over the rounds, counts the worst of them. */
export function refineRows({ rounds, serverRps }: RefineResult): Row[] {
  const middle = (pick: (round: RefineRound) => number) => median(rounds.map(pick));
  const worst = (pick: (round: RefineRound) => number) =>
    rounds.map(pick).reduce((most, number) => Math.max(most, number));
  const ratio = middle(({ burnishMs, poolMs }) => burnishMs / poolMs);
  const totalCpu = middle(({ cpuMs }) => cpuMs / EXAMPLES);
  const marginalCpu = middle(({ cpuMs, cpuOfOneMs }) => (cpuMs - cpuOfOneMs) / (EXAMPLES - 1));
  const poolCpu = middle(({ poolCpuMs }) => poolCpuMs / EXAMPLES);
  const rss = worst(({ maxRssMb }) => maxRssMb);
  const wrongRequests = worst(({ requests }) => Math.abs(requests - EXAMPLES));
  const lost = worst(({ recordsLost }) => recordsLost);
  return [
    {
      ...plain('first request to last saved answer', seconds(middle(({ burnishMs }) => burnishMs))),
      reference: `${seconds(middle(({ poolMs }) => poolMs))} (pool)`,
      ratio,
      target: { text: '<= 1.05', met: ratio <= 1.05 },
    },
    plain('the whole command', seconds(middle(({ commandMs }) => commandMs))),
    {
      ...plain('CPU per record, whole command', `${totalCpu.toFixed(2)} ms`),
      target: { text: '< 3 ms', met: totalCpu < 3 },
    },
    {
      ...plain('CPU per record, marginal', `${marginalCpu.toFixed(2)} ms`),
      reference: `${poolCpu.toFixed(2)} ms (pool)`,
      ratio: marginalCpu / poolCpu,
    },
    {
      ...plain('peak memory', `${rss.toFixed(0)} MB`),
      target: { text: '< 250 MB', met: rss < 250 },
    },
    {
      ...plain('requests sent', `${EXAMPLES + wrongRequests}`),
      target: { text: `${EXAMPLES}`, met: wrongRequests === 0 },
    },
    { ...plain('records lost', `${lost}`), target: { text: '0', met: lost === 0 } },
    plain(`most requests at once (of ${CONCURRENCY})`, `${worst(({ mostAtOnce }) => mostAtOnce)}`),
    {
      ...plain('what the server alone can answer', ''),
      reference: `${serverRps.toFixed(0)}/s`,
      target: { text: '> 2000/s', met: serverRps > 2000 },
    },
  ];
}

export function startupRow({ burnishMs, nodeMs, ratio, pairs }: StartupResult): Row {
  return {
    measure: `burnish --version (${pairs} pairs)`,
    burnish: `${burnishMs.toFixed(0)} ms`,
    reference: `${nodeMs.toFixed(0)} ms (node -e 0)`,
    ratio,
    target: { text: '< 2.5', met: ratio < 2.5 },
  };
}

export function readingRows(runs: readonly ReadingRun[]): Row[] {
  return [
    plain('burnish select, time', seconds(median(runs.map(({ wallMs }) => wallMs)))),
    plain('burnish select, peak memory', `${median(runs.map(({ maxRssMb }) => maxRssMb)).toFixed(0)} MB`),
  ];
}

function plain(measure: string, burnish: string): Row {
  return { measure, burnish, reference: null, ratio: null, target: null };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
