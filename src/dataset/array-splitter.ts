import { isBlank, MAX_ROW_BYTES, type RawRow, RowBytes, type Splitter } from './raw-row.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LF = 0x0a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where in the array the splitter is: before the `[`, before, in or after an element, behind the `]`. */
type Position = 'opening' | 'before' | 'in' | 'after' | 'behind';

/**
 * Cuts a JSON array into its elements without parsing them. An element that is broken JSON must not take its
 * neighbours along, so the splitter looks for the element's end by what is left of its structure:
 * a line feed ends a string (JSON allows none in it), a closing bracket closes everything opened since its
 * partner, and an object that stands where a key belongs is the next element.
 */
export class ArraySplitter implements Splitter {
  readonly #bytes: RowBytes;
  #position: Position = 'opening';
  /** The brackets that are open within the element. */
  #open: number[] = [];
  #inString = false;
  #escaped = false;
  /** Where the next line feed of this chunk is, as far as it was looked for. */
  #lineEnd = -1;
  /** The last byte of the element that was neither blank nor within a string. */
  #last = 0;
  #afterComma = false;
  #missingComma = false;

  constructor(maxRowBytes: number = MAX_ROW_BYTES) {
    this.#bytes = new RowBytes(maxRowBytes);
  }

  push(chunk: Buffer): RawRow[] {
    const rows: RawRow[] = [];
    this.#lineEnd = -1;
    let start = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#inString) {
        at = this.#followString(chunk, at);
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (isBlank(byte)) {
        at += 1;
        continue;
      }
      if (this.#position === 'behind') {
        rows.push({ bytes: chunk.subarray(at), line: null, fault: 'behind the array' });
        return rows;
      }
      if (this.#position !== 'in') {
        if (this.#isPunctuation(byte, rows)) {
          at += 1;
          continue;
        }
        start = at;
        this.#begin();
      }
      const next = this.#follow(byte);
      if (next !== 'in') {
        const end = next === 'after' ? at + 1 : at;
        rows.push(this.#take(chunk.subarray(start, end)));
        start = end;
        if (next === 'next element') {
          this.#begin();
          this.#follow(byte);
        } else {
          this.#position = next;
        }
      }
      at += 1;
    }
    if (this.#position === 'in') this.#bytes.add(chunk.subarray(start));
    return rows;
  }

  end(): RawRow[] {
    if (this.#position === 'behind') return [];
    return [this.#bytes.take(Buffer.alloc(0), null, 'cut off')];
  }

  #begin(): void {
    this.#position = 'in';
    this.#open = [];
    this.#last = 0;
  }

  #take(last: Buffer): RawRow {
    const row = this.#bytes.take(last, null, this.#missingComma ? 'missing comma' : undefined);
    this.#missingComma = false;
    return row;
  }

  /** Goes through a string from `at`; gives the index behind it, or behind the chunk. */
  #followString(chunk: Buffer, at: number): number {
    const lineEnd = this.#lineEndFrom(chunk, at);
    let from = at;
    for (;;) {
      const quote = chunk.indexOf(QUOTE, from);
      const end = quote < 0 ? chunk.length : quote;
      if (lineEnd < end) {
        this.#inString = false;
        this.#escaped = false;
        return lineEnd + 1;
      }
      const escaped = this.#isEscaped(chunk, at, end);
      if (quote < 0) {
        this.#escaped = escaped;
        return chunk.length;
      }
      if (!escaped) {
        this.#inString = false;
        this.#escaped = false;
        return quote + 1;
      }
      from = quote + 1;
    }
  }

  /** Whether the byte at `end` is escaped, in a string that goes on from `at`: an odd number of backslashes is before it. */
  #isEscaped(chunk: Buffer, at: number, end: number): boolean {
    let start = end;
    while (start > at && chunk[start - 1] === BACKSLASH) start -= 1;
    const odd = (end - start) % 2 === 1;
    return start === at && this.#escaped ? !odd : odd;
  }

  /** The next line feed; looked for once for each, however many strings there are before it. */
  #lineEndFrom(chunk: Buffer, at: number): number {
    if (this.#lineEnd < at) {
      const found = chunk.indexOf(LF, at);
      this.#lineEnd = found < 0 ? chunk.length : found;
    }
    return this.#lineEnd;
  }

  /** Takes a byte between elements; false when it is the first of an element. */
  #isPunctuation(byte: number, rows: RawRow[]): boolean {
    const before = this.#position;
    if (before === 'opening') {
      this.#position = 'before';
      return true;
    }
    if (byte === COMMA || byte === CLOSE_ARRAY) {
      // `[1,,2]` and `[1,]` have an element with nothing in it.
      if (before === 'before' && (byte === COMMA || this.#afterComma)) rows.push(this.#take(Buffer.alloc(0)));
      this.#position = byte === COMMA ? 'before' : 'behind';
      this.#afterComma = true;
      return true;
    }
    this.#missingComma = before === 'after';
    return false;
  }

  /** Takes a byte of the element; tells where the splitter is then. */
  #follow(byte: number): 'in' | 'after' | 'before' | 'behind' | 'next element' {
    const last = this.#last;
    this.#last = byte;
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        return 'in';
      case OPEN_OBJECT:
        if (last === COMMA && this.#open.at(-1) === OPEN_OBJECT) return 'next element';
        this.#open.push(byte);
        return 'in';
      case OPEN_ARRAY:
        this.#open.push(byte);
        return 'in';
      case CLOSE_OBJECT:
        return this.#close(OPEN_OBJECT) && this.#open.length === 0 ? 'after' : 'in';
      case CLOSE_ARRAY:
        if (!this.#close(OPEN_ARRAY)) return 'behind';
        return this.#open.length === 0 ? 'after' : 'in';
      case COMMA:
        if (this.#open.length > 0) return 'in';
        this.#afterComma = true;
        return 'before';
      default:
        return 'in';
    }
  }

  /** Closes everything opened since `opener`, and it; false when it is not open. */
  #close(opener: number): boolean {
    const index = this.#open.lastIndexOf(opener);
    if (index < 0) return false;
    this.#open.length = index;
    return true;
  }
}
