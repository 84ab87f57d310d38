import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.js';
import { parsePrompt } from './parse-prompt.js';
import type { Prompt } from './prompt.js';
import type { PromptKind } from './prompt-kind.js';

/** The prompt that is used unless another is given: the paper's method in our own words. */
export const DEFAULT_PROMPT_FILE = fileURLToPath(new URL('../../prompts/introspect.md', import.meta.url));

/** The prompt that names the findings of a reply that failed, and asks for another one. */
export const REPAIR_PROMPT_FILE = fileURLToPath(new URL('../../prompts/repair.md', import.meta.url));

/**
 * Reads a prompt from a file.
 *
 * @param kind what it has to be for
 * @throws UserError with code `prompt` when the file cannot be read or is not such a prompt
 */
export async function loadPrompt(file: string, kind: PromptKind = 'refine'): Promise<Prompt> {
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
  const prompt = parsePrompt(text, file);
  if (prompt.settings.kind === kind) return prompt;
  throw new UserError('prompt', 'The prompt is for something else.', {
    where: file,
    expected: `kind: ${kind}`,
    found: `kind: ${prompt.settings.kind}`,
  });
}
