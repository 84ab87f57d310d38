import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.js';
import { parsePrompt } from './parse-prompt.js';
import type { Prompt } from './prompt.js';

/** The prompt that is used unless another is given: the paper's method in our own words. */
export const DEFAULT_PROMPT_FILE = fileURLToPath(new URL('../../prompts/introspect.md', import.meta.url));

/** The prompt that names the findings of a reply that failed, and asks for another one. */
const REPAIR_PROMPT_FILE = fileURLToPath(new URL('../../prompts/repair.md', import.meta.url));

/** The prompt by which a judge compares two responses. */
const JUDGE_PROMPT_FILE = fileURLToPath(new URL('../../prompts/judge.md', import.meta.url));

/**
 * Reads a prompt for refining from a file.
 *
 * @throws UserError with code `prompt` when the file cannot be read or is not such a prompt
 */
export async function loadPrompt(file: string): Promise<Prompt> {
  return parsePrompt(await readPrompt(file), file);
}

/** Reads the prompt for repairs, which comes with the package. */
export async function loadRepairPrompt(): Promise<Prompt<'repair'>> {
  return parsePrompt(await readPrompt(REPAIR_PROMPT_FILE), REPAIR_PROMPT_FILE, 'repair');
}

/** Reads the judge's prompt, which comes with the package. */
export async function loadJudgePrompt(): Promise<Prompt<'judge'>> {
  return parsePrompt(await readPrompt(JUDGE_PROMPT_FILE), JUDGE_PROMPT_FILE, 'judge');
}

async function readPrompt(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UserError(
      'prompt',
      'The prompt file cannot be read.',
      { where: file, found: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UserError('prompt', 'The prompt file is not valid UTF-8.', { where: file }, { cause: error });
  }
}
