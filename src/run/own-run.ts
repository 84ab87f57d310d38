import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt } from './attempt.js';
import { LineLog } from './line-log.js';
import { type Lock, takeLock } from './lock.js';
import type { RunSettings } from './manifest.js';
import { openManifest } from './manifest-file.js';
import { cutTornEnd } from './read-lines.js';
import { type RunRecord, readRunFiles } from './read-run.js';

/** A run that this process alone may send requests for. */
export interface OwnedRun extends RunRecord {
  readonly attempts: Attempt[];
  /**
   * Saves an attempt. It is also pushed to `attempts`.
   *
   * @returns a promise that resolves when it is safe on the disk
   */
  append(attempt: Attempt): Promise<void>;
  /** Saves the settings of this call; `manifest` has them from then on. */
  saveSettings(settings: RunSettings): Promise<void>;
  /** Syncs, closes, and gives the lock back. */
  close(): Promise<void>;
}

/**
 * Opens a run in order to send requests for it.
 *
 * @throws UserError `run_locked` when another process does so at this moment
 */
export async function ownRun(dir: string): Promise<OwnedRun> {
  await openManifest(dir).read();
  const lock = await takeLock(join(dir, 'lock'), 'sending requests for this run');
  try {
    return await openOwned(dir, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openOwned(dir: string, lock: Lock): Promise<OwnedRun> {
  const { record, stored } = await readRunFiles(dir);
  const path = join(dir, 'attempts.jsonl');
  await cutTornEnd(path, stored);
  if (stored.unterminated) await appendFile(path, '\n');
  const log = await LineLog.open(path);
  const attempts = [...record.attempts];
  return {
    ...record,
    attempts,
    append: (attempt) => {
      const saved = log.append(attempt);
      attempts.push(attempt);
      return saved;
    },
    saveSettings: async (settings) => {
      await openManifest(dir).update((manifest) => {
        manifest.settings = settings;
      });
      record.manifest.settings = settings;
    },
    close: async () => {
      try {
        await log.close();
      } finally {
        await lock.release();
      }
    },
  };
}
