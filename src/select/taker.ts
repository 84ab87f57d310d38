import type { DatasetRow } from '../dataset/row-reader.js';
import { shorten, UserError } from '../errors.js';
import { type LengthMetric, measureLength } from './length-metric.js';
import { TopN } from './top-n.js';

/** Which examples to take: those with the longest responses, all that have a response, or those of these ids. */
export type SelectionRule =
  | { readonly kind: 'top'; readonly by: LengthMetric; readonly top: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly string[] };

/** A chosen row, and its length where the rule measures. */
export interface TakenRow {
  readonly row: DatasetRow;
  readonly length: number | null;
}

/** Sees every row once, in order, and keeps those that its rule asks for. */
export interface Taker {
  see(row: DatasetRow): void;
  /** The chosen rows in dataset order; `path` is for messages. */
  taken(path: string): TakenRow[];
}

/** The taker for a rule. */
export function takerOf(rule: SelectionRule): Taker {
  switch (rule.kind) {
    case 'top':
      return takeLongest(rule.top, rule.by);
    case 'all':
      return takeAll();
    case 'ids':
      return takeIds(rule.ids);
  }
}

/** Whether a row has no response to refine. */
export function isBlankResponse(row: DatasetRow): boolean {
  return row.response.trim() === '';
}

function takeLongest(top: number, by: LengthMetric): Taker {
  if (!Number.isSafeInteger(top) || top < 1) {
    throw new UserError('usage', 'The number of examples to select is not usable.', {
      expected: 'a whole number from 1',
      found: String(top),
      where: '--top',
    });
  }
  const longest = new TopN<DatasetRow>(top);
  return {
    see(row) {
      if (isBlankResponse(row)) return;
      longest.add({ item: row, length: measureLength(row.response, by), row: row.row });
    },
    taken: () => longest.inRowOrder().map(({ item, length }) => ({ row: item, length })),
  };
}

function takeAll(): Taker {
  const rows: TakenRow[] = [];
  return {
    see(row) {
      if (!isBlankResponse(row)) rows.push({ row, length: null });
    },
    taken: () => rows,
  };
}

function takeIds(ids: readonly string[]): Taker {
  const wanted = new Set<string>();
  const repeated = new Set<string>();
  for (const id of ids) (wanted.has(id) ? repeated : wanted).add(id);
  if (repeated.size > 0) throw idsError('Some ids are given more than once.', 'each id once', repeated);
  const blank = new Set<string>();
  const rows: TakenRow[] = [];
  return {
    see(row) {
      if (!wanted.delete(row.id)) return;
      if (isBlankResponse(row)) blank.add(row.id);
      else rows.push({ row, length: null });
    },
    taken(path) {
      if (wanted.size > 0)
        throw idsError('Some ids are not in the dataset.', 'ids of its rows', wanted, path);
      if (blank.size > 0) {
        throw idsError('Some examples have no response to refine.', 'rows with a response', blank, path);
      }
      return rows;
    },
  };
}

function idsError(message: string, expected: string, ids: ReadonlySet<string>, where = '--ids'): UserError {
  return new UserError('usage', message, { expected, found: shorten([...ids].join(', '), 400), where });
}
