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
