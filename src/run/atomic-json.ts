import { readFile, writeFile } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import { publishFile } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';

/**
 * A lowdb adapter that replaces the file whole: a unique temporary file, synced, renamed. (lowdb's own
 * writes to one fixed temporary name and does not sync, so two writers can lose updates and a crash the file.)
 */
export class AtomicJson<T> implements Adapter<T> {
  readonly #path: string;
  readonly #check: (value: unknown) => T;

  /** @param check turns what was read into a `T`, or throws */
  constructor(path: string, check: (value: unknown) => T) {
    this.#path = path;
    this.#check = check;
  }

  async read(): Promise<T | null> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new EnvironmentError(
        'run_damaged',
        'The file is not valid JSON; nothing was changed.',
        { where: this.#path, hint: 'Restore it from a copy.' },
        { cause: error },
      );
    }
    return this.#check(value);
  }

  async write(data: T): Promise<void> {
    await publishFile(this.#path, (temporaryPath) =>
      writeFile(temporaryPath, `${JSON.stringify(data, null, 2)}\n`),
    );
  }
}
