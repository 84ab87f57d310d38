import { join } from 'node:path';
import { UserError } from '../errors.js';
import { takeLock } from './lock.js';
import { openManifest } from './manifest-file.js';
import type { Snapshot } from './snapshot.js';

/**
 * Remembers in a run what a completed check said, and the checks file that it went by. While another process is sending
 * requests for the run nothing is written: that process remembers its own check when it ends.
 *
 * @param named whether the checks file was named for this check, so that it takes the place of any other
 * @returns whether it was written
 */
export async function recordCheck(dir: string, snapshot: Snapshot, named: boolean): Promise<boolean> {
  const lock = await takeLock(join(dir, 'lock'), 'sending requests for this run').catch((error: unknown) => {
    if (error instanceof UserError && error.code === 'run_locked') return null;
    throw error;
  });
  if (lock === null) return false;
  try {
    await openManifest(dir).update((manifest) => {
      const { settings } = manifest;
      if (named || settings.checks?.path === snapshot.checksFile?.path) settings.checks = snapshot.checksFile;
      // Between reading the run and now, another call may have ended, and its check saw more.
      const known = manifest.snapshot?.verdicts.length ?? 0;
      if (known <= snapshot.verdicts.length) manifest.snapshot = snapshot;
    });
    return true;
  } finally {
    await lock.release();
  }
}
