import { open, stat } from 'node:fs/promises';
import { type LineFormat, readLines, type StoredLines } from '../run/read-lines.js';

/** Bytes before the end of what was read that must still be there, so that a file written anew is told from one that grew. */
const TAIL_BYTES = 256;

/** What was added to a file, and how far it was read for that. */
export interface Addition<T> {
  readonly records: readonly T[];
  readonly read: Read;
}

/** How far a file was read. */
export interface Read {
  readonly bytes: number;
  readonly lines: number;
  /** The last line had no line break yet, so that what comes next does not begin a line. */
  readonly unterminated: boolean;
  readonly tail: Buffer;
  readonly inode: number | null;
  /** When it was changed last, if nothing came after what was read; null when that is not known. */
  readonly changedMs: number | null;
}

/** A file of lines that others append to, of which only what was added is read. */
export class GrowingFile<T> {
  readonly #path: string;
  readonly #format: LineFormat<T>;
  #read: Read;

  private constructor(path: string, format: LineFormat<T>, read: Read) {
    this.#path = path;
    this.#format = format;
    this.#read = read;
  }

  /** @param stored what was read of the file already */
  static async follow<T>(
    path: string,
    format: LineFormat<T>,
    stored: StoredLines<T>,
  ): Promise<GrowingFile<T>> {
    return new GrowingFile(
      path,
      format,
      await marked(path, stored.wholeBytes, stored.records.length, stored.unterminated),
    );
  }

  /**
   * What was added to what counts as read; `replaced` when the file does not go on from there, so that it is to be read
   * anew.
   *
   * @throws EnvironmentError when a line that was added is damaged
   */
  async readOn(): Promise<Addition<T> | 'replaced'> {
    const { bytes, lines, unterminated, tail, inode, changedMs } = this.#read;
    const found = await stat(this.#path).catch(() => null);
    // Reading all anew tells what is wrong with a file that is not there.
    if (found === null || found.size < bytes || (inode !== null && found.ino !== inode)) return 'replaced';
    if (found.size === bytes) {
      if (changedMs !== null && found.mtimeMs !== changedMs) return 'replaced';
      return { records: [], read: { ...this.#read, changedMs: found.mtimeMs } };
    }
    if (unterminated || !tail.equals(await tailOf(this.#path, bytes))) return 'replaced';
    const added = await readLines(this.#path, this.#format, { bytes, lines });
    if (added.unterminated) return 'replaced';
    const read = await marked(this.#path, added.wholeBytes, lines + added.records.length, false);
    return { records: added.records, read };
  }

  /** Lets an addition count as read. */
  pass({ read }: Addition<T>): void {
    this.#read = read;
  }
}

async function marked(path: string, bytes: number, lines: number, unterminated: boolean): Promise<Read> {
  const tail = await tailOf(path, bytes);
  const found = await stat(path).catch(() => null);
  return {
    ...{ bytes, lines, unterminated, tail },
    inode: found?.ino ?? null,
    // What is being added has changed the time already, or changes it again.
    changedMs: found?.size === bytes ? found.mtimeMs : null,
  };
}

/** The bytes before a place in a file; fewer where it is shorter. */
async function tailOf(path: string, end: number): Promise<Buffer> {
  const length = Math.min(TAIL_BYTES, end);
  if (length === 0) return Buffer.alloc(0);
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, end - length);
  return buffer.subarray(0, bytesRead);
}
