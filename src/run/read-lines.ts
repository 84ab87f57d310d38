import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { truncate } from 'node:fs/promises';
import type { z } from 'zod';
import { EnvironmentError, shorten } from '../errors.js';
import { describeIssues } from '../zod-issues.js';

/** What is read at once: with lines of the usual length, others in the process wait about 10 ms for it to be parsed. */
const BYTES_AT_ONCE = 1 << 18;

/** What a JSONL file of a run directory holds. */
export interface StoredLines<T> {
  readonly records: readonly T[];
  /** Bytes at the end that are no whole record: what a crash in the middle of a write leaves; else 0. */
  readonly tornBytes: number;
  /** Bytes up to the end of the last whole record. */
  readonly wholeBytes: number;
  /** The last record is whole but its line break is missing. */
  readonly unterminated: boolean;
}

/** What the lines of a file must be. */
export interface LineFormat<T> {
  readonly schema: z.ZodType<T>;
  /** The newest version that this program knows; a line's `v` is compared with it first. */
  readonly version: number;
  readonly parse: (line: string) => unknown;
  /** Whether the file may be missing, which then holds nothing. */
  readonly optional?: true;
}

/** What of a file was read before, up to the end of a line. */
export interface ReadBefore {
  readonly bytes: number;
  readonly lines: number;
}

/**
 * Reads a JSONL file of a run directory.
 *
 * @param after what is left out, because it was read before
 * @throws EnvironmentError `run_newer` for a line of a later version, `run_damaged` for any other line that
 *   is not what it should be, except an unfinished last one
 */
export async function readLines<T>(
  path: string,
  format: LineFormat<T>,
  after: ReadBefore = { bytes: 0, lines: 0 },
): Promise<StoredLines<T>> {
  const records: T[] = [];
  const nextLine = (): string => `${path}, line ${after.lines + records.length + 1}`;
  let wholeBytes = after.bytes;
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: BYTES_AT_ONCE, start: after.bytes })) {
      const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      let start = 0;
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
        records.push(readLine(bytes.subarray(start, end), nextLine(), format));
        wholeBytes += end + 1 - start;
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (format.optional) return { records, tornBytes: 0, wholeBytes: 0, unterminated: false };
    throw new EnvironmentError(
      'run_damaged',
      'A file of the run is missing; nothing was changed.',
      { where: path, hint: 'Restore it from a copy. Without it, what it held would be lost without a word.' },
      { cause: error },
    );
  }
  if (rest.length === 0 || isTorn(rest, format)) {
    return { records, tornBytes: rest.length, wholeBytes, unterminated: false };
  }
  records.push(readLine(rest, nextLine(), format));
  return { records, tornBytes: 0, wholeBytes: wholeBytes + rest.length, unterminated: true };
}

/** Cuts off what a crash left unfinished, so that the file can be appended to. Only for the run's owner. */
export async function cutTornEnd(path: string, stored: StoredLines<unknown>): Promise<void> {
  if (stored.tornBytes > 0) await truncate(path, stored.wholeBytes);
}

function readLine<T>(bytes: Buffer, where: string, { schema, version, parse }: LineFormat<T>): T {
  const line = bytes.toString('utf8');
  let value: unknown;
  try {
    if (!isUtf8(bytes)) throw new TypeError('not UTF-8');
    value = parse(line);
  } catch (error) {
    throw new EnvironmentError(
      'run_damaged',
      'A line of the run is not valid JSON; nothing was changed.',
      { where, found: shorten(line), hint: 'Restore the file from a copy, or remove that line by hand.' },
      { cause: error },
    );
  }
  const found = (value as { v?: unknown } | null)?.v;
  if (typeof found === 'number' && found > version) {
    throw new EnvironmentError('run_newer', 'The run was written by a later version of Burnish.', {
      where,
      expected: `format version ${version} or lower`,
      found: `version ${found}`,
      hint: 'Update Burnish.',
    });
  }
  const record = schema.safeParse(value);
  if (record.success) return record.data;
  throw new EnvironmentError(
    'run_damaged',
    'A line of the run is not as it should be; nothing was changed.',
    {
      where,
      found: describeIssues(record.error),
      hint: 'Restore the file from a copy, or remove that line by hand.',
    },
  );
}

/** Whether a last line is the unfinished end of a write: a beginning of an object is never valid JSON. */
function isTorn(bytes: Buffer, { parse }: LineFormat<unknown>): boolean {
  try {
    parse(bytes.toString('utf8'));
    return false;
  } catch {
    return true;
  }
}
