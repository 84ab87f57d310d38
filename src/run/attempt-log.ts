import { EnvironmentError } from '../errors.js';
import type { Attempt } from './attempt.js';
import type { Ballast } from './ballast.js';
import type { LineLog } from './line-log.js';
import { isFull } from './write-fault.js';

/** How many examples an error names. */
const NAMED = 20;

/**
 * Saves attempts, whose answers were paid for, on a disk that may be full: with the room that a ballast kept, and what
 * cannot be written even so is kept in memory and tried again with every later attempt and at the end.
 */
export class AttemptLog {
  readonly #path: string;
  readonly #log: LineLog;
  readonly #ballast: Ballast;
  /** What could not be written yet, in order. */
  #held: Attempt[] = [];

  /** @param path the file that `log` writes, for messages */
  constructor(path: string, log: LineLog, ballast: Ballast) {
    this.#path = path;
    this.#log = log;
    this.#ballast = ballast;
  }

  /**
   * Writes an attempt, after those that could not be written before.
   *
   * @returns a promise that resolves when it is safe on the disk, and rejects with an EnvironmentError when it is not
   *   there now; `close` tells whether it got there in the end. It may be left alone.
   */
  append(attempt: Attempt): Promise<void> {
    this.#held.push(attempt);
    try {
      return this.#writeHeld();
    } catch (error) {
      const refused = Promise.reject(error);
      refused.catch(() => {}); // told by `room` and `close` as well
      return refused;
    }
  }

  /**
   * Waits until there is room for another attempt; see `LineLog.room`.
   *
   * @throws EnvironmentError when anything has failed so far, also when the attempt could be written in the end
   */
  room(): Promise<void> {
    return this.#log.room();
  }

  /** Throws what `room` would: the first failure so far. */
  requireSound(): void {
    this.#log.requireSound();
  }

  /**
   * Writes what is left, if it can be, and closes the file.
   *
   * @throws EnvironmentError that names the examples whose attempts could not be saved; or that of `LineLog.close`
   */
  async close(): Promise<void> {
    let unsaved: EnvironmentError | null = null;
    try {
      this.#writeHeld();
    } catch (error) {
      unsaved = this.#unsaved(error);
    }
    try {
      await this.#log.close();
    } catch (error) {
      throw unsaved ?? error;
    } finally {
      this.#ballast.spend();
    }
    if (unsaved !== null) throw unsaved;
  }

  /** @returns what the last one returned, since the sync of a line covers those before it */
  #writeHeld(): Promise<void> {
    let synced = Promise.resolve();
    for (let attempt = this.#held[0]; attempt !== undefined; attempt = this.#held[0]) {
      synced = this.#write(attempt);
      this.#held.shift();
    }
    return synced;
  }

  #write(attempt: Attempt): Promise<void> {
    try {
      return this.#log.append(attempt);
    } catch (error) {
      const full = error instanceof EnvironmentError && isFull(error.cause);
      if (!full || !this.#ballast.spend()) throw error;
      return this.#log.append(attempt);
    }
  }

  #unsaved(fault: unknown): EnvironmentError {
    const answers = this.#held.filter(({ reply }) => reply !== null).length;
    const ids = [...new Set(this.#held.map(({ example }) => example))];
    const rest = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
    const reason = fault instanceof EnvironmentError ? (fault.facts.found ?? fault.message) : String(fault);
    const hint = fault instanceof EnvironmentError ? fault.facts.hint : undefined;
    return new EnvironmentError(
      'environment',
      `Requests that could not be saved: ${this.#held.length}, with an answer: ${answers}.`,
      {
        where: this.#path,
        found: `${reason}; examples ${ids.slice(0, NAMED).join(', ')}${rest}`,
        hint: `They will be asked for anew. ${hint ?? ''}`.trimEnd(),
      },
      { cause: fault },
    );
  }
}
