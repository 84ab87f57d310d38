import { basename } from 'node:path';
import type { CheckSuite } from '../checks/index.js';
import { recordDetail } from '../report/record-detail.js';
import { runOverview } from '../report/run-overview.js';
import { loadLedger } from '../run/load-ledger.js';
import type { RunRecord } from '../run/read-run.js';
import type { DiffOptions } from './diff-options.js';
import { chooseRows } from './diff-report.js';
import type { Io } from './io.js';
import { writeReport } from './report-file.js';

/** Writes a report of a run: its overview, and the examples that were answered and that the options choose. */
export async function reportRun(
  run: RunRecord,
  suite: CheckSuite,
  { html = '', ...options }: DiffOptions,
  io: Io,
): Promise<void> {
  const ledger = await loadLedger(run, suite);
  const attempts = Map.groupBy(run.attempts, ({ example }) => example);
  const details = ledger.map((entry, place) =>
    recordDetail(entry, place, attempts.get(entry.example.id) ?? [], suite),
  );
  const name = basename(run.dir);
  const overview = runOverview({
    ...{ run: name, manifest: run.manifest, attempts: run.attempts, ledger, suite },
    rows: details.map(({ row }) => row),
  });
  const answered = details
    .filter(({ row }) => row.outcome !== 'pending')
    .map((detail) => ({ ...detail.row, detail }));
  const records = chooseRows(answered, suite, options).map(({ detail }) => detail);
  await writeReport(
    html,
    { title: name, subject: { kind: 'run', overview }, records, examples: details.length },
    options.json === true,
    io,
  );
}
