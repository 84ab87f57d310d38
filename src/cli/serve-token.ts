import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../errors.js';
import { LEAST_TOKEN_LENGTH } from '../server/access.js';
import type { Io } from './io.js';

/**
 * The token that one has to log in with, from a file or from BURNISH_TOKEN; never from a flag, which all users of a
 * machine can read.
 *
 * @returns null when none was set
 * @throws UserError `usage` for one that is too easy to guess
 */
export async function readToken(
  file: string | undefined,
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
): Promise<string | null> {
  const where = file === undefined ? 'BURNISH_TOKEN' : resolve(cwd, file);
  const token = (file === undefined ? (env.BURNISH_TOKEN ?? '') : await readTokenFile(where)).trim();
  if (token === '' && file === undefined) return null;
  if (token.length >= LEAST_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new UserError('usage', 'The token is too easy to guess, or cannot be sent.', {
    where,
    expected: `one word of ${LEAST_TOKEN_LENGTH} letters, digits and signs of ASCII, or more`,
    found: `${token.length} characters`,
    hint: '`openssl rand -hex 24` makes one.',
  });
}

async function readTokenFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError('usage', 'The token file cannot be read.', { where: path, found }, { cause: error });
  }
}
