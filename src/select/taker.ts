import { createHash } from 'node:crypto';
import type { DatasetRow, KeptRow } from '../dataset/row-reader.js';
import { shorten, UserError } from '../errors.js';
import type { RowMetric } from './row-metric.js';
import { TopN } from './top-n.js';

/** A chosen row, and its length where the rule measures. */
export interface TakenRow {
  readonly row: KeptRow;
  readonly length: number | null;
}

/** Sees every row that could be chosen once, in order, and keeps those that its rule asks for. */
export interface Taker {
  see(row: DatasetRow): void;
  /** Sees a row that cannot be chosen. */
  passOver?(row: DatasetRow): void;
  /** The chosen rows in dataset order. */
  taken(): TakenRow[];
}

/** What is kept of a row; the rest would be most of the memory that a selection takes. */
function keep({ id, row, text }: DatasetRow): KeptRow {
  return { id, row, text };
}

/** Whether a row has no response to refine. */
export function isBlankResponse(row: DatasetRow): boolean {
  return row.response.trim() === '';
}

/** A metric that tells of every length it finds, and refuses rows that have none. */
export interface Measuring {
  readonly metric: RowMetric;
  /** Told the length of each row that is measured: of all, or of those that a bound does not rule out. */
  readonly onLength: (length: number) => void;
  /** Measure every row, even where a bound rules it out. */
  readonly every: boolean;
  /** Names rows without a length in messages. */
  readonly path: string;
  readonly by: string;
}

/** A number of examples to take, which programs may give as they like. */
function requireCount(count: number, where: string): number {
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new UserError('usage', 'The number of examples to select is not usable.', {
    expected: 'a whole number from 1',
    found: String(count),
    where,
  });
}

/** Takes the N longest. */
export function takeLongest(top: number, measuring: Measuring): Taker {
  const longest = new TopN<KeptRow>(requireCount(top, '--top'));
  return {
    see(row) {
      // A row that is certainly shorter than the weakest of the N need not be measured exactly.
      if (!measuring.every && !measuring.metric.mayReach(row, longest.weakestLength())) return;
      longest.add({ item: keep(row), length: measureRow(row, measuring), row: row.row });
    },
    taken: () => longest.inRowOrder().map(({ item, length }) => ({ row: item, length })),
  };
}

/** Takes all that are at least so long. */
export function takeAtLeast(least: number, measuring: Measuring): Taker {
  const rows: TakenRow[] = [];
  return {
    see(row) {
      if (!measuring.every && !measuring.metric.mayReach(row, least)) return;
      const length = measureRow(row, measuring);
      if (length >= least) rows.push({ row: keep(row), length });
    },
    taken: () => rows,
  };
}

function measureRow(row: DatasetRow, { metric, onLength, path, by }: Measuring): number {
  const length = metric.measure(row);
  if (Number.isNaN(length)) {
    const field = by.replace(/^field:/, '');
    throw new UserError('dataset', `Row ${row.row} has no number to be ranked by.`, {
      expected: `a number in the field "${field}" of every row`,
      found: Object.hasOwn(row.fields, field) ? shorten(row.fields[field]) : 'no such field',
      where: `${path}, row ${row.row}`,
      hint: `Rows are counted from 0. Leave such rows out with --where, or rank by another field.`,
    });
  }
  onLength(length);
  return length;
}

/**
 * Takes N at random: those whose row number, hashed with the seed, comes out highest. Thus the choice depends on
 * nothing but seed and row numbers, and a longer dataset changes it no more than it must.
 */
export function takeAtRandom(count: number, seed: number): Taker {
  const chosen = new TopN<KeptRow>(requireCount(count, '--random'));
  return {
    see(row) {
      const digest = createHash('sha256').update(`${seed}:${row.row}`).digest();
      chosen.add({ item: keep(row), length: digest.readUIntBE(0, 6), row: row.row });
    },
    taken: () => chosen.inRowOrder().map(({ item }) => ({ row: item, length: null })),
  };
}

/** Takes every row. */
export function takeAll(): Taker {
  const rows: TakenRow[] = [];
  return {
    see: (row) => rows.push({ row: keep(row), length: null }),
    taken: () => rows,
  };
}

/**
 * Takes the rows with these ids.
 *
 * @throws UserError that names ids given more than once; `taken` throws one that names ids which no row has, or whose
 *   row cannot be chosen
 */
export function takeIds(ids: readonly string[], path: string): Taker {
  const wanted = new Set<string>();
  const repeated = new Set<string>();
  for (const id of ids) (wanted.has(id) ? repeated : wanted).add(id);
  if (repeated.size > 0) throw idsError('Some ids are given more than once.', 'each id once', repeated);
  const unusable = new Set<string>();
  const rows: TakenRow[] = [];
  return {
    see(row) {
      if (wanted.delete(row.id)) rows.push({ row: keep(row), length: null });
    },
    passOver(row) {
      if (wanted.delete(row.id)) unusable.add(row.id);
    },
    taken() {
      if (wanted.size > 0)
        throw idsError('Some ids are not in the dataset.', 'ids of its rows', wanted, path);
      if (unusable.size === 0) return rows;
      const expected = 'rows with a response, for which every --where holds';
      throw idsError('Some examples cannot be chosen.', expected, unusable, path);
    },
  };
}

function idsError(message: string, expected: string, ids: ReadonlySet<string>, where = '--ids'): UserError {
  return new UserError('usage', message, { expected, found: shorten([...ids].join(', '), 400), where });
}
