/** One row of a dataset. */
export interface Example {
  /** The row's own `id`, else its 0-based row number as text; unique within a dataset. */
  readonly id: string;
  /** 0-based position in the file, bad rows and all. */
  readonly row: number;
  readonly instruction: string;
  /** Empty when the instruction stands alone. */
  readonly input: string;
  readonly response: string;
  /**
   * The row as it stood in the file: key order, extra fields and the spelling of numbers (`4.0`) are kept,
   * so that writing it back unchanged gives the same bytes. Made by `parseLossless`.
   */
  readonly source: SourceRow;
}

/** A row object whose numbers remember how they were spelled; see `parseLossless`. */
export type SourceRow = Readonly<Record<string, unknown>>;
