import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFile } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';
import { parsePrompt } from '../prompt/parse-prompt.js';
import type { Prompt } from '../prompt/prompt.js';

/** Keeps a prompt in the run directory, whole, by its hash. */
export async function saveRunPrompt(dir: string, prompt: Pick<Prompt, 'hash' | 'text'>): Promise<void> {
  await publishFile(promptPath(dir, prompt.hash), (temporaryPath) => writeFile(temporaryPath, prompt.text));
}

/**
 * Reads a prompt that the run used.
 *
 * @throws EnvironmentError `run_damaged` when it is not there any more, or not as it was
 */
export async function readRunPrompt(dir: string, hash: string): Promise<Prompt> {
  const path = promptPath(dir, hash);
  const text = await readIfThere(path);
  const found = text === null ? 'no such file' : createHash('sha256').update(text).digest('hex');
  if (text !== null && found === hash) return parsePrompt(text, path);
  throw new EnvironmentError('run_damaged', 'A prompt of the run was changed after it was used.', {
    where: path,
    expected: `SHA-256 ${hash}`,
    found,
    hint: 'Restore it; to use another prompt, copy it elsewhere and give it with --prompt.',
  });
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function promptPath(dir: string, hash: string): string {
  return join(dir, 'prompts', `${hash}.md`);
}
