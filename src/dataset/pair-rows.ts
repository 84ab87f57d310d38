import { UserError } from '../errors.js';
import type { Example } from './example.js';
import {
  ContentCounts,
  matchRows,
  PAIRED_BY,
  type PairableRow,
  type PairedBy,
  type RowPair,
} from './match-rows.js';
import type { DatasetRow } from './row-reader.js';

/** A file of rows, as `Dataset` is one. */
export interface RowSource {
  readonly path: string;
  batches(): AsyncIterable<readonly DatasetRow[]>;
}

/** What pairing two files came to. */
export interface PairingSummary {
  readonly pairs: number;
  /** The least sure means that was needed. */
  readonly by: PairedBy;
  /** Original rows without a refined one. */
  readonly unrefined: number;
  /** Pairs that their ids made, though instruction or input differ, and the first such id. */
  readonly reworded: { readonly pairs: number; readonly first: string } | null;
}

/**
 * The rows of two files, paired. As long as the files go in step, which most do to the end, a row of each is in memory;
 * from where they do not, the rest of both.
 */
export class PairedFiles {
  readonly #originals: RowSource;
  readonly #refined: RowSource;
  #by: PairedBy = 'id';
  #pairs = 0;
  #reworded: PairingSummary['reworded'] = null;
  #unrefined: number | null = null;

  constructor(originals: RowSource, refined: RowSource) {
    this.#originals = originals;
    this.#refined = refined;
  }

  /**
   * Gives the pairs in the order of the refined file, some hundreds at a time.
   *
   * @throws UserError `dataset` when a refined row belongs to no original one; what was given before is void then
   */
  async *batches(): AsyncGenerator<readonly RowPair[], void> {
    const originals = new RowQueue(this.#originals.batches());
    const refined = new RowQueue(this.#refined.batches());
    try {
      yield* this.#pair(originals, refined);
    } finally {
      await originals.close();
      await refined.close();
    }
  }

  async *#pair(originals: RowQueue, refined: RowQueue): AsyncGenerator<readonly RowPair[], void> {
    const contents = new ContentCounts();
    while ((await originals.fill()) && (await refined.fill())) {
      const pairs: RowPair[] = [];
      for (let pair = nextInStep(originals, refined); pair !== null; pair = nextInStep(originals, refined)) {
        if (pair.by === 'content') contents.add(pair.refined);
        this.#note([pair], pair.by);
        pairs.push(pair);
      }
      if (pairs.length > 0) yield pairs;
      else break;
    }
    const rest = { originals: await originals.rest(), refined: await refined.rest() };
    this.#unrefined = rest.originals.length - rest.refined.length;
    if (rest.originals.length + rest.refined.length === 0) return;
    const matching = matchRows(rest, contents);
    if ('found' in matching) throw this.#mismatch(matching);
    this.#note(matching.pairs, matching.by);
    yield matching.pairs;
  }

  /** What came of it, after the last pair. */
  summary(): PairingSummary {
    if (this.#unrefined === null) throw new Error('The files have not been paired to their end.');
    return {
      ...{ pairs: this.#pairs, by: this.#by },
      ...{ unrefined: this.#unrefined, reworded: this.#reworded },
    };
  }

  #note(pairs: readonly RowPair[], by: PairedBy): void {
    this.#pairs += pairs.length;
    if (PAIRED_BY.indexOf(by) > PAIRED_BY.indexOf(this.#by)) this.#by = by;
    for (const { original, refined } of pairs) {
      if (hasSameContent(original, refined)) continue;
      const { pairs: before = 0, first = original.id } = this.#reworded ?? {};
      this.#reworded = { pairs: before + 1, first };
    }
  }

  #mismatch({ row, found }: { readonly row: number; readonly found: string }): UserError {
    return new UserError('dataset', 'The two files cannot be paired.', {
      where: `${this.#refined.path}, row ${row}`,
      expected: `a row of ${this.#originals.path} with the same id, or with the same instruction and input, or in the same place`,
      found,
      hint: 'Rows are counted from 0. Give both files the ids of the rows that belong together.',
    });
  }
}

/** The example that an original row stands for, its source as `JSON.parse` gives it: enough for checks, not for export. */
export function toExample({ id, row, instruction, input, response, fields }: PairableRow): Example {
  return { id, row, instruction, input, response, source: fields };
}

/** The next row of each file, if they plainly belong together; null when they do not, or when more must be read. */
function nextInStep(originals: RowQueue, refined: RowQueue): (RowPair & { by: 'id' | 'content' }) | null {
  const [original, candidate] = [originals.first, refined.first];
  if (original === undefined || candidate === undefined) return null;
  const by = original.hasOwnId && candidate.hasOwnId ? 'id' : 'content';
  const belong = by === 'id' ? original.id === candidate.id : hasSameContent(original, candidate);
  if (!belong) return null;
  originals.drop();
  refined.drop();
  return { original, refined: candidate, by };
}

function hasSameContent(one: PairableRow, other: PairableRow): boolean {
  return one.instruction === other.instruction && one.input === other.input;
}

/** The rows of a file, to be taken one by one. */
class RowQueue {
  readonly #batches: AsyncIterator<readonly DatasetRow[]>;
  #batch: readonly DatasetRow[] = [];
  #place = 0;

  constructor(batches: AsyncIterable<readonly DatasetRow[]>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** Reads on if nothing is left of what was read; false at the end. */
  async fill(): Promise<boolean> {
    while (this.#place === this.#batch.length) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      this.#batch = next.value;
      this.#place = 0;
    }
    return true;
  }

  get first(): PairableRow | undefined {
    return this.#batch[this.#place];
  }

  drop(): void {
    this.#place += 1;
  }

  /** Closes the file, wherever reading has got to. */
  async close(): Promise<void> {
    await this.#batches.return?.();
  }

  /** All that is left, without the text of the rows. */
  async rest(): Promise<PairableRow[]> {
    const rows: PairableRow[] = [];
    for (; await this.fill(); this.drop()) {
      const { first } = this;
      if (first === undefined) break;
      const { text: _, ...row } = first as DatasetRow;
      rows.push(row);
    }
    return rows;
  }
}
