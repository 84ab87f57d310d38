import { medianOf, ratioOf, seconds, trialsOf, worstOf } from './case-table.ts';
import type { CaseResult } from './matrix.ts';
import { median } from './median.ts';
import type { ResumeResult } from './resume.ts';
import type { StartupResult } from './startup.ts';
import type { Row } from './table.ts';

/** The rows on what one case says of Burnish's targets; none where it has none. */
export function targetRows(result: CaseResult): Row[] {
  const { case: task } = result;
  if (task.limit !== null) return limitRows(result);
  const wallMs = medianOf(trialsOf(result, 'burnish'), ({ wallMs }) => wallMs);
  if (wallMs === null) return [];
  const poolMs = medianOf(trialsOf(result, 'pool'), ({ wallMs }) => wallMs);
  const reference = poolMs === null ? null : `${seconds(poolMs)} (pool)`;
  if (task.latency.sigma > 0 && task.concurrency >= 50) {
    const ratio = ratioOf(result, 'burnish');
    return [{ measure: task.name, burnish: seconds(wallMs), reference, ratio, target: atMost(ratio, 1.03) }];
  }
  if (task.latency.medianMs > 0 || task.concurrency !== 50) return [];
  const perSecond = task.records / (wallMs / 1000);
  return [
    {
      measure: task.name,
      burnish: `${perSecond.toFixed(0)} records/s`,
      reference: poolMs === null ? null : `${(task.records / (poolMs / 1000)).toFixed(0)} (pool)`,
      ratio: null,
      target: { text: '>= 500', met: perSecond >= 500 },
    },
  ];
}

/** A limit that is given must cost hardly a refusal; one that has to be learned is met by being refused. */
function limitRows(result: CaseResult): Row[] {
  const { case: task, leastMs } = result;
  return task.contenders
    .filter((contender) => contender.startsWith('burnish'))
    .flatMap((contender) => {
      const trials = trialsOf(result, contender);
      const wallMs = medianOf(trials, ({ wallMs }) => wallMs);
      const ratio = ratioOf(result, contender);
      const refused = (100 * worstOf(trials, 'refused')) / worstOf(trials, 'requests');
      const learning = contender !== 'burnish';
      return [
        {
          measure: `${task.name}${learning ? ', limit not given' : ''}`,
          burnish: wallMs === null ? 'stopped' : seconds(wallMs),
          reference: `${seconds(leastMs)} (possible)`,
          ratio,
          target: atMost(ratio, 1.1),
        },
        {
          measure: '  requests refused',
          burnish: `${refused.toFixed(1)} %`,
          reference: null,
          ratio: null,
          target: learning ? null : { text: '<= 1 %', met: refused <= 1 },
        },
      ];
    });
}

/** The worst of the cases of Burnish: nothing may be lost, whatever the case. */
export function lossRow(results: readonly CaseResult[]): Row {
  const lost = recordsLost(results);
  return {
    measure: 'records lost, all cases',
    burnish: `${lost}`,
    reference: null,
    ratio: null,
    target: { text: '0', met: lost === 0 },
  };
}

/** Records that Burnish left without an answer, over all cases. */
export function recordsLost(results: readonly CaseResult[]): number {
  const own = results
    .flatMap(({ trials }) => trials)
    .filter(({ contender }) => contender.startsWith('burnish'));
  return own.reduce((total, { lost }) => total + lost, 0);
}

export function resumeRows({ sameCommandMs, runAloneMs }: ResumeResult): Row[] {
  const rows: [string, readonly number[]][] = [
    ['resuming: start to first request', sameCommandMs],
    ['  with --run DIR alone', runAloneMs],
  ];
  return rows.map(([measure, times]) => {
    const ms = median(times);
    const target = { text: '< 0.5 s', met: ms < 500 };
    return { measure, burnish: seconds(ms), reference: null, ratio: null, target };
  });
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

function atMost(ratio: number | null, most: number): Row['target'] {
  return { text: `<= ${most}`, met: ratio !== null && ratio <= most };
}
