import { type CheckSuite, VERDICTS } from '../checks/index.js';
import type { CheckSummary } from './check-summary.js';
import { binByRange } from './histogram-data.js';
import type { RecordRow } from './record-data.js';
import type { RunOverview } from './run-data.js';

/** How many examples have which verdict, and what each check found. */
export function checkFigures(
  { byVerdict, byCheck }: CheckSummary,
  suite: CheckSuite,
): Pick<RunOverview, 'verdicts' | 'checks'> {
  const descriptions = new Map(suite.map(({ check }) => [check.id, check.description]));
  return {
    verdicts: Object.fromEntries(
      VERDICTS.map((verdict) => [verdict, byVerdict[verdict]]),
    ) as RunOverview['verdicts'],
    checks: Object.entries(byCheck)
      .filter(([, { rows }]) => rows > 0)
      .map(([check, { fail, flag, note }]) => ({
        check,
        description: descriptions.get(check) ?? '',
        examples: { fail, flag, note },
      })),
  };
}

/** Lengths before and after, and changed shares, of the examples that have a refined response. */
export function changeFigures(rows: readonly RecordRow[]): Pick<RunOverview, 'lengths' | 'changes'> {
  const refined = rows.flatMap(({ words, changed }) =>
    words.refined === null || changed === null
      ? []
      : [{ before: words.original, after: words.refined, changed }],
  );
  return {
    lengths: binByRange([
      { name: 'original', values: refined.map(({ before }) => before) },
      { name: 'refined', values: refined.map(({ after }) => after) },
    ]),
    changes: binByRange([{ name: 'changed', values: refined.map(({ changed }) => changed) }], {
      from: 0,
      to: 1,
    }),
  };
}
