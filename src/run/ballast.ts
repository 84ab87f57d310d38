import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { EnvironmentError } from '../errors.js';
import { isFull, systemCode, writeFault } from './write-fault.js';

/** Room for the answers of some hundred requests that are under way when the disk runs full. */
export const BALLAST_BYTES = 4 * 2 ** 20;

/**
 * Room on the disk that is kept while requests are being sent. Answers that are under way when the disk runs full
 * are paid for; giving the ballast up lets them be written all the same.
 */
export class Ballast {
  readonly #path: string;
  #kept: boolean;

  private constructor(path: string, kept: boolean) {
    this.#path = path;
    this.#kept = kept;
  }

  /**
   * Takes the room, in the place of any ballast that a crash left at `path`.
   *
   * @throws EnvironmentError when there is not even this much room: better now than when something was paid for
   */
  static async take(path: string, bytes = BALLAST_BYTES): Promise<Ballast> {
    await rm(path, { force: true });
    try {
      await using file = await open(path, 'wx');
      // Random, because a file system may store what can be compressed, or a hole, in less room.
      await file.writeFile(randomBytes(bytes));
      await file.sync();
      return new Ballast(path, true);
    } catch (error) {
      await rm(path, { force: true });
      // A limit on the size of single files is none on the room that is left.
      if (systemCode(error) === 'EFBIG') return new Ballast(path, false);
      if (!isFull(error)) throw writeFault(error, path);
      throw new EnvironmentError(
        'environment',
        'There is too little room on the disk, so nothing was sent.',
        {
          where: path,
          expected: `room for the answers, and ${bytes / 2 ** 20} MiB to spare`,
          found: error instanceof Error ? error.message : String(error),
          hint: 'Make room, then run the same command again.',
        },
        { cause: error },
      );
    }
  }

  /**
   * Gives the room up at once.
   *
   * @returns whether there was any to give up
   */
  spend(): boolean {
    if (!this.#kept) return false;
    this.#kept = false;
    rmSync(this.#path, { force: true });
    return true;
  }
}
