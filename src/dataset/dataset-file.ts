import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { fileError } from './file-error.js';
import { containerOf, type FileFormat } from './file-format.js';
import { serializers } from './serializer.js';

const PIECE_CHARACTERS = 64 * 1024;

/**
 * Writes rows to a file and syncs it to the disk. A file that is there already is overwritten, and a failure
 * leaves a part of one: to publish a file whole or not at all, write it under another name and rename it.
 *
 * @param format what to write, for a path whose extension does not tell
 * @throws UserError when the path cannot be written; EnvironmentError when writing fails.
 */
export async function writeDatasetFile(
  path: string,
  rows: Iterable<object> | AsyncIterable<object>,
  format: FileFormat = containerOf(path),
): Promise<void> {
  const text = pieces(rows, format);
  try {
    await using file = await open(path, 'w');
    // The callback takes an error that `writeFile` gets as well.
    await file.writeFile(format.gzip ? pipeline(Readable.from(text), createGzip(), () => {}) : text);
    // A pipe or a device has nothing to sync.
    if ((await file.stat()).isFile()) await file.sync();
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

/** The file's text, in pieces large enough to be worth a write. */
async function* pieces(
  rows: Iterable<object> | AsyncIterable<object>,
  { container }: FileFormat,
): AsyncGenerator<string, void> {
  const serializer = serializers[container];
  let piece = serializer.open;
  let count = 0;
  for await (const row of rows) {
    piece += serializer.row(row, count);
    count += 1;
    if (piece.length >= PIECE_CHARACTERS) {
      yield piece;
      piece = '';
    }
  }
  yield piece + serializer.close(count);
}
