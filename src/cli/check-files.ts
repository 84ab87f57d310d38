import { resolve } from 'node:path';
import { checkResponse } from '../checks/index.js';
import { chooseChecks } from '../conduct/checks-of-run.js';
import {
  type Dataset,
  openDataset,
  type PairedBy,
  PairedFiles,
  type PairingSummary,
  toExample,
} from '../dataset/index.js';
import { type CheckedRow, summariseChecks } from '../report/check-summary.js';
import type { CheckedText } from '../report/checked-text.js';
import { formatNumberOf } from '../report/figures.js';
import { visible } from '../report/visible.js';
import { type CheckOptions, chooseRows, printReport, printRow, requireRow } from './check-report.js';
import type { Io } from './io.js';
import { writeJson } from './write-json.js';

const PAIRED: Readonly<Record<PairedBy, string>> = {
  id: 'by id',
  content: 'by instruction and input',
  order: 'by order',
};

/**
 * Checks the refined responses of one file against the original ones of another.
 *
 * @returns the exit status: 3 when any response fails
 */
export async function checkFiles(
  originalPath: string,
  refinedPath: string,
  options: CheckOptions,
  io: Io,
): Promise<number> {
  const { suite } = await chooseChecks(options.checks, null, io);
  const [originals, refined] = [originalPath, refinedPath].map((path) =>
    openDataset(resolve(io.cwd, path), { skipBadRows: options.skipBadRows === true }),
  ) as [Dataset, Dataset];
  const files = new PairedFiles(originals, refined);
  const rows: CheckedRow[] = [];
  let wanted: CheckedText | null = null;
  for await (const pairs of files.batches()) {
    for (const { original, refined } of pairs) {
      const { id, instruction, input } = original;
      const checked = { ...checkResponse(toExample(original), refined.response, suite), reason: null };
      rows.push(checked);
      if (id === options.id) wanted = { ...checked, instruction, input, refined: refined.response.trim() };
    }
  }
  const pairing = files.summary();
  warn(originals, refined, pairing, io);
  const summary = summariseChecks(rows, suite);
  if (options.json === true) {
    const records = chooseRows(rows, suite, options).map(({ reason: _, ...record }) => record);
    writeJson({ original: originals.path, refined: refined.path, pairing, records, summary }, io);
  } else if (options.id !== undefined) {
    requireRow(options.id, rows);
    if (wanted !== null) printRow(wanted, io);
  } else {
    const header = [
      `original: ${visible(originalPath)} (${originals.summary().shape})`,
      `refined:  ${visible(refinedPath)} (${refined.summary().shape})`,
      `pairs:    ${formatNumberOf(pairing.pairs, 'row')}, paired ${PAIRED[pairing.by]}`,
    ];
    printReport({ header, rows, suite, changes: [] }, options, io);
  }
  return summary.byVerdict.fail > 0 ? 3 : 0;
}

/** Tells what was left out, and what looks as if the files did not belong together. */
function warn(originals: Dataset, refined: Dataset, { unrefined, reworded }: PairingSummary, io: Io): void {
  const warnings = [
    ...[originals, refined].flatMap((dataset) =>
      Object.entries(dataset.summary().badRows).map(
        ([reason, count]) => `${dataset.path}: ${formatNumberOf(count, 'row')} skipped: ${reason}`,
      ),
    ),
    ...(unrefined === 0 ? [] : [`${formatNumberOf(unrefined, 'original row')} without a refined one`]),
    ...(reworded === null
      ? []
      : [
          `${formatNumberOf(reworded.pairs, 'pair')} with the same id, but another instruction or input (first: ${reworded.first})`,
        ]),
  ];
  for (const warning of warnings) io.stderr.write(`warning: ${visible(warning)}\n`);
}
