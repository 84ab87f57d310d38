/** An item with what it is ranked by. */
export interface Ranked<T> {
  readonly item: T;
  readonly length: number;
  /** Position in the dataset; of equal lengths the earlier wins. */
  readonly row: number;
}

/** Keeps the longest of any number of items in the memory of `capacity` of them: a heap, its weakest on top. */
export class TopN<T> {
  readonly #capacity: number;
  readonly #heap: Ranked<T>[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(entry: Ranked<T>): void {
    if (this.#heap.length < this.#capacity) {
      this.#rise(entry);
      return;
    }
    const weakest = this.#heap[0];
    if (weakest !== undefined && isWeaker(weakest, entry)) this.#sink(entry);
  }

  /** The least length that a later entry must exceed to be kept; minus infinity while there is room. */
  weakestLength(): number {
    const weakest = this.#heap[0];
    return weakest === undefined || this.#heap.length < this.#capacity
      ? Number.NEGATIVE_INFINITY
      : weakest.length;
  }

  /** What was kept, in the order of the rows. */
  inRowOrder(): Ranked<T>[] {
    return this.#heap.toSorted((a, b) => a.row - b.row);
  }

  #rise(entry: Ranked<T>): void {
    let index = this.#heap.length;
    this.#heap.push(entry);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#heap[parentIndex];
      if (parent === undefined || !isWeaker(entry, parent)) break;
      this.#heap[index] = parent;
      index = parentIndex;
    }
    this.#heap[index] = entry;
  }

  /** Puts an entry in the place of the weakest. */
  #sink(entry: Ranked<T>): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const leftChild = this.#heap[left];
      const rightChild = this.#heap[right];
      if (leftChild === undefined) break;
      const goRight = rightChild !== undefined && isWeaker(rightChild, leftChild);
      const child = goRight ? rightChild : leftChild;
      if (!isWeaker(child, entry)) break;
      this.#heap[index] = child;
      index = goRight ? right : left;
    }
    this.#heap[index] = entry;
  }
}

function isWeaker(a: Ranked<unknown>, b: Ranked<unknown>): boolean {
  return a.length < b.length || (a.length === b.length && a.row > b.row);
}
