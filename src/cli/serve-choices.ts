import { basename, extname, resolve } from 'node:path';
import type { Option } from 'commander';
import type { SendingOptions } from '../conduct/call-options.js';
import { chooseChecks } from '../conduct/checks-of-run.js';
import { UserError } from '../errors.js';
import { resolveModel } from '../model/resolve.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../prompt/load-prompt.js';
import type { Prompt } from '../prompt/prompt.js';
import type { StartChoices } from '../server/start-choices.js';
import type { Io } from './io.js';
import { sendingOptions } from './options.js';

/** What requests may name, as commander gives it. */
export interface ServedChoices extends SendingOptions {
  readonly model?: readonly string[];
  readonly baseUrl?: string;
  readonly prompt?: readonly string[];
  readonly checks?: string;
}

/** How requests are sent, as far as a server decides it; money is a matter of each run. */
const SENDING = ['concurrency', 'rpm', 'tpm', 'maxWait', 'timeout'];

/** The options of `sendingOptions` that a server is started with. */
export function servedSendingOptions(): Option[] {
  return sendingOptions().filter((option) => SENDING.includes(option.attributeName()));
}

/**
 * Reads what requests may name, so that what is wrong with it is told before anything is served.
 *
 * @throws UserError
 */
export async function startChoices(options: ServedChoices, io: Io): Promise<StartChoices> {
  const { model, baseUrl, prompt = [], checks, ...sending } = options;
  const fromEnvironment = io.env.BURNISH_MODEL?.trim() ?? '';
  const models = model ?? (fromEnvironment === '' ? [] : [fromEnvironment]);
  const { file } = await chooseChecks(checks, null, io);
  return {
    models: models.map((name) => resolveModel({ model: name, baseUrl }, io.env).name),
    baseUrl,
    prompts: await loadPrompts(prompt.map((path) => resolve(io.cwd, path))),
    checks: file?.path ?? null,
    sending,
  };
}

/** By the names of their files, which have to differ. */
async function loadPrompts(files: readonly string[]): Promise<Map<string, Prompt>> {
  const prompts = new Map<string, Prompt>();
  for (const file of [DEFAULT_PROMPT_FILE, ...files]) {
    const name = basename(file, extname(file));
    if (prompts.has(name)) {
      throw new UserError('usage', 'Two prompts have the same name.', { where: file, found: name });
    }
    prompts.set(name, await loadPrompt(file));
  }
  return prompts;
}
