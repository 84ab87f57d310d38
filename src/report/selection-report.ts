import { type CurationWarning, describeRule, type Selection, type SelectionRule } from '../select/index.js';
import { formatCount, formatNumberOf } from './figures.js';
import { visible } from './visible.js';

/** How many ids a warning names; `--json` has all. */
const NAMED = 8;

/** What a selection did, a line each. */
export function selectionLines(path: string, rule: SelectionRule, selection: Selection): string[] {
  const { dataset, available, examples, ties } = selection;
  const { rows, shape, emptyResponses, badRows } = dataset;
  return [
    `read:      ${visible(path)}: ${formatNumberOf(rows, 'row')} (${shape})`,
    ...Object.entries(badRows).map(
      ([reason, count]) => `           ${formatNumberOf(count, 'row')} skipped: ${reason}`,
    ),
    ...(emptyResponses === 0
      ? []
      : [`           ${formatNumberOf(emptyResponses, 'row')} with an empty response, never selected`]),
    `selected:  ${formatCount(examples.length)} of ${formatCount(available)}: ${visible(describeRule(rule))}`,
    ...lengthLines(selection),
    ...(ties === null ? [] : [tiesLine(ties)]),
  ];
}

/** The warnings, a line each. */
export function warningLines(warnings: readonly CurationWarning[]): string[] {
  return warnings.map(({ kind, message, groups }) => {
    const apart = kind === 'exact_duplicates' || kind === 'near_duplicates' ? '; ' : ', ';
    const named = groups.slice(0, NAMED).map((ids) =>
      ids
        .slice(0, NAMED)
        .map((id) => visible(id))
        .join(', '),
    );
    const count = groups.reduce((sum, ids) => sum + ids.length, 0);
    const more = groups.length > NAMED || groups.some((ids) => ids.length > NAMED) ? ', ...' : '';
    return `warning:   ${formatNumberOf(count, 'example')}: ${message}: ${named.join(apart)}${more}`;
  });
}

function lengthLines({ lengths }: Selection): string[] {
  if (lengths.length === 0) return [];
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share: number): string => formatCount(sorted[Math.round(share * (sorted.length - 1))] ?? 0);
  return [
    `lengths:   ${at(0)} (least), ${at(0.25)} (25 %), ${at(0.5)} (median), ${at(0.75)} (75 %), ${at(1)} (most)`,
  ];
}

function tiesLine({ length, rows, chosen }: NonNullable<Selection['ties']>): string {
  const at = `${formatNumberOf(rows, 'row')} of length ${formatCount(length)}`;
  if (chosen.length === rows) return `threshold: ${at}, chosen`;
  const named = chosen.slice(0, NAMED).map((id) => visible(id));
  const names = `${named.join(', ')}${chosen.length > NAMED ? ', ...' : ''}`;
  return `threshold: ${at}; the earliest ${formatCount(chosen.length)} chosen: ${names}`;
}
