import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { syncPath } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';

/** The system calls that fail when a disk does. */
export interface DiskCalls {
  /** Writes bytes from `offset` on at the end of the file, and returns how many of them it wrote. */
  readonly write: (fd: number, bytes: Uint8Array, offset: number) => number;
  readonly sync: (fd: number) => Promise<void>;
}

const DISK: DiskCalls = { write: writeSync, sync: promisify(fdatasync) };

/**
 * A file of lines that only this process may write to. It consists of whole lines at every moment, but for a last one
 * that a crash may cut, and it is noticed when something else moves, removes or changes it.
 */
export class LineFile {
  readonly #path: string;
  readonly #fd: number;
  readonly #disk: DiskCalls;
  /** Bytes of the whole lines in the file. */
  #length: number;
  /** Bytes after them that a failed write left and that could not be cut off yet. */
  #partial = 0;
  /** Why the file cannot be written to any more, whatever becomes of the disk. */
  #lost: EnvironmentError | null = null;

  private constructor(path: string, fd: number, disk: DiskCalls) {
    this.#path = path;
    this.#fd = fd;
    this.#disk = disk;
    this.#length = fstatSync(fd).size;
  }

  /** Opens the file for appending, and creates it, its entry in the folder synced, if need be. */
  static async open(path: string, disk: DiskCalls = DISK): Promise<LineFile> {
    const fd = openSync(path, 'a');
    try {
      await syncPath(dirname(path));
      return new LineFile(path, fd, disk);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /**
   * Hands a line to the operating system. After a failure it may be tried again: room may have been made.
   *
   * @throws EnvironmentError when the file is lost, else what the system says; then nothing of the line is in the file
   */
  append(line: Buffer): void {
    if (this.#lost !== null) throw this.#lost;
    this.#cutPartial();
    // Looked at before each line: after a line that something else broke off, ours would be damaged as well.
    this.#requireOwnLength();
    let written = 0;
    try {
      while (written < line.length) written += this.#disk.write(this.#fd, line, written);
    } catch (error) {
      this.#partial = written;
      try {
        this.#cutPartial();
      } catch {
        // Tried again before the next line and on closing; the failed write is the one to tell.
      }
      throw error;
    }
    this.#length += line.length;
  }

  /**
   * Makes everything that was appended safe on the disk.
   *
   * @throws EnvironmentError when the file is not the one at its path any more, or not as it was left, else what the
   *   system says
   */
  async sync(): Promise<void> {
    await this.#disk.sync(this.#fd);
    this.#requireOwnFile();
  }

  close(): void {
    try {
      this.#cutPartial();
    } finally {
      closeSync(this.#fd);
    }
  }

  #cutPartial(): void {
    if (this.#partial === 0) return;
    ftruncateSync(this.#fd, this.#length);
    this.#partial = 0;
  }

  /** Refuses a file that something else has cut or added to. */
  #requireOwnLength(): void {
    const found = fstatSync(this.#fd);
    const expected = this.#length + this.#partial;
    if (!found.isFile() || found.size === expected) return;
    this.#lost = new EnvironmentError('environment', 'Something else has changed a file of the run.', {
      where: this.#path,
      expected: `${expected} bytes`,
      found: `${found.size} bytes`,
      hint: 'Let nothing else write to the file, and restore it if it was cut. Then run the same command again.',
    });
    throw this.#lost;
  }

  /** Refuses a file that is not the one at its path any more: writing to it would go on without a word. */
  #requireOwnFile(): void {
    const own = fstatSync(this.#fd, { bigint: true });
    if (!own.isFile()) return;
    const there = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    if (there?.ino === own.ino && there.dev === own.dev) {
      this.#requireOwnLength();
      return;
    }
    const moved = own.nlink > 0n;
    const fault = new EnvironmentError('environment', 'A file of the run is gone from its place.', {
      where: this.#path,
      found: moved ? 'the file was moved' : `the file was ${there === undefined ? 'deleted' : 'replaced'}`,
      hint: moved
        ? 'Its answers went on into the moved file. Go on with the run where it is now, or move it back.'
        : 'Restore it from a copy, if there is one: what it held can only be asked for anew.',
    });
    // A moved file takes the answers that are under way; what is written to a deleted one is gone.
    if (!moved) this.#lost = fault;
    throw fault;
  }
}
