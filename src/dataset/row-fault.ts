import { UserError } from '../errors.js';

/** Why a row cannot be used. Summaries count by these words, so they are stable. */
export type BadRowReason =
  | 'broken JSON'
  | 'cut off'
  | 'duplicate id'
  | 'empty instruction'
  | 'invalid text'
  | 'missing comma'
  | 'missing field'
  | 'nested too deeply'
  | 'not UTF-8'
  | 'not an object'
  | 'row too long'
  | 'unknown shape'
  | 'unsupported conversation'
  | 'wrong type';

/** What is wrong with one row, in the words that its owner needs to mend it. */
export class RowFault {
  readonly reason: BadRowReason;
  readonly expected: string;
  readonly found: string;
  /** The field that is at fault; absent when the whole row is. */
  readonly field: string | undefined;

  constructor(reason: BadRowReason, expected: string, found: string, field?: string) {
    this.reason = reason;
    this.expected = expected;
    this.found = found;
    this.field = field;
  }
}

/** Where a row stands in its file. */
export interface RowPlace {
  readonly path: string;
  /** 0-based. */
  readonly row: number;
  /** 1-based, in files with a row per line; null in arrays. */
  readonly line: number | null;
}

/** The error that stops reading at a bad row. */
export function badRowError(place: RowPlace, fault: RowFault): UserError {
  const line = place.line === null ? '' : ` (line ${place.line})`;
  const field = fault.field === undefined ? '' : `, field "${fault.field}"`;
  return new UserError('dataset', `Row ${place.row} cannot be used: ${fault.reason}.`, {
    expected: fault.expected,
    found: fault.found,
    where: `${place.path}, row ${place.row}${line}${field}`,
    hint: 'Rows are counted from 0. Mend the row, or leave such rows out with --skip-bad-rows.',
  });
}
