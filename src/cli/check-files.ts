import { checkResponse } from '../checks/index.js';
import { chooseChecks } from '../conduct/checks-of-run.js';
import { toExample } from '../dataset/index.js';
import { type CheckedRow, summariseChecks } from '../report/check-summary.js';
import type { CheckedText } from '../report/checked-text.js';
import { type CheckOptions, chooseRows, printReport, printRow, requireRow } from './check-report.js';
import type { Io } from './io.js';
import { pairFiles, pairingLines } from './pairing.js';
import { writeJson } from './write-json.js';

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
  const rows: CheckedRow[] = [];
  let wanted = null as CheckedText | null;
  const pairing = await pairFiles(
    originalPath,
    refinedPath,
    options.skipBadRows === true,
    ({ original, refined }) => {
      const { id, instruction, input } = original;
      const checked = { ...checkResponse(toExample(original), refined.response, suite), reason: null };
      rows.push(checked);
      if (id === options.id) wanted = { ...checked, instruction, input, refined: refined.response.trim() };
    },
    io,
  );
  const summary = summariseChecks(rows, suite);
  if (options.json === true) {
    const records = chooseRows(rows, suite, options).map(({ reason: _, ...record }) => record);
    const { originals, refined, summary: paired } = pairing;
    writeJson({ original: originals.path, refined: refined.path, pairing: paired, records, summary }, io);
  } else if (options.id !== undefined) {
    requireRow(options.id, rows);
    if (wanted !== null) printRow(wanted, io);
  } else {
    const header = pairingLines(originalPath, refinedPath, pairing);
    printReport({ header, rows, suite, changes: [] }, options, io);
  }
  return summary.byVerdict.fail > 0 ? 3 : 0;
}
