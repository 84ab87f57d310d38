import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.js';
import { parsePrompt } from './parse-prompt.js';
import { COMPARISON, type JudgePrompt, type Placeholder, type Prompt, REFINEMENT } from './prompt.js';

/** The prompt that is used unless another is given: the paper's method in our own words. */
export const DEFAULT_PROMPT_FILE = fileURLToPath(new URL('../../prompts/introspect.md', import.meta.url));

/** The prompt by which a judge compares two responses. */
const JUDGE_PROMPT_FILE = fileURLToPath(new URL('../../prompts/judge.md', import.meta.url));

/**
 * Reads a prompt from a file.
 *
 * @throws UserError with code `prompt` when the file cannot be read or is not a prompt
 */
export async function loadPrompt(file: string): Promise<Prompt> {
  return loadPromptFor(REFINEMENT, file);
}

/** Reads the judge's prompt, which comes with the package. */
export async function loadJudgePrompt(): Promise<JudgePrompt> {
  return loadPromptFor(COMPARISON, JUDGE_PROMPT_FILE);
}

async function loadPromptFor<Wanted extends Placeholder>(
  wanted: readonly Wanted[],
  file: string,
): Promise<Prompt<Wanted>> {
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
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UserError('prompt', 'The prompt file is not valid UTF-8.', { where: file }, { cause: error });
  }
  return parsePrompt(text, file, wanted);
}
