import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Adapter } from 'lowdb';
import { publishFile } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';

/** What a path holds, as far as JSON goes. */
type Stored =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly error: EnvironmentError };

/**
 * A lowdb adapter that replaces the file whole: a unique temporary file, synced, renamed. (lowdb's own
 * writes to one fixed temporary name and does not sync, so two writers can lose updates and a crash the file.)
 * A copy, `PATH.bak`, is written first, and is read when the file itself is missing or no JSON: not every disk keeps
 * to the order in which it was told to write when the power goes.
 */
export class AtomicJson<T> implements Adapter<T> {
  readonly #path: string;
  readonly #check: (value: unknown, path: string) => T;
  #warning: string | null = null;

  /** @param check turns what was read from `path` into a `T`, or throws */
  constructor(path: string, check: (value: unknown, path: string) => T) {
    this.#path = path;
    this.#check = check;
  }

  /** What is wrong with the file, in words, if the copy was read in its place; else null. */
  get warning(): string | null {
    return this.#warning;
  }

  /** @returns null when there is neither the file nor a copy */
  async read(): Promise<T | null> {
    this.#warning = null;
    const own = await look(this.#path);
    if (own.kind === 'json') return this.#check(own.value, this.#path);
    const copyPath = `${this.#path}.bak`;
    const copy = await look(copyPath);
    if (copy.kind === 'json') {
      const value = this.#check(copy.value, copyPath);
      const fault = own.kind === 'missing' ? 'is missing' : 'is not whole';
      this.#warning = `${basename(this.#path)} ${fault}, as a crash can leave it; its copy, ${basename(copyPath)}, was read instead.`;
      return value;
    }
    if (own.kind === 'broken') throw own.error;
    if (copy.kind === 'broken') throw copy.error;
    return null;
  }

  async write(data: T): Promise<void> {
    const text = `${JSON.stringify(data, null, 2)}\n`;
    // One after the other, so that at every moment one of them is whole and synced.
    for (const path of [`${this.#path}.bak`, this.#path]) {
      await publishFile(path, (temporaryPath) => writeFile(temporaryPath, text));
    }
    this.#warning = null;
  }
}

async function look(path: string): Promise<Stored> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch (cause) {
    const error = new EnvironmentError(
      'run_damaged',
      'The file is not valid JSON; nothing was changed.',
      { where: path, hint: 'Restore it from a copy.' },
      { cause },
    );
    return { kind: 'broken', error };
  }
}
