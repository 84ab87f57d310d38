import type { Example } from '../example.js';
import type { RowFault } from '../row-fault.js';

/** How the fields of an example are laid out in a row. */
export type ShapeName = 'alpaca' | 'fastchat';

/** A row as `JSON.parse` or `parseLossless` gives it. */
export type RowObject = Readonly<Record<string, unknown>>;

/** The fields of an example as found in a row. */
export interface RowFields {
  /** The row's own id as text; undefined when it has none. */
  readonly ownId: string | undefined;
  readonly instruction: string;
  /** Empty when the instruction stands alone. */
  readonly input: string;
  readonly response: string;
}

/** One layout of rows: how to recognise, read and write it. */
export interface Shape {
  readonly name: ShapeName;
  /** The layout in a few words, for messages. */
  readonly layout: string;
  /** Whether a row looks like this layout, right or wrong in its details. */
  matches(row: RowObject): boolean;
  read(row: RowObject): RowFields | RowFault;
  /**
   * The row for an example with the given response. An example that came from this layout keeps everything
   * else of its row as it was, key order included; any other is laid out anew, its extra fields last.
   */
  write(example: Example, response: string): RowObject;
}
