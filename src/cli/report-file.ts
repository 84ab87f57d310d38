import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishFile } from '../atomic-file.js';
import { formatNumberOf } from '../report/figures.js';
import { htmlReport, type ReportAssets } from '../report/html-report.js';
import type { RecordDetail } from '../report/record-data.js';
import type { ReportSubject } from '../report/report-data.js';
import { visible } from '../report/visible.js';
import type { Io } from './io.js';
import { writeJson } from './write-json.js';

/** Where the build puts the page of reports. */
const PAGE_FOLDER = fileURLToPath(new URL('../report-page/', import.meta.url));

/** What a report holds. */
export interface ReportContent {
  readonly title: string;
  readonly subject: ReportSubject;
  readonly records: readonly RecordDetail[];
  /** How many examples there are, those included that the report leaves out. */
  readonly examples: number;
}

/** Writes a report whole or not at all, and says so. */
export async function writeReport(
  file: string,
  { records, ...head }: ReportContent,
  isJson: boolean,
  io: Io,
): Promise<void> {
  const assets = await readAssets();
  const path = resolve(io.cwd, file);
  await publishFile(path, (temporaryPath) => writeFile(temporaryPath, htmlReport(head, records, assets)));
  if (isJson) writeJson({ report: path, examples: records.length }, io);
  else io.stderr.write(`${visible(file)}: ${formatNumberOf(records.length, 'example')}\n`);
}

async function readAssets(): Promise<ReportAssets> {
  const [script = '', style = ''] = await Promise.all(
    ['report.js', 'report.css'].map((name) => readFile(`${PAGE_FOLDER}${name}`, 'utf8')),
  );
  return { script, style };
}
