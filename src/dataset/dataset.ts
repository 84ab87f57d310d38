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
  /** SHA-256 of the decompressed bytes, in hex, as `fingerprintFile` gives it; null unless it was asked for. */
  readonly fingerprint: string | null;
}

/** How to read a dataset. */
export interface DatasetOptions extends RowRules {
  /** Also computes the fingerprint, which costs a fifth of the time. Default: false. */
  readonly fingerprint?: boolean | undefined;
}

/** A dataset in a file; nothing is opened before the first batch is asked for. */
export function openDataset(path: string, options: DatasetOptions = {}): Dataset {
  return new Dataset(path, options, () => openByteSource(path));
}

/** A dataset that is read as a stream: memory does not grow with its length. */
export class Dataset {
  readonly path: string;
  readonly #options: DatasetOptions;
  readonly #open: () => Promise<ByteSource>;
  #summary: DatasetSummary | undefined;

  /** @param path names the dataset in messages */
  constructor(path: string, options: DatasetOptions, open: () => Promise<ByteSource>) {
    this.path = path;
    this.#options = options;
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
    const hash = this.#options.fingerprint === true ? createHash('sha256') : null;
    const { container, rows } = await openContainer(hash === null ? chunks : hashed(chunks, hash), this.path);
    const reader = new RowReader(this.path, this.#options);
    for await (const raw of rows) yield reader.read(raw);
    const counts = reader.finish();
    this.#summary = { path: this.path, container, gzip, ...counts, fingerprint: hash?.digest('hex') ?? null };
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
