import type { SendingOptions } from '../conduct/call-options.js';
import { resolveModelOfRun } from '../conduct/model-of-run.js';
import { UserError } from '../errors.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../prompt/load-prompt.js';
import type { Prompt } from '../prompt/prompt.js';
import type { Manifest } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import { readRunPrompt } from '../run/run-prompt.js';
import type { StartChoices } from '../server/start-choices.js';
import type { Io } from './io.js';

/**
 * What examples of a run can be asked again with: its own model, judge, address, prompt and checks. To name a run to
 * `burnish review` is to name these, as with `burnish retry`.
 *
 * @throws EnvironmentError when the run is damaged
 */
export async function choicesOfRun(dir: string, sending: SendingOptions, io: Io): Promise<StartChoices> {
  const manifest = await openManifest(dir).read();
  const introspect = await loadPrompt(DEFAULT_PROMPT_FILE);
  const own = await readRunPrompt(dir, manifest.identity.prompt);
  return {
    ...askedOfRun(manifest, io),
    prompts: namedPrompts(own, introspect),
    checks: manifest.settings.checks?.path ?? null,
    sending,
  };
}

function askedOfRun(manifest: Manifest, io: Io): Pick<StartChoices, 'models' | 'baseUrl'> {
  const { judge } = manifest.settings;
  try {
    const spec = resolveModelOfRun({}, manifest, io);
    return {
      models: judge === null || judge === spec.name ? [spec.name] : [spec.name, judge],
      baseUrl: spec.via === 'openai' && !spec.official ? spec.baseUrl : undefined,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { expected, hint } = error.facts;
    io.tell(
      `note: nothing can be asked again. ${error.message}${expected === undefined ? '' : ` Expected: ${expected}.`}`,
    );
    if (hint !== undefined) io.tell(`  ${hint}`);
    return { models: [], baseUrl: undefined };
  }
}

/** The run's own prompt first: the default. */
function namedPrompts(own: Prompt, introspect: Prompt): Map<string, Prompt> {
  const name = own.settings.name;
  const prompts = new Map([[name, own]]);
  if (own.hash !== introspect.hash) {
    const other = introspect.settings.name;
    prompts.set(other === name ? `${other}-${introspect.settings.version}` : other, introspect);
  }
  return prompts;
}
