/**
 * Gives every row its id and finds clashes. Rows without an id of their own cost no memory beyond the
 * boundaries of the stretches they form, so a dataset without ids can be of any length.
 */
export class RowIds {
  readonly #own = new Set<string>();
  /** Stretches of rows that go by their number, ascending: first row, last row, first row, last row ... */
  readonly #numbered: number[] = [];

  /** The id of a row; undefined when an earlier row has it already. Rows must come in ascending order. */
  claim(row: number, ownId: string | undefined): string | undefined {
    const id = ownId ?? String(row);
    if (this.#own.has(id)) return undefined;
    if (ownId === undefined) this.#addNumbered(row);
    else if (this.#isNumbered(ownId)) return undefined;
    else this.#own.add(ownId);
    return id;
  }

  #addNumbered(row: number): void {
    if (this.#numbered.at(-1) === row - 1) this.#numbered[this.#numbered.length - 1] = row;
    else this.#numbered.push(row, row);
  }

  #isNumbered(id: string): boolean {
    if (!/^(0|[1-9]\d{0,14})$/.test(id)) return false;
    const row = Number(id);
    let low = 0;
    let high = this.#numbered.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbered[2 * middle + 1] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    const first = this.#numbered[2 * low];
    return first !== undefined && first <= row;
  }
}
