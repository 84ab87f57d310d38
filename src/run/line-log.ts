import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { syncPath } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';

const syncFile = promisify(fdatasync);

/** How long a written line may wait for the sync that it shares with its neighbours, in milliseconds. */
const SHARED_SYNC_DELAY_MS = 20;

/**
 * Appends lines to a file so that none is lost: a line is handed to the operating system before `append`
 * returns (a killed process loses nothing), and lines that arrive close together share one sync (a power cut
 * loses at most those few, and nobody was told that they were safe).
 */
export class LineLog {
  readonly #path: string;
  readonly #fd: number;
  #length: number;
  /** The sync that lines written now will share; null when the next line has to start one. */
  #pending: Promise<void> | null = null;
  /** Settles when every sync begun so far has. */
  #settled: Promise<unknown> = Promise.resolve();
  #failure: unknown = null;
  #closed = false;

  private constructor(path: string, fd: number, length: number) {
    this.#path = path;
    this.#fd = fd;
    this.#length = length;
  }

  /** Opens the file for appending, and creates it if need be; what stands in it must be whole lines. */
  static async open(path: string): Promise<LineLog> {
    const fd = openSync(path, 'a');
    await syncPath(dirname(path));
    return new LineLog(path, fd, fstatSync(fd).size);
  }

  /**
   * Writes one record as a line of JSON.
   *
   * @returns a promise that resolves when the line is safe on the disk, and rejects when it cannot be made so
   * @throws EnvironmentError when the line cannot be written (disk full, folder gone); the file then still
   *   consists of whole lines
   */
  append(record: object): Promise<void> {
    // The file's number may belong to another file by now.
    if (this.#closed) throw new Error(`${this.#path} is closed.`);
    if (this.#failure !== null) throw this.#failure;
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    let written = 0;
    try {
      while (written < line.length) written += writeSync(this.#fd, line, written);
    } catch (error) {
      if (written > 0) ftruncateSync(this.#fd, this.#length);
      throw this.#fault(error);
    }
    this.#length += line.length;
    if (this.#pending === null) {
      this.#pending = this.#syncSoon();
      this.#settled = Promise.allSettled([this.#settled, this.#pending]);
    }
    return this.#pending;
  }

  /**
   * Waits until all that was written is synced, then closes the file.
   *
   * @throws EnvironmentError when something written could not be made safe
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#settled;
    closeSync(this.#fd);
    if (this.#failure !== null) throw this.#failure;
  }

  async #syncSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, SHARED_SYNC_DELAY_MS));
    // Lines that arrive from here on may miss this sync, so they start the next one.
    this.#pending = null;
    try {
      await syncFile(this.#fd);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  #fault(error: unknown): EnvironmentError {
    const reason = error instanceof Error ? error.message : String(error);
    const fault = new EnvironmentError(
      'environment',
      'A line of the run could not be saved.',
      {
        where: this.#path,
        found: reason,
        hint: 'Make room or mend the folder, then run the same command again.',
      },
      { cause: error },
    );
    this.#failure = fault;
    return fault;
  }
}
