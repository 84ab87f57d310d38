import { isBlank, MAX_ROW_BYTES, type RawRow, RowBytes, type Splitter } from './raw-row.js';

const LF = 0x0a;

/** Cuts JSON Lines at line feeds; blank lines are no rows, but count as lines. */
export class LineSplitter implements Splitter {
  readonly #pending: RowBytes;
  #line = 1;

  constructor(maxRowBytes: number = MAX_ROW_BYTES) {
    this.#pending = new RowBytes(maxRowBytes);
  }

  push(chunk: Buffer): RawRow[] {
    const rows: RawRow[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#finishLine(chunk.subarray(start, end), rows);
      this.#line += 1;
      start = end + 1;
    }
    if (start < chunk.length) this.#pending.add(chunk.subarray(start));
    return rows;
  }

  end(): RawRow[] {
    const rows: RawRow[] = [];
    this.#finishLine(Buffer.alloc(0), rows);
    return rows;
  }

  #finishLine(last: Buffer, rows: RawRow[]): void {
    const row = this.#pending.take(last, this.#line);
    if (row.fault !== undefined || !row.bytes.every(isBlank)) rows.push(row);
  }
}
