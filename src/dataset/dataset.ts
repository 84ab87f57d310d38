import { createHash, type Hash } from 'node:crypto';
import { type ByteSource, openByteSource } from './byte-source.js';
import { openContainer } from './container.js';
import type { Container } from './file-format.js';
import { type DatasetRow, type RowCounts, RowReader, type RowRules } from './row-reader.js';

/** What one whole pass over a dataset found. */
export interface DatasetSummary extends RowCounts {
  readonly path: string;
  readonly container: Container;
  readonly gzip: boolean;
  /** SHA-256 of the decompressed bytes, in hex; what `fingerprintFile` gives. */
  readonly fingerprint: string;
}

/** A dataset in a file; nothing is opened before the first batch is asked for. */
export function openDataset(path: string, rules: RowRules = {}): Dataset {
  return new Dataset(path, rules, () => openByteSource(path));
}

/** A dataset that is read as a stream: memory does not grow with its length. */
export class Dataset {
  readonly path: string;
  readonly #rules: RowRules;
  readonly #open: () => Promise<ByteSource>;
  #summary: DatasetSummary | undefined;

  /** @param path names the dataset in messages */
  constructor(path: string, rules: RowRules, open: () => Promise<ByteSource>) {
    this.path = path;
    this.#rules = rules;
    this.#open = open;
  }

  /**
   * Reads from the start and gives the good rows in order, some hundreds at a time.
   *
   * @throws UserError when the file cannot be read, is no dataset, has no row of a known shape, or has a bad row
   * while bad rows are not skipped.
   */
  async *batches(): AsyncGenerator<readonly DatasetRow[], void> {
    this.#summary = undefined;
    const { gzip, chunks } = await this.#open();
    const hash = createHash('sha256');
    const { container, rows } = await openContainer(hashed(chunks, hash), this.path);
    const reader = new RowReader(this.path, this.#rules);
    for await (const raw of rows) yield reader.read(raw);
    const counts = reader.finish();
    this.#summary = { path: this.path, container, gzip, ...counts, fingerprint: hash.digest('hex') };
  }

  /** What the last pass found; a pass that was left early found nothing. */
  summary(): DatasetSummary {
    if (this.#summary === undefined) throw new Error('The dataset has not been read to its end.');
    return this.#summary;
  }
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
