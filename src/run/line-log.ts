import { EnvironmentError } from '../errors.js';
import { type DiskCalls, LineFile } from './line-file.js';
import { writeFault } from './write-fault.js';

/** How long a written line may wait for the sync that it shares with its neighbours, in milliseconds. */
const SHARED_SYNC_DELAY_MS = 20;

/** From so many lines, or bytes, that are not safe yet, `room` waits and the sync is not put off. */
const MOST_UNSYNCED_LINES = 1000;
const MOST_UNSYNCED_BYTES = 4 * 2 ** 20;

/** Lines that share a sync. */
interface Batch {
  lines: number;
  bytes: number;
  /** Settles with their sync. */
  readonly synced: Promise<void>;
  /** Has the sync begin as soon as the one before has ended. */
  readonly hurry: () => void;
}

/**
 * Appends lines to a file so that none is lost: a line is handed to the operating system before `append`
 * returns (a killed process loses nothing), and lines that arrive close together share one sync (a power cut
 * loses at most those few, and nobody was told that they were safe).
 */
export class LineLog {
  readonly #path: string;
  readonly #file: LineFile;
  /** What lines written now will share; null when the next line has to open one. */
  #batch: Batch | null = null;
  /** Resolves when every sync begun so far has ended, well or not. */
  #settled: Promise<void> = Promise.resolve();
  #unsyncedLines = 0;
  #unsyncedBytes = 0;
  /** The first failure of any kind. */
  #failure: EnvironmentError | null = null;
  /** The first failure of something that was written and is not, or not known to be, safe. */
  #unsafe: EnvironmentError | null = null;
  #closed = false;

  private constructor(path: string, file: LineFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Opens the file for appending, and creates it if need be; what stands in it must be whole lines. */
  static async open(path: string, disk?: DiskCalls): Promise<LineLog> {
    return new LineLog(path, await LineFile.open(path, disk));
  }

  /**
   * Writes one record as a line of JSON. After a failure it may be called again: room may have been made.
   *
   * @returns a promise that resolves when the line is safe on the disk, and rejects when it cannot be made so; it
   *   may be left alone, since `room` and `close` tell of a failure as well
   * @throws EnvironmentError when the line cannot be written (disk full, file gone or changed by something else);
   *   then nothing of it is in the file
   */
  append(record: object): Promise<void> {
    // The file's number may belong to another file by now.
    if (this.#closed) throw new Error(`${this.#path} is closed.`);
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      this.#file.append(line);
    } catch (error) {
      throw this.#note(error);
    }
    this.#batch ??= this.#openBatch();
    this.#batch.lines++;
    this.#batch.bytes += line.length;
    this.#unsyncedLines++;
    this.#unsyncedBytes += line.length;
    if (this.#isCrowded()) this.#batch.hurry();
    return this.#batch.synced;
  }

  /**
   * Waits until few enough lines are unsynced; to be called before causing another one.
   *
   * @throws EnvironmentError when anything has failed so far
   */
  async room(): Promise<void> {
    while (this.#failure === null && this.#isCrowded()) await this.#settled;
    this.requireSound();
  }

  /** Throws the first failure so far, if there was one. */
  requireSound(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  /**
   * Waits until all that was written is synced, then closes the file.
   *
   * @throws EnvironmentError when something that was written could not be made safe
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#batch?.hurry();
    await this.#settled;
    try {
      this.#file.close();
    } catch (error) {
      throw this.#unsafe ?? this.#note(error);
    }
    if (this.#unsafe !== null) throw this.#unsafe;
  }

  #isCrowded(): boolean {
    return this.#unsyncedLines >= MOST_UNSYNCED_LINES || this.#unsyncedBytes >= MOST_UNSYNCED_BYTES;
  }

  #openBatch(): Batch {
    let hurry = (): void => {};
    const due = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SHARED_SYNC_DELAY_MS);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    // One sync at a time: a slow disk must not take all threads that the process has for files and names.
    const synced = Promise.all([due, this.#settled]).then(() => this.#syncBatch());
    this.#settled = synced.catch(() => {}); // `synced` tells its own callers, `#note` all others
    return { lines: 0, bytes: 0, synced, hurry };
  }

  async #syncBatch(): Promise<void> {
    // Lines that arrive from here on may miss this sync, so they start the next one.
    const batch = this.#batch;
    this.#batch = null;
    try {
      await this.#file.sync();
    } catch (error) {
      const fault = this.#note(error);
      this.#unsafe ??= fault;
      throw fault;
    } finally {
      this.#unsyncedLines -= batch?.lines ?? 0;
      this.#unsyncedBytes -= batch?.bytes ?? 0;
    }
  }

  #note(error: unknown): EnvironmentError {
    const fault = error instanceof EnvironmentError ? error : writeFault(error, this.#path);
    this.#failure ??= fault;
    return fault;
  }
}
