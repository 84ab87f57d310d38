import { basename, dirname, join } from 'node:path';
import { removeAbandoned } from '../atomic-file.js';
import { UserError } from '../errors.js';
import { removeDeadClaims, takeLock } from './lock.js';

/**
 * Removes what killed processes have left in a run directory, and drafts of it beside it: files that were being
 * published, claims to its locks. Only for the run's owner; what a living process uses stays.
 */
export async function removeLeftovers(dir: string): Promise<void> {
  for (const folder of [dir, join(dir, 'prompts')]) await removeAbandoned(folder, 'tmp');
  await removeAbandoned(dirname(dir), 'new', basename(dir));
  await removeDeadClaims(join(dir, 'lock'));
  const decisions = join(dir, 'decisions.lock');
  try {
    const lock = await takeLock(decisions, 'saving decisions of this run');
    try {
      await removeDeadClaims(decisions);
    } finally {
      await lock.release();
    }
  } catch (error) {
    // Somebody decides at this moment; their leftovers can wait for the next time.
    if (!(error instanceof UserError && error.code === 'run_locked')) throw error;
  }
}
