import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFile } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';
import { parsePrompt } from '../prompt/parse-prompt.js';
import type { Prompt } from '../prompt/prompt.js';

/** Keeps a prompt in the run directory, whole, by its hash. */
export async function saveRunPrompt(dir: string, prompt: Prompt): Promise<void> {
  await publishFile(promptPath(dir, prompt.hash), (temporaryPath) => writeFile(temporaryPath, prompt.text));
}

/** Reads a prompt that the run used. */
export async function readRunPrompt(dir: string, hash: string): Promise<Prompt> {
  const path = promptPath(dir, hash);
  const prompt = parsePrompt(await readFile(path, 'utf8'), path);
  if (prompt.hash === hash) return prompt;
  throw new EnvironmentError('run_damaged', 'A prompt of the run was changed after it was used.', {
    where: path,
    expected: `SHA-256 ${hash}`,
    found: prompt.hash,
    hint: 'Restore it; to use another prompt, copy it elsewhere and give it with --prompt.',
  });
}

function promptPath(dir: string, hash: string): string {
  return join(dir, 'prompts', `${hash}.md`);
}
