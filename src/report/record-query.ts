import type { RecordRow } from './record-data.js';

/** Ranges of the changed share by which records are filtered: name, and where it begins. */
export const CHANGE_RANGES = [
  { name: 'none', from: 0 },
  { name: 'small', from: 0.005 },
  { name: 'medium', from: 0.25 },
  { name: 'large', from: 0.5 },
  { name: 'whole', from: 0.75 },
] as const;
export type ChangeRange = (typeof CHANGE_RANGES)[number]['name'];

/** How records can be ordered; `id` is the order of the dataset. The larger comes first, but for `id`. */
export const RECORD_ORDERS = ['id', 'change', 'length', 'cost'] as const;
export type RecordOrder = (typeof RECORD_ORDERS)[number];

export const DECIDED = ['none', 'accept', 'reject', 'edit'] as const;

/** Which records are wanted: each list is an alternative, empty for all; the lists together must hold. */
export interface RecordFilter {
  readonly outcome: readonly RecordRow['outcome'][];
  readonly verdict: readonly NonNullable<RecordRow['verdict']>[];
  readonly check: readonly string[];
  readonly change: readonly ChangeRange[];
  readonly decision: readonly (typeof DECIDED)[number][];
  /** Text that stands, in any case, in the id, the instruction, the input, the original or the refined response. */
  readonly q: string;
}

/** How many records a further choice would leave, by facet and value: each counted as if its own facet had no choice. */
export interface FacetCounts {
  readonly outcome: Readonly<Record<string, number>>;
  readonly verdict: Readonly<Record<string, number>>;
  readonly check: Readonly<Record<string, number>>;
  readonly change: Readonly<Record<string, number>>;
  readonly decision: Readonly<Record<string, number>>;
}

const FACETS = ['outcome', 'verdict', 'check', 'change', 'decision'] as const;
type Facet = (typeof FACETS)[number];

/** The records that fit, in order, and the facet counts. */
export interface ChosenRecords {
  readonly rows: readonly RecordRow[];
  readonly facets: FacetCounts;
}

/**
 * Chooses and orders records.
 *
 * @param holds whether a text stands in a record; asked only where a text is searched for
 */
export function chooseRecords(
  all: readonly RecordRow[],
  filter: RecordFilter,
  order: RecordOrder,
  holds: (row: RecordRow, text: string) => boolean,
): ChosenRecords {
  const counts = FACETS.map((facet) => ({ facet, byValue: new Map<string, number>() }));
  const choices = FACETS.filter((facet) => filter[facet].length > 0);
  const rows: RecordRow[] = [];
  for (const row of all) {
    if (filter.q !== '' && !holds(row, filter.q)) continue;
    const missing = choices.filter((facet) => !fits(row, facet, filter));
    if (missing.length === 0) rows.push(row);
    if (missing.length > 1) continue;
    for (const { facet, byValue } of counts) {
      if (missing.length === 1 && facet !== missing[0]) continue;
      for (const value of valuesOf(row, facet)) byValue.set(value, (byValue.get(value) ?? 0) + 1);
    }
  }
  const facets = Object.fromEntries(counts.map(({ facet, byValue }) => [facet, Object.fromEntries(byValue)]));
  return {
    rows: order === 'id' ? rows : sortDown(rows, MEASURES[order]),
    facets: facets as unknown as FacetCounts,
  };
}

/** What tells whether a text has another one in it, in any case. */
export function searchPattern(text: string): RegExp {
  return new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
}

/** The range that a changed share lies in; null without one. */
export function changeRangeOf(changed: number | null): ChangeRange | null {
  return changed === null ? null : (CHANGE_RANGES.findLast(({ from }) => changed >= from)?.name ?? null);
}

function fits(row: RecordRow, facet: Facet, filter: RecordFilter): boolean {
  const wanted: readonly string[] = filter[facet];
  return valuesOf(row, facet).some((value) => wanted.includes(value));
}

function valuesOf(
  { outcome, verdict, checks, changed, decision }: RecordRow,
  facet: Facet,
): readonly string[] {
  switch (facet) {
    case 'outcome':
      return [outcome];
    case 'verdict':
      return verdict === null ? [] : [verdict];
    case 'check':
      return checks;
    case 'change': {
      const range = changeRangeOf(changed);
      return range === null ? [] : [range];
    }
    case 'decision':
      return [decision ?? 'none'];
  }
}

const MEASURES: Readonly<Record<Exclude<RecordOrder, 'id'>, (row: RecordRow) => number | null>> = {
  change: ({ changed }) => changed,
  length: ({ words }) => words.original,
  cost: ({ costUsd }) => costUsd,
};

/** The larger first; what has no measure comes last, equals keep their order. */
function sortDown(rows: readonly RecordRow[], measure: (row: RecordRow) => number | null): RecordRow[] {
  return rows
    .map((row) => ({ row, size: measure(row) ?? -1 }))
    .sort((one, other) => other.size - one.size)
    .map(({ row }) => row);
}
