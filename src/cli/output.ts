import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { containerOf } from '../dataset/index.js';
import { UserError } from '../errors.js';

/**
 * Refuses an output that could not be written in the end: better before a run than after it.
 *
 * @throws UserError `usage`
 */
export async function checkOutput(path: string): Promise<void> {
  containerOf(path);
  const folder = dirname(path);
  try {
    if ((await stat(folder)).isDirectory()) {
      await access(folder, constants.W_OK);
      return;
    }
  } catch (error) {
    throw refusal(path, error instanceof Error ? error.message : String(error));
  }
  throw refusal(path, `${folder} is no folder`);
}

function refusal(path: string, found: string): UserError {
  return new UserError('usage', 'The output cannot be written there.', {
    where: path,
    expected: 'a folder that exists and may be written to',
    found,
    hint: 'Make the folder, or give another file with -o.',
  });
}
