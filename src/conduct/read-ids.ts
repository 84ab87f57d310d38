import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';

/** Reads example ids from a file, one a line; blank lines are passed over. */
export async function readIds(file: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(
      'usage',
      'The file with the ids cannot be read.',
      { where: file, found: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  const ids = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (ids.length > 0) return ids;
  throw new UserError('usage', 'The file with the ids is empty.', { where: file, expected: 'one id a line' });
}
