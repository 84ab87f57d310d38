import { shorten, UserError } from '../errors.js';
import { containerError } from './container.js';
import type { Example, SourceRow } from './example.js';
import { parseLossless } from './lossless-json.js';
import type { RawRow } from './raw-row.js';
import { type BadRowReason, badRowError, RowFault } from './row-fault.js';
import { RowIds } from './row-ids.js';
import { parseRow } from './row-json.js';
import { readSource, recogniseShape, shapeNamed, shapes } from './shapes/catalogue.js';
import type { RowObject, Shape, ShapeName } from './shapes/shape.js';

/** How to read the rows of a dataset. */
export interface RowRules {
  /** The shape of the rows; without it the first row that looks like a shape decides. */
  readonly from?: ShapeName | undefined;
  /** Counts bad rows and leaves them out, where reading would else stop at the first. Default: false. */
  readonly skipBadRows?: boolean | undefined;
}

/** A good row: an example whose source is still text, because most rows are only measured. */
export interface DatasetRow {
  readonly id: string;
  /** Whether the row brought its id, and does not go by its number. */
  readonly hasOwnId: boolean;
  /** 0-based position in the file, bad rows and all. */
  readonly row: number;
  readonly instruction: string;
  /** Empty when the instruction stands alone. */
  readonly input: string;
  readonly response: string;
  /** The JSON of the row, as it stands in the file. */
  readonly text: string;
  /** The row as `JSON.parse` gives it. */
  readonly fields: RowObject;
}

/** What reading the rows came to. */
export interface RowCounts {
  readonly shape: ShapeName;
  /** All rows of the file, bad ones and all. */
  readonly rows: number;
  /** Good rows whose response is blank. */
  readonly emptyResponses: number;
  /** Rows that were left out, by reason. */
  readonly badRows: Readonly<Partial<Record<BadRowReason, number>>>;
}

/** What has to be kept of a row to make an example of it later: its text, from which the rest can be read again. */
export type KeptRow = Pick<DatasetRow, 'id' | 'row' | 'text'>;

/** The example of a row of that shape. */
export function toExample({ id, row, text }: KeptRow, shape: ShapeName): Example {
  const source = parseLossless(text) as SourceRow;
  return { id, row, source, ...readSource(shape, source) };
}

/** Makes rows of what a splitter cut out, in one pass over a file. */
export class RowReader {
  readonly #path: string;
  readonly #skipBadRows: boolean;
  readonly #ids = new RowIds();
  readonly #badRows: Partial<Record<BadRowReason, number>> = {};
  #shape: Shape | undefined;
  #rows = 0;
  #emptyResponses = 0;
  /** The fault of the first row that looked like no shape. */
  #unknown: RowFault | undefined;

  constructor(path: string, { from, skipBadRows = false }: RowRules) {
    this.#path = path;
    this.#skipBadRows = skipBadRows;
    if (from !== undefined) this.#shape = shapeNamed(from);
  }

  /** The good rows among these. */
  read(raws: readonly RawRow[]): DatasetRow[] {
    const good: DatasetRow[] = [];
    for (const raw of raws) {
      const row = this.#readRow(raw);
      if (row instanceof RowFault) this.#reject(raw, row);
      else good.push(row);
      this.#rows += 1;
    }
    return good;
  }

  /** The counts, after the last row. */
  finish(): RowCounts {
    const where = this.#path;
    if (this.#rows === 0) {
      throw new UserError('dataset', 'The dataset is empty.', {
        expected: 'at least one row',
        found: 'none',
        where,
      });
    }
    if (this.#shape === undefined) {
      throw new UserError('dataset', 'No row of the dataset has a shape that Burnish knows.', {
        expected: knownLayouts(),
        found: this.#unknown?.found ?? `only bad rows: ${shorten(this.#badRows)}`,
        where,
        hint: 'Rename the fields of the rows to one of these layouts.',
      });
    }
    return {
      shape: this.#shape.name,
      rows: this.#rows,
      emptyResponses: this.#emptyResponses,
      badRows: this.#badRows,
    };
  }

  #readRow(raw: RawRow): DatasetRow | RowFault {
    const parsed = parseRow(raw);
    if (parsed instanceof RowFault) return parsed;
    this.#shape ??= recogniseShape(parsed.object);
    if (this.#shape === undefined) return unknownShape(parsed.object);
    const fields = this.#shape.read(exactId(parsed.object, parsed.text));
    if (fields instanceof RowFault) return fields;
    const id = this.#ids.claim(this.#rows, fields.ownId);
    if (id === undefined) return duplicateId(this.#rows, fields.ownId);
    const { instruction, input, response } = fields;
    if (response.trim() === '') this.#emptyResponses += 1;
    return {
      ...{ id, hasOwnId: fields.ownId !== undefined, row: this.#rows, instruction, input, response },
      text: parsed.text,
      fields: parsed.object,
    };
  }

  #reject(raw: RawRow, fault: RowFault): void {
    if (raw.fault === 'behind the array') throw containerError('more text behind the array', this.#path);
    if (this.#rows === 0 && raw.line !== null && fault.reason === 'broken JSON' && isSpread(raw.bytes)) {
      throw containerError('a JSON object that goes over several lines', this.#path);
    }
    if (fault.reason === 'unknown shape') this.#unknown ??= fault;
    if (!this.#skipBadRows) {
      throw badRowError({ path: this.#path, row: this.#rows, line: raw.line }, fault);
    }
    this.#badRows[fault.reason] = (this.#badRows[fault.reason] ?? 0) + 1;
  }
}

/** An id beyond the integers that JavaScript keeps exactly is read again as it is spelled. */
function exactId(row: RowObject, text: string): RowObject {
  return typeof row.id === 'number' && !Number.isSafeInteger(row.id)
    ? (parseLossless(text) as RowObject)
    : row;
}

function unknownShape(row: RowObject): RowFault {
  const keys = Object.keys(row);
  const found = keys.length === 0 ? 'no fields' : `the fields ${shorten(keys.join(', '))}`;
  return new RowFault('unknown shape', knownLayouts(), found);
}

function knownLayouts(): string {
  return shapes.map(({ name, layout }) => `${name}: ${layout}`).join(', or ');
}

function duplicateId(row: number, ownId: string | undefined): RowFault {
  const found =
    ownId === undefined
      ? `no id, and an earlier row has the id "${row}", this row's number`
      : `${shorten(ownId)}, the id or the number of an earlier row`;
  return new RowFault('duplicate id', 'an id that no other row has', found, 'id');
}

/** Whether a line opens something that it does not close, as the first line of a pretty-printed object does. */
function isSpread(line: Buffer): boolean {
  return /([{[]|[^}\s]\s*,)\s*$/.test(line.subarray(-80).toString('latin1'));
}
