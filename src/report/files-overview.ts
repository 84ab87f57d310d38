import type { CheckSuite } from '../checks/index.js';
import { type CheckedRow, summariseChecks } from './check-summary.js';
import { changeFigures, checkFigures } from './overview-figures.js';
import type { RecordDetail } from './record-data.js';
import type { FilesOverview } from './report-data.js';

/** What is known of all pairs of two files together. */
export function filesOverview(records: readonly RecordDetail[], suite: CheckSuite): FilesOverview {
  const checked = records.map(
    ({ row: { id, verdict }, findings }): CheckedRow => ({ id, verdict, findings, reason: null }),
  );
  return {
    ...checkFigures(summariseChecks(checked, suite), suite),
    ...changeFigures(records.map(({ row }) => row)),
  };
}
