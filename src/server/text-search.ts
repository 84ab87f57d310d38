import { searchPattern } from '../report/record-query.js';
import { Turn } from '../turn.js';

/** Texts that were searched for last, and are probably searched for again. */
const MOST_TEXTS = 50;

const UNKNOWN = 0;
const ABSENT = 1;
const FOUND = 2;

/** Finds the records in which a text stands, and remembers which they were until they change. */
export class TextSearch {
  readonly #places: number;
  readonly #textsAt: (place: number) => readonly string[];
  /** What is known of each place, by the text that was searched for. */
  readonly #known = new Map<string, Uint8Array>();

  /** @param textsAt the texts of the record at a place, from 0 */
  constructor(places: number, textsAt: (place: number) => readonly string[]) {
    this.#places = places;
    this.#textsAt = textsAt;
  }

  /** Looks into all records, so that `holds` knows; others get their turn meanwhile. */
  async find(text: string): Promise<void> {
    const turn = new Turn();
    const holds = this.holds(text);
    for (let place = 0; place < this.#places; place++) {
      holds(place);
      if (turn.isOver) await turn.next();
    }
  }

  /** What tells of each place whether the text stands there, in any case. */
  holds(text: string): (place: number) => boolean {
    const known = this.#known.get(text) ?? new Uint8Array(this.#places);
    this.#known.delete(text);
    this.#known.set(text, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_TEXTS && oldest !== undefined) this.#known.delete(oldest);
    const pattern = searchPattern(text);
    return (place) => {
      if (known[place] === UNKNOWN) {
        known[place] = this.#textsAt(place).some((one) => pattern.test(one)) ? FOUND : ABSENT;
      }
      return known[place] === FOUND;
    };
  }

  /** Lets what is known of places be looked up anew. */
  forget(places: Iterable<number>): void {
    for (const place of places) for (const known of this.#known.values()) known[place] = UNKNOWN;
  }
}
