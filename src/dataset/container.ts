import { isUtf8 } from 'node:buffer';
import { shorten, UserError } from '../errors.js';
import { ArraySplitter } from './array-splitter.js';
import { resume } from './byte-source.js';
import type { Container } from './file-format.js';
import { LineSplitter } from './line-splitter.js';
import { isBlank, type RawRow, type Splitter } from './raw-row.js';

/** A file's rows, not parsed yet. */
export interface OpenedContainer {
  readonly container: Container;
  readonly rows: AsyncIterable<readonly RawRow[]>;
}

/**
 * Recognises by its first bytes how a file's rows are put together, and cuts them apart.
 *
 * @param path names the file in messages
 * @throws UserError when it is neither an array nor lines of objects.
 */
export async function openContainer(chunks: AsyncIterable<Buffer>, path: string): Promise<OpenedContainer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let opening: Opening | undefined;
  while (opening === undefined) {
    const next = await iterator.next();
    if (next.done !== true) head = Buffer.concat([head, next.value]);
    opening = recogniseOpening(head, next.done === true);
  }
  if ('found' in opening) {
    await iterator.return?.();
    throw containerError(opening.found, path);
  }
  const { container, skip } = opening;
  const splitter = container === 'json' ? new ArraySplitter() : new LineSplitter();
  return { container, rows: split(resume(head.subarray(skip), iterator), splitter) };
}

async function* split(
  chunks: AsyncIterable<Buffer>,
  splitter: Splitter,
): AsyncGenerator<readonly RawRow[], void> {
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}

/** What a file begins with: a container, after so many bytes of a byte order mark; or something else. */
type Opening = { readonly container: Container; readonly skip: number } | { readonly found: string };

const BRACKET = 0x5b;
const BRACE = 0x7b;

/** Undefined when more bytes are needed to tell; `ended` says that there are no more. */
function recogniseOpening(head: Buffer, ended: boolean): Opening | undefined {
  if (head.length < 4 && !ended) return undefined;
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const text = head.subarray(skip);
  const first = text.findIndex((byte) => !isBlank(byte));
  if (first < 0) {
    if (!ended) return undefined;
    return { found: text.length === 0 ? 'an empty file' : 'a file with nothing but blanks' };
  }
  const start = text.subarray(first);
  if (start.length === 1 && !ended) return undefined;
  // In UTF-16 a NUL follows the bracket.
  if (start[0] === BRACKET && start[1] !== 0) return { container: 'json', skip };
  if (start[0] === BRACE && start[1] !== 0) return { container: 'jsonl', skip };
  return { found: describe(start) };
}

/** The error for a file that is neither an array of rows nor a row to a line. */
export function containerError(found: string, path: string): UserError {
  return new UserError('dataset', 'The file is not a dataset that Burnish can read.', {
    expected:
      'UTF-8 text: a JSON array of objects, or JSON Lines with one object to a line (either may be gzip)',
    found,
    where: path,
    hint: 'Convert the file to .json or .jsonl.',
  });
}

const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['UTF-16 text', [0xff, 0xfe]],
  ['UTF-16 text', [0xfe, 0xff]],
  ['UTF-16 text', [BRACKET, 0]],
  ['UTF-16 text', [BRACE, 0]],
  ['UTF-16 text', [0, BRACKET]],
  ['UTF-16 text', [0, BRACE]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['Zstandard data', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2 data', [0x42, 0x5a, 0x68]],
  ['xz data', [0xfd, 0x37, 0x7a, 0x58]],
];

function describe(start: Buffer): string {
  const known = signatures.find(([, magic]) => magic.every((byte, index) => start[index] === byte));
  if (known !== undefined) return known[0];
  const sample = start.subarray(0, 40);
  // A character may be cut at the end of the sample, so up to three bytes fewer may be what is UTF-8.
  const whole = [0, 1, 2, 3]
    .map((cut) => sample.subarray(0, sample.length - cut))
    .find((part) => isUtf8(part));
  return whole === undefined || whole.length === 0
    ? `bytes ${start.subarray(0, 8).toString('hex')}`
    : `text that begins ${shorten(whole.toString('utf8'))}`;
}
