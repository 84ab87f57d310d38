import { resolve } from 'node:path';
import type { AskingOptions, RefinementOptions } from '../conduct/call-options.js';
import { loadPrompt } from '../prompt/load-prompt.js';

/** What is given on the command line, not yet read from its file. */
export interface PromptOption {
  readonly prompt?: string;
}

/** Options of `burnish refine`, as commander gives them. */
export interface RefineOptions extends Omit<RefinementOptions, keyof PromptOption>, PromptOption {
  readonly run?: string;
  readonly dryRun?: boolean;
  /** Asks no question. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * The options with the prompt that they name in the place of its file.
 *
 * @throws UserError `prompt`
 */
export async function readPromptOption<Options extends PromptOption>(
  options: Options,
  { cwd }: { readonly cwd: string },
): Promise<Omit<Options, 'prompt'> & Pick<AskingOptions, 'prompt'>> {
  const { prompt, ...others } = options;
  return { ...others, prompt: prompt === undefined ? undefined : await loadPrompt(resolve(cwd, prompt)) };
}
