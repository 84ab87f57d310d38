import { shorten, UserError } from '../errors.js';
import type { ChatModel } from './chat-model.js';
import { findProvider, listProviders, openAiBaseUrl, type Provider } from './providers.js';
import { redactUrl } from './redact.js';

/** A model behind the chat completions API. */
export interface OpenAiSpec {
  readonly via: 'openai';
  /** The model's name; part of the run's identity. */
  readonly name: string;
  /** May hold a user, a password and a query: show it only through `redactUrl`. */
  readonly baseUrl: string;
  /** Whether `baseUrl` is OpenAI itself, whose prices are known. */
  readonly official: boolean;
  /** Secret. */
  readonly apiKey?: string;
  readonly organization?: string;
  readonly project?: string;
}

/** A model behind a provider's LangChain package, which finds its key in the environment itself. */
export interface LangChainSpec {
  readonly via: 'langchain';
  /** `PROVIDER:NAME`; part of the run's identity. */
  readonly name: string;
  readonly provider: string;
  /** NAME alone. */
  readonly model: string;
  /** Secret: the values of the provider's key variables, to be removed from its messages. */
  readonly secrets: readonly string[];
}

export type ModelSpec = OpenAiSpec | LangChainSpec;

/** What the user asked for on the command line. */
export interface ModelChoice {
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Decides which model is meant and how it is reached.
 *
 * With a base URL, from the flag or OPENAI_BASE_URL, it is always the OpenAI-compatible path, whatever the name
 * looks like: `mistral:7b` is a tag of Ollama. Else `PROVIDER:NAME` goes through LangChain if PROVIDER is one
 * of ours, and anything else is a model of OpenAI's.
 *
 * @throws UserError `model_config` when no model is given, a key is missing or the base URL is no URL.
 */
export function resolveModel(choice: ModelChoice, env: Environment): ModelSpec {
  const name = choice.model?.trim() || read(env, 'BURNISH_MODEL');
  if (name === undefined) {
    throw new UserError('model_config', 'No model given.', {
      expected: `a model's name, or PROVIDER:NAME with one of ${listProviders().join(', ')}`,
      hint: 'Give --model NAME or set BURNISH_MODEL; for a server of your own also --base-url URL or OPENAI_BASE_URL',
    });
  }
  if (choice.baseUrl !== undefined) return resolveEndpoint(name, choice.baseUrl.trim(), '--base-url', env);
  const baseUrl = read(env, 'OPENAI_BASE_URL');
  if (baseUrl !== undefined) return resolveEndpoint(name, baseUrl, 'OPENAI_BASE_URL', env);
  const [, prefix = '', rest = ''] = /^([^:]*):(.*)$/.exec(name) ?? [];
  const provider = findProvider(prefix);
  if (provider !== undefined) return resolveProvider(prefix, rest.trim(), provider, env);
  // Nobody should need a LangChain package for the API that is spoken anyway.
  return resolveOfficial(prefix === 'openai' && rest !== '' ? rest.trim() : name, env);
}

/**
 * Decides which model is meant beside another one: one at the same OpenAI-compatible server, unless its name begins with
 * a provider.
 *
 * @throws UserError `model_config` as `resolveModel`
 */
export function resolveBeside(name: string, other: ModelSpec, env: Environment): ModelSpec {
  if (name === other.name) return other;
  const prefix = name.replace(/:.*$/s, '');
  if (prefix !== name && (prefix === 'openai' || findProvider(prefix) !== undefined)) {
    const { OPENAI_BASE_URL: _, ...elsewhere } = env;
    return resolveModel({ model: name }, elsewhere);
  }
  return other.via === 'openai' ? { ...other, name } : resolveModel({ model: name }, env);
}

function resolveEndpoint(name: string, baseUrl: string, where: string, env: Environment): OpenAiSpec {
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : undefined;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new UserError('model_config', 'The base URL is no http or https URL.', {
      expected: 'a URL like http://localhost:11434/v1',
      found: shorten(redactUrl(baseUrl)),
      where,
      hint: 'Write the whole address, up to and without /chat/completions',
    });
  }
  if (isOfficial(baseUrl)) return resolveOfficial(name, env, baseUrl);
  const apiKey = read(env, 'OPENAI_API_KEY');
  return { via: 'openai', name, baseUrl, official: false, ...(apiKey !== undefined && { apiKey }) };
}

function resolveOfficial(name: string, env: Environment, baseUrl = openAiBaseUrl): OpenAiSpec {
  const apiKey = read(env, 'OPENAI_API_KEY');
  if (apiKey === undefined) {
    throw new UserError('model_config', `No API key for OpenAI, where ${shorten(name)} would be asked.`, {
      expected: 'a key in OPENAI_API_KEY',
      hint: `Set OPENAI_API_KEY; or give --base-url URL (or OPENAI_BASE_URL) for another server, or --model PROVIDER:NAME with one of ${listProviders().join(', ')}`,
    });
  }
  const organization = read(env, 'OPENAI_ORG_ID');
  const project = read(env, 'OPENAI_PROJECT_ID');
  return {
    via: 'openai',
    name,
    baseUrl,
    official: true,
    apiKey,
    ...(organization !== undefined && { organization }),
    ...(project !== undefined && { project }),
  };
}

function resolveProvider(prefix: string, model: string, provider: Provider, env: Environment): LangChainSpec {
  const { keyVariables, needsKey, packageName } = provider;
  if (model === '') {
    throw new UserError('model_config', `No model named after "${prefix}:".`, {
      expected: `${prefix}:NAME`,
      where: '--model',
      hint: `Add the name that ${prefix} gives the model`,
    });
  }
  const secrets = keyVariables.flatMap((variable) => read(env, variable) ?? []);
  if (needsKey && secrets.length === 0) {
    throw new UserError('model_config', `No API key for ${prefix}.`, {
      expected: `a key in ${keyVariables.join(' or ')}`,
      hint: `Set ${keyVariables[0]}; the package ${packageName} reads it`,
    });
  }
  return { via: 'langchain', name: `${prefix}:${model}`, provider: prefix, model, secrets };
}

function isOfficial(baseUrl: string): boolean {
  return new URL(baseUrl).origin === new URL(openAiBaseUrl).origin;
}

/** An empty variable counts as absent, as shells make no difference either. */
function read(env: Environment, variable: string): string | undefined {
  return env[variable]?.trim() || undefined;
}

/** How a model is to be used; see the adapters' options. */
export interface ModelUse {
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Where the user's own packages are installed: a provider's package is looked for there too. */
  readonly folder: string;
}

/**
 * Makes the model, loading only the adapter that it needs.
 *
 * @throws UserError `model_config` when a provider's package is missing or refuses its settings.
 */
export async function createModel(spec: ModelSpec, use: ModelUse): Promise<ChatModel> {
  if (spec.via === 'openai') {
    const { createOpenAiModel } = await import('./openai.js');
    return createOpenAiModel({ ...spec, ...use });
  }
  const { createLangChainModel } = await import('./langchain.js');
  return createLangChainModel({ provider: spec.provider, name: spec.model, secrets: spec.secrets, ...use });
}
