import type { CheckStamp } from '../checks/index.js';
import type { VerdictChanges } from '../run/verdict-changes.js';
import { rowLines } from './check-lines.js';
import type { CheckedRow } from './check-summary.js';
import { formatCount, formatNumberOf } from './figures.js';
import { excerpt } from './visible.js';

/** The most columns that a list of ids gets: `--json` has them all. */
const WIDEST_IDS = 400;

/** Which verdicts differ from the last check's, a line for each kind of change, and why; nothing when none does. */
export function verdictChangeLines(changes: VerdictChanges | null, columns: number): string[] {
  if (changes === null || changes.rows.length === 0) return [];
  const groups = Map.groupBy(changes.rows, ({ before, now }) => `${before} -> ${now}`);
  return [
    `${formatNumberOf(changes.rows.length, 'example')} judged otherwise than ${atLastCheck(changes)}:`,
    ...[...groups].map(([change, group]) => {
      const head = `  ${change} ${formatCount(group.length).padStart(6)}   `;
      const ids = group.map(({ id }) => id).join(', ');
      return `${head}${excerpt(ids, Math.max(20, Math.min(WIDEST_IDS, columns - head.length)))}`;
    }),
    ...causeLines(changes, columns),
  ];
}

/**
 * The same with a line for each example, which tells what was found.
 *
 * @param rows the examples as they are judged now
 * @param limit how many are listed
 */
export function changedRowLines(
  changes: VerdictChanges,
  rows: readonly CheckedRow[],
  columns: number,
  limit: number,
): string[] {
  const listed = new Map(changes.rows.slice(0, limit).map((change) => [change.id, change]));
  const lines = rowLines(
    rows.filter(({ id }) => listed.has(id)),
    columns,
    ({ id }) => `${listed.get(id)?.before} -> ${listed.get(id)?.now}`,
  );
  const left = changes.rows.length - lines.length;
  return [
    ...lines,
    ...(left === 0 ? [] : [`  ... and ${formatCount(left)} more; --json has them all`]),
    ...causeLines(changes, columns),
  ];
}

/** `at the check of 2026-01-02 03:04 UTC`. */
export function atLastCheck({ since }: VerdictChanges): string {
  return `at the check of ${since.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What may have changed verdicts since the last check, a line each. */
function causeLines({ checks, checksFile, burnish }: VerdictChanges, columns: number): string[] {
  const causes = [
    ...checks.map(({ check, before, now }) => `${check}: ${describeStamps(before, now)}`),
    ...(checksFile === null ? [] : ['the checks file is another one']),
    ...(burnish === null ? [] : [`Burnish: ${burnish.before} -> ${burnish.now}`]),
  ];
  return causes.map((cause) => `  since then ${excerpt(cause, Math.max(20, columns - 13))}`);
}

function describeStamps(before: CheckStamp | null, now: CheckStamp | null): string {
  if (before === null) return 'new';
  if (now === null) return 'gone';
  const names = new Set([...Object.keys(before.thresholds), ...Object.keys(now.thresholds)]);
  const parts: [name: string, was: unknown, is: unknown][] = [
    ['version', before.version, now.version],
    ['severity', before.severity, now.severity],
    ...[...names].map((name): [string, unknown, unknown] => [
      name,
      before.thresholds[name] ?? 'none',
      now.thresholds[name] ?? 'none',
    ]),
  ];
  return parts
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `${name} ${was} -> ${is}`)
    .join(', ');
}
