/** The bytes of one row as a splitter cut them out of a file, not yet known to be JSON. */
export interface RawRow {
  readonly bytes: Buffer;
  /** 1-based, in files with a row per line; null in arrays. */
  readonly line: number | null;
  /**
   * What the splitter itself saw to be wrong: the file ends within the row; no comma parts it from the row
   * before; it is longer than a row may be (its bytes are then gone); it stands behind the end of the array.
   */
  readonly fault?: 'cut off' | 'missing comma' | 'row too long' | 'behind the array';
}

/** Cuts a file into rows, whatever chunks its bytes come in. */
export interface Splitter {
  /** Takes the next bytes; gives the rows that they complete. */
  push(chunk: Buffer): RawRow[];
  /** Says that there are no more bytes; gives what is left. */
  end(): RawRow[];
}

/** The most bytes that one row may have; a quote that is never closed must not fill the memory. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;

/** Collects the bytes of one row from one or more chunks. */
export class RowBytes {
  #parts: Buffer[] = [];
  #length = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#limit) this.#parts = [];
    else this.#parts.push(part);
  }

  /** The row that ends with `last`; the collection is empty afterwards. */
  take(last: Buffer, line: number | null, fault?: RawRow['fault']): RawRow {
    const tooLong = this.#length + last.length > this.#limit;
    const whole = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#length = 0;
    if (tooLong) return { bytes: Buffer.alloc(0), line, fault: 'row too long' };
    return fault === undefined ? { bytes: whole, line } : { bytes: whole, line, fault };
  }
}

/** Space, tab, line feed, carriage return: what JSON allows around values. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
