import type { AskingOptions, SendingOptions } from '../conduct/call-options.js';
import { storedBaseUrl } from '../conduct/model-of-run.js';
import { shorten, UserError } from '../errors.js';
import { resolveModel } from '../model/resolve.js';
import type { Prompt } from '../prompt/prompt.js';
import type { Manifest } from '../run/manifest.js';

/** What was named when the server was started. Requests can choose among it, and name nothing else. */
export interface StartChoices {
  /** As runs keep them (the `name` of their `ModelSpec`), the default first; empty when nothing can be sent. */
  readonly models: readonly string[];
  /** With user, password and query: never to be shown. */
  readonly baseUrl?: string | undefined;
  /** By name, the default first. */
  readonly prompts: ReadonlyMap<string, Prompt>;
  /** The checks file of runs that are begun, absolute; null for none. */
  readonly checks: string | null;
  /** How requests are sent unless a request says otherwise. */
  readonly sending: SendingOptions;
}

/**
 * What a request asks with, out of what was named.
 *
 * @throws UserError `usage` with the choices for anything else
 */
export function chooseModelAndPrompt(
  wanted: { readonly model?: string | undefined; readonly prompt?: string | undefined },
  choices: StartChoices,
): Pick<AskingOptions, 'model' | 'prompt'> {
  const { model, prompt } = wanted;
  if (model !== undefined) requireNamed('model', model, choices.models);
  if (prompt !== undefined) requireNamed('prompt', prompt, [...choices.prompts.keys()]);
  return { model, prompt: prompt === undefined ? undefined : choices.prompts.get(prompt) };
}

/**
 * Makes sure that going on with a run sends nothing to anybody who was not named, whatever the run's files say.
 *
 * @param model the one to be asked; undefined for the run's own
 * @throws UserError `usage` that says what to name; `model_config` when the model has no key
 */
export function requireNamedByRun(
  { identity, settings }: Pick<Manifest, 'identity' | 'settings'>,
  model: string | undefined,
  choices: StartChoices,
  env: NodeJS.ProcessEnv,
): void {
  const asked = model ?? identity.model;
  requireNamed('model', asked, choices.models);
  if (settings.judge !== null) requireNamed('judge', settings.judge, choices.models);
  const { baseUrl } = storedBaseUrl(resolveModel({ model: asked, baseUrl: choices.baseUrl }, env));
  if (baseUrl === settings.baseUrl) return;
  throw new UserError('usage', 'The run was asked at another address than the server may send to.', {
    expected: baseUrl ?? "the provider's own address",
    found: settings.baseUrl ?? "the provider's own address",
    hint: 'Go on with it by `burnish refine --run`, or name its address with --base-url when the server is started.',
  });
}

function requireNamed(what: 'model' | 'prompt' | 'judge', name: string, named: readonly string[]): void {
  if (named.includes(name)) return;
  const option = what === 'prompt' ? '--prompt' : '--model';
  throw new UserError('usage', `The ${what} was not named when the server was started.`, {
    where: what,
    expected: named.length === 0 ? 'none: the server sends nothing' : `one of ${named.join(', ')}`,
    found: shorten(name),
    hint: `Name it with ${option} when the server is started.`,
  });
}
