import { resolve } from 'node:path';
import { chooseChecks } from '../conduct/checks-of-run.js';
import { writeLedger } from '../export/ledger-file.js';
import { type CheckedRow, summariseChecks } from '../report/check-summary.js';
import type { CheckedText } from '../report/checked-text.js';
import { formatNumberOf } from '../report/figures.js';
import { atLastCheck, changedRowLines } from '../report/verdict-changes.js';
import { visible } from '../report/visible.js';
import type { LedgerEntry } from '../run/ledger.js';
import { loadLedger } from '../run/load-ledger.js';
import { readRun } from '../run/read-run.js';
import { recordCheck } from '../run/record-check.js';
import { takeSnapshot } from '../run/take-snapshot.js';
import { findVerdictChanges, type VerdictChanges } from '../run/verdict-changes.js';
import { shortPath } from '../short-path.js';
import { type CheckOptions, chooseRows, LISTED, printReport, printRow } from './check-report.js';
import { statusOf } from './exit-status.js';
import { findRun } from './find-run.js';
import { columnsOf, type Io, painter } from './io.js';
import { writeJson } from './write-json.js';

/**
 * Reads and checks all replies of a run afresh, and leaves ledger and snapshot.
 *
 * @returns the exit status of the run's outcomes
 */
export async function checkRun(name: string | undefined, options: CheckOptions, io: Io): Promise<number> {
  const run = await readRun(await findRun(name, io.cwd));
  for (const warning of run.warnings) io.stderr.write(`warning: ${warning}\n`);
  const checks = await chooseChecks(options.checks, run.manifest.settings.checks, io);
  const ledger = await loadLedger(run, checks.suite);
  const changes = findVerdictChanges(run, ledger, checks);
  const rows = ledger.map(toRow);
  const chosen = chooseRows(rows, checks.suite, options);
  const snapshot = takeSnapshot(run.attempts, ledger, checks, new Date());
  const saved = await recordCheck(run.dir, snapshot, options.checks !== undefined);
  if (saved) await writeLedger(resolve(run.dir, 'ledger.jsonl'), ledger);
  else io.stderr.write('note: another process sends requests for this run, so nothing was written.\n');

  if (options.json === true) {
    const records = chosen.map(({ entry, ...row }) => ({ ...row, outcome: entry.outcome }));
    const summary = summariseChecks(rows, checks.suite);
    writeJson({ run: run.dir, records, summary, verdictChanges: changes, saved }, io);
  } else if (options.id !== undefined) {
    for (const row of chosen) printRow(withTexts(row), io);
  } else {
    const { file, suite } = checks;
    const from = file === null ? '' : ` (${visible(shortPath(file.path, io.cwd))})`;
    const header = [
      `run:      ${visible(shortPath(run.dir, io.cwd))}, ${formatNumberOf(rows.length, 'example')}`,
      `checks:   ${suite.length}${from}`,
    ];
    printReport({ header, rows, suite, changes: changeLines(changes, rows, io) }, options, io);
  }
  return statusOf(ledger);
}

interface RunRow extends CheckedRow {
  readonly entry: LedgerEntry;
}

function toRow(entry: LedgerEntry): RunRow {
  const { example, verdict, chosen, decision } = entry;
  const findings = chosen?.findings ?? [];
  const isExplained = decision !== null || findings.some(({ severity }) => severity === verdict);
  return { id: example.id, verdict, findings, reason: isExplained ? null : entry.reason, entry };
}

function withTexts({ entry, ...row }: RunRow): CheckedText {
  const { instruction, input } = entry.example;
  return { ...row, instruction, input, refined: entry.chosen?.parsed.candidate ?? null };
}

function changeLines(changes: VerdictChanges | null, rows: readonly CheckedRow[], io: Io): string[] {
  if (changes === null) return [];
  const bold = (text: string): string => painter(io.stdout, io.env)('bold', text);
  if (changes.rows.length === 0) return [bold(`No verdict differs from that ${atLastCheck(changes)}`)];
  const count = formatNumberOf(changes.rows.length, 'example');
  return [
    bold(`Judged otherwise than ${atLastCheck(changes)}: ${count}`),
    ...changedRowLines(changes, rows, columnsOf(io.stdout), LISTED),
  ];
}
