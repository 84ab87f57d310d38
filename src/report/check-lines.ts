import { type CheckSuite, type Finding, SEVERITIES, VERDICTS, type Verdict } from '../checks/index.js';
import type { CheckedRow, CheckSummary } from './check-summary.js';
import { formatCount } from './figures.js';
import { excerpt, visible } from './visible.js';

/** What a verdict means, in a few words. */
const MEANINGS: Record<Verdict, string> = {
  fail: 'certainly bad',
  flag: 'probably bad',
  pass: 'nothing found, or only notes',
};

/** The most columns that an id gets in a list. */
const WIDEST_ID = 24;

/** How many rows have which verdict, a line each. */
export function verdictLines({ rows, byVerdict }: CheckSummary): string[] {
  const unanswered = rows - VERDICTS.reduce((sum, verdict) => sum + byVerdict[verdict], 0);
  const line = (name: string, count: number, meaning: string): string => {
    const share = `${((100 * count) / Math.max(1, rows)).toFixed(1)} %`;
    return `  ${name.padEnd(4)} ${formatCount(count).padStart(8)} ${share.padStart(8)}   ${meaning}`;
  };
  return [
    ...VERDICTS.map((verdict) => line(verdict, byVerdict[verdict], MEANINGS[verdict])),
    ...(unanswered === 0 ? [] : [line('-', unanswered, 'not answered yet')]),
  ];
}

/** In how many rows each check found something, a line for each severity, the worst and most frequent first. */
export function findingLines({ byCheck }: CheckSummary, suite: CheckSuite, columns: number): string[] {
  const descriptions = new Map(suite.map(({ check }) => [check.id, check.description]));
  const found = SEVERITIES.flatMap((severity) =>
    Object.entries(byCheck)
      .filter(([, count]) => count[severity] > 0)
      .sort(([, one], [, other]) => other[severity] - one[severity])
      .map(([check, count]) => ({ check, severity, rows: count[severity] })),
  );
  const width = Math.max(0, ...found.map(({ check }) => check.length));
  return found.map(({ check, severity, rows }) => {
    const head = `  ${severity} ${formatCount(rows).padStart(8)}   ${visible(check).padEnd(width)}  `;
    return fill(head, descriptions.get(check) ?? '', columns);
  });
}

/**
 * Rows, a line each: id, verdict, and the first of the worst findings.
 *
 * @param verdictOf how the verdict is put, in as many columns for each row
 */
export function rowLines(
  rows: readonly CheckedRow[],
  columns: number,
  verdictOf: (row: CheckedRow) => string = ({ verdict }) => (verdict ?? '-').padEnd(4),
): string[] {
  const width = rows.reduce((widest, { id }) => Math.max(widest, excerpt(id, WIDEST_ID).length), 0);
  return rows.map((row) => {
    const head = `  ${excerpt(row.id, WIDEST_ID).padEnd(width)}  ${verdictOf(row)}  `;
    const [worst, ...others] = inOrderOfSeverity(row.findings);
    if (worst === undefined || row.reason !== null) return fill(head, row.reason ?? '', columns);
    const more = others.length === 0 ? '' : ` (+${others.length})`;
    return `${fill(head, `${worst.check}: ${worst.message}`, columns - more.length)}${more}`;
  });
}

/** The rows that are not good, the worst first: by verdict, then by how many findings led to it. */
export function worstRows(rows: readonly CheckedRow[]): CheckedRow[] {
  const weigh = ({ findings, verdict }: CheckedRow): number =>
    findings.filter(({ severity }) => severity === verdict).length;
  return VERDICTS.filter((verdict) => verdict !== 'pass').flatMap((verdict) =>
    rows.filter((row) => row.verdict === verdict).sort((one, other) => weigh(other) - weigh(one)),
  );
}

/** Findings with the worst first, otherwise in their order. */
export function inOrderOfSeverity(findings: readonly Finding[]): Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** A line of at most so many columns: `head`, and as much of `text` as there is room for. */
function fill(head: string, text: string, columns: number): string {
  return `${head}${excerpt(text, Math.max(20, columns - head.length))}`.trimEnd();
}
