import { UserError } from '../errors.js';
import { findProvider } from '../model/providers.js';
import { redactUrl } from '../model/redact.js';
import { type ModelSpec, resolveModel } from '../model/resolve.js';
import type { Manifest, RunSettings } from '../run/manifest.js';
import type { AskingOptions } from './call-options.js';
import type { Surroundings } from './surroundings.js';

/** What a run keeps of the address that it was asked at: nothing secret, but whether there was. */
export function storedBaseUrl(spec: ModelSpec): Pick<RunSettings, 'baseUrl' | 'baseUrlHadSecrets'> {
  if (spec.via !== 'openai' || spec.official) return { baseUrl: null, baseUrlHadSecrets: false };
  const baseUrl = redactUrl(spec.baseUrl);
  return { baseUrl, baseUrlHadSecrets: withoutSlash(baseUrl) !== withoutSlash(new URL(spec.baseUrl).href) };
}

/**
 * The model to go on with: that of the run, at the address of the run, unless the options say otherwise.
 *
 * @throws UserError `model_config`, also when the address held a password or a key, which the run did not keep: another
 *   secret must not be sent in its place
 */
export function resolveModelOfRun(
  options: Pick<AskingOptions, 'model' | 'baseUrl'>,
  { identity, settings }: Manifest,
  { env }: Pick<Surroundings, 'env'>,
): ModelSpec {
  const model = options.model ?? identity.model;
  // A provider's model named anew is not to be had at the server that the run was begun with.
  const elsewhere =
    options.model !== undefined && findProvider(options.model.replace(/:.*$/s, '')) !== undefined;
  if (options.baseUrl !== undefined || elsewhere || settings.baseUrl === null) {
    return resolveModel({ model, baseUrl: options.baseUrl }, env);
  }
  const fromEnvironment = env.OPENAI_BASE_URL?.trim() ?? '';
  const baseUrl = redactUrl(fromEnvironment) === settings.baseUrl ? fromEnvironment : settings.baseUrl;
  if (settings.baseUrlHadSecrets && baseUrl === settings.baseUrl) {
    throw new UserError('model_config', "The run's base URL held a password or a key, which was not kept.", {
      where: baseUrl,
      expected: 'the whole base URL',
      hint: 'Give it again, in OPENAI_BASE_URL or with --base-url.',
    });
  }
  return resolveModel({ model, baseUrl }, env);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
