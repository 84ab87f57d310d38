import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFile } from '../atomic-file.js';
import { EnvironmentError } from '../errors.js';
import type { ReplyFormat } from '../parse.js';
import { parseAnyPrompt, parsePrompt } from '../prompt/parse-prompt.js';
import type { Prompt } from '../prompt/prompt.js';
import type { PromptKind } from '../prompt/prompt-kind.js';

/** Keeps a prompt in the run directory, whole, by its hash. */
export async function saveRunPrompt(dir: string, prompt: Prompt<PromptKind>): Promise<void> {
  await publishFile(promptPath(dir, prompt.hash), (temporaryPath) => writeFile(temporaryPath, prompt.text));
}

/**
 * Reads a prompt for refining that the run used.
 *
 * @throws EnvironmentError `run_damaged` when it is not there any more, or not as it was
 */
export async function readRunPrompt(dir: string, hash: string): Promise<Prompt> {
  return parsePrompt(await readText(dir, hash), promptPath(dir, hash));
}

/** Reads a prompt of any kind that the run used; throws the same. */
export async function readAnyRunPrompt(dir: string, hash: string): Promise<Prompt<PromptKind>> {
  return parseAnyPrompt(await readText(dir, hash), promptPath(dir, hash));
}

/** How the replies to a prompt of any kind that the run used are to be read; throws the same. */
export async function readReplyFormat(dir: string, hash: string): Promise<ReplyFormat> {
  return (await readAnyRunPrompt(dir, hash)).settings.reply;
}

async function readText(dir: string, hash: string): Promise<string> {
  const path = promptPath(dir, hash);
  const text = await readIfThere(path);
  const found = text === null ? 'no such file' : createHash('sha256').update(text).digest('hex');
  if (text !== null && found === hash) return text;
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
