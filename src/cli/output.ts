import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { containerOf } from '../dataset/index.js';
import { UserError } from '../errors.js';
import { isRun } from '../run/read-run.js';

/**
 * Refuses an output that could not be written in the end, or would overwrite what must stay: better before a run than
 * after it.
 *
 * @param sources files that are read: the dataset
 * @throws UserError `usage`
 */
export async function checkOutput(path: string, sources: readonly string[]): Promise<void> {
  containerOf(path);
  await requireOwnFile(path, sources);
  const target = await resolved(path);
  if ((await isRun(dirname(target))) && !basename(target).startsWith('refined.')) {
    throw refusal(path, "a run's own folder, in which only files named refined.* may be put");
  }
}

/**
 * Refuses a report that could not be written, or would overwrite what must stay.
 *
 * @param sources files that are read
 * @throws UserError `usage`
 */
export async function checkReportFile(path: string, sources: readonly string[]): Promise<void> {
  if (!/\.html?$/i.test(path)) throw refusal(path, 'a name that does not end in .html');
  await requireOwnFile(path, sources);
}

async function requireOwnFile(path: string, sources: readonly string[]): Promise<void> {
  const folder = dirname(path);
  try {
    if (!(await stat(folder)).isDirectory()) throw refusal(path, `${folder} is no folder`);
    await access(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refusal(path, error instanceof Error ? error.message : String(error));
  }
  const target = await resolved(path);
  if ((await stat(target).catch(() => null))?.isDirectory()) throw refusal(path, 'a folder of that name');
  for (const source of sources) {
    if ((await resolved(source)) === target)
      throw refusal(path, 'the dataset itself, which would be overwritten');
  }
}

/** Where a path leads, links followed; its folder is known to exist. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  }
}

function refusal(path: string, found: string): UserError {
  return new UserError('usage', 'The output cannot be written there.', {
    where: path,
    expected: 'a file of its own, in a folder that exists and may be written to',
    found,
    hint: 'Make the folder, or name another file.',
  });
}
