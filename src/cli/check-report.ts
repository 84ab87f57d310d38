import type { CheckSuite, Verdict } from '../checks/index.js';
import { shorten, UserError } from '../errors.js';
import { findingLines, rowLines, verdictLines, worstRows } from '../report/check-lines.js';
import { type CheckedRow, summariseChecks } from '../report/check-summary.js';
import { type CheckedText, checkedText, type MarkSpan } from '../report/checked-text.js';
import { formatCount } from '../report/figures.js';
import { requireCheckIds } from './check-ids.js';
import { columnsOf, type Io, painter, takesColours } from './io.js';

/** Options of `burnish check`, as commander gives them. */
export interface CheckOptions {
  readonly checks?: string;
  readonly only?: Verdict;
  /** Ids of checks. */
  readonly check?: readonly string[];
  readonly id?: string;
  readonly skipBadRows?: boolean;
  readonly json?: boolean;
}

/** What `burnish check` has found, in a run or in two files. */
export interface CheckReport {
  /** What was checked, a line each. */
  readonly header: readonly string[];
  readonly rows: readonly CheckedRow[];
  readonly suite: CheckSuite;
  /** What is judged otherwise than before, under a title of its own; empty when nothing is. */
  readonly changes: readonly string[];
}

/** How many rows are listed unless a choice of them is asked for. */
export const LISTED = 15;

/** Prints the whole report, or with `--only` or `--check` the list of the rows that these choose. */
export function printReport(
  { header, rows, suite, changes }: CheckReport,
  options: CheckOptions,
  io: Io,
): void {
  const columns = columnsOf(io.stdout);
  if (isChoice(options)) {
    const chosen = chooseRows(rows, suite, options);
    if (chosen.length === 0) io.stderr.write('No example fits.\n');
    else io.stdout.write(`${rowLines(chosen, columns).join('\n')}\n`);
    return;
  }
  const paint = painter(io.stdout, io.env);
  const summary = summariseChecks(rows, suite);
  const findings = findingLines(summary, suite, columns);
  const worst = worstRows(rows);
  const lines = [
    ...header,
    '',
    paint('bold', 'Verdicts'),
    ...verdictLines(summary),
    ...(findings.length === 0 ? [] : ['', paint('bold', 'Findings'), ...findings]),
    ...(changes.length === 0 ? [] : ['', ...changes]),
    ...(worst.length === 0 ? [] : ['', paint('bold', 'Worst'), ...rowLines(worst.slice(0, LISTED), columns)]),
    ...(worst.length > LISTED ? [`  ... and ${formatCount(worst.length - LISTED)} more`] : []),
    '',
    '--id ID shows a row and the text that was found; --only flag, --check ID list.',
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** The rows that the options choose: all, unless `--only`, `--check` or `--id` says otherwise. */
export function chooseRows<Row extends CheckedRow>(
  rows: readonly Row[],
  suite: CheckSuite,
  { only, check: wanted, id }: CheckOptions,
): Row[] {
  const findings = rows.flatMap((row) => row.findings);
  requireCheckIds(wanted ?? [], suite, findings);
  if (id !== undefined) requireRow(id, rows);
  return rows.filter(
    (row) =>
      (only === undefined || row.verdict === only) &&
      (wanted === undefined || row.findings.some(({ check }) => wanted.includes(check))) &&
      (id === undefined || row.id === id),
  );
}

/** Prints one row whole. */
export function printRow(row: CheckedText, io: Io): void {
  const paint = painter(io.stdout, io.env);
  const mark: MarkSpan = (text) =>
    takesColours(io.stdout, io.env) ? paint(['red', 'bold'], text) : `>>>${text}<<<`;
  io.stdout.write(`${checkedText(row, mark)}\n`);
}

/** @throws UserError `usage` when no row has that id */
export function requireRow(id: string, rows: readonly CheckedRow[]): void {
  if (rows.some((row) => row.id === id)) return;
  throw new UserError('usage', 'There is no such row.', {
    where: '--id',
    expected: `an id like ${rows
      .slice(0, 3)
      .map((row) => row.id)
      .join(', ')}`,
    found: shorten(id),
    hint: "The ids are the rows' own, or their numbers from 0.",
  });
}

function isChoice({ only, check }: CheckOptions): boolean {
  return only !== undefined || check !== undefined;
}
