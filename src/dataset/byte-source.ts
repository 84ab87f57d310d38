import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BurnishError, UserError } from '../errors.js';
import { fileError } from './file-error.js';

const CHUNK_BYTES = 256 * 1024;

/** The bytes of a dataset as they come, decompressed. */
export interface ByteSource {
  /** Whether the file was gzip; its content tells, not its name. */
  readonly gzip: boolean;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Opens a file for one pass over its decompressed bytes.
 *
 * @throws UserError when there is no such file, it cannot be read, or its gzip data are damaged.
 */
export function openByteSource(path: string): Promise<ByteSource> {
  return inflateIfGzip(readChunks(path), path);
}

/** Decompresses chunks that begin like gzip and hands on any others as they are; `path` is for messages. */
export async function inflateIfGzip(chunks: AsyncIterable<Buffer>, path: string): Promise<ByteSource> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const whole = resume(head, iterator);
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  return { gzip, chunks: gzip ? gunzip(whole, path) : whole };
}

/**
 * The SHA-256 of a dataset's decompressed bytes, in hex: the same for a file and its gzipped copy.
 *
 * @throws UserError as `openByteSource` does.
 */
export async function fingerprintFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const source = await openByteSource(path);
  for await (const chunk of source.chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function* readChunks(path: string): AsyncGenerator<Buffer, void> {
  try {
    await using file = await open(path, 'r');
    const readNext = async (): Promise<Buffer> => {
      // A new buffer each time: the splitters keep parts of chunks until a row is whole.
      const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
      return buffer.subarray(0, bytesRead);
    };
    // The next chunk is on its way while the last one is worked on.
    let next = readNext();
    for (;;) {
      const chunk = await next;
      if (chunk.length === 0) return;
      next = readNext();
      next.catch(() => {}); // whoever awaits it gets the error; nobody does if reading ends early
      yield chunk;
    }
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** Chunks of which some were read already: those, in one piece, and the rest. */
export async function* resume(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzip(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer, void> {
  // The callback takes errors that the loop below gets as well.
  const inflated = pipeline(Readable.from(chunks), createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
  try {
    for await (const chunk of inflated) yield chunk;
  } catch (error) {
    if (error instanceof BurnishError) throw error;
    throw new UserError(
      'dataset',
      'The gzip data are damaged or cut off.',
      {
        expected: 'complete gzip data',
        found: error instanceof Error ? error.message : String(error),
        where: path,
        hint: 'Fetch or compress the file again; `gzip -t FILE` tells whether it is whole.',
      },
      { cause: error },
    );
  }
}
