import { basename, resolve } from 'node:path';
import { DEFAULT_SUITE } from '../checks/index.js';
import { filesOverview } from '../report/files-overview.js';
import { pairDetail } from '../report/pair-detail.js';
import type { RecordDetail } from '../report/record-data.js';
import type { DiffOptions } from './diff-options.js';
import { chooseRows } from './diff-report.js';
import type { Io } from './io.js';
import { checkReportFile } from './output.js';
import { pairFiles } from './pairing.js';
import { writeReport } from './report-file.js';

/** Writes a report of two files: what the checks say of all pairs, and those that the options choose. */
export async function reportFiles(
  originalPath: string,
  refinedPath: string,
  { html = '', ...options }: DiffOptions,
  io: Io,
): Promise<void> {
  const paths = [originalPath, refinedPath].map((path) => resolve(io.cwd, path));
  await checkReportFile(resolve(io.cwd, html), paths);
  const details: RecordDetail[] = [];
  await pairFiles(
    originalPath,
    refinedPath,
    options.skipBadRows === true,
    (pair) => details.push(pairDetail(pair, details.length, DEFAULT_SUITE)),
    io,
  );
  const compared = details.map((detail) => ({ ...detail.row, detail }));
  const records = chooseRows(compared, DEFAULT_SUITE, options).map(({ detail }) => detail);
  const [original, refined] = [originalPath, refinedPath].map((path) => basename(path)) as [string, string];
  await writeReport(
    html,
    {
      title: `${original} → ${refined}`,
      subject: { kind: 'files', original, refined, overview: filesOverview(details, DEFAULT_SUITE) },
      records,
      examples: details.length,
    },
    options.json === true,
    io,
  );
}
