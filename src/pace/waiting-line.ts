/** First come, first served, with places that can be given up. */
export class WaitingLine<T> {
  #places: (T | undefined)[] = [];
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    this.#places.push(item);
    this.#size++;
  }

  /** Who is next; undefined when nobody waits. */
  peek(): T | undefined {
    return this.#places[this.#head];
  }

  shift(): T | undefined {
    const item = this.#places[this.#head];
    if (item === undefined) return undefined;
    this.#places[this.#head++] = undefined;
    this.#size--;
    // Moving the rest each time would be quadratic; keeping what has left would grow for ever.
    if (this.#head > 1024 && this.#head * 2 > this.#places.length) {
      this.#places = this.#places.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Takes out all who fit, and returns them in order. */
  remove(fits: (item: T) => boolean): T[] {
    const waiting = this.#places.slice(this.#head).filter((item) => item !== undefined);
    const [removed, kept] = [waiting.filter(fits), waiting.filter((item) => !fits(item))];
    this.#places = kept;
    this.#head = 0;
    this.#size = kept.length;
    return removed;
  }
}
