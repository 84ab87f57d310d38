import { UserError } from '../errors.js';
import { openAiBaseUrl } from './providers.js';
import { secretsInUrl } from './redact.js';

/** Where an OpenAI-compatible server is, and who asks. */
export interface EndpointOptions {
  /** Up to and without `/chat/completions`. Default: OpenAI itself. */
  readonly baseUrl?: string;
  /** Without a key no Authorization header is sent, unless the base URL holds a user and a password. */
  readonly apiKey?: string;
  /** The organisation and the project that pay, for keys that belong to several. */
  readonly organization?: string;
  readonly project?: string;
}

/** An address that requests can be sent to, with the headers that identify the sender. */
export interface Endpoint {
  /** Without user, password and fragment, which fetch refuses or ignores. */
  readonly baseUrl: string;
  /** Those of every request, whatever it asks for. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must not appear in any message. */
  readonly secrets: readonly string[];
}

/** @throws UserError `model_config` when a key cannot be sent in a header. */
export function readEndpoint({
  baseUrl = openAiBaseUrl,
  apiKey,
  organization,
  project,
}: EndpointOptions): Endpoint {
  const url = new URL(baseUrl);
  const secrets = [...secretsInUrl(baseUrl), ...(apiKey ? [apiKey] : [])];
  const credentials = url.username === '' ? undefined : basicCredentials(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  const authorization = credentials ?? (apiKey ? `Bearer ${apiKey}` : undefined);
  const headers = {
    'user-agent': 'burnish',
    ...(authorization && { authorization }),
    ...(organization && { 'openai-organization': organization }),
    ...(project && { 'openai-project': project }),
  };
  // Header classes quote the value they refuse, which here would be the key.
  if (!Object.values(headers).every((value) => /^[\x20-\x7e]+$/.test(value))) {
    throw new UserError('model_config', 'The API key cannot be sent in a header.', {
      expected: 'printable ASCII characters on one line',
      found: 'a line break, a typographic quote or another such character (not shown)',
      hint: 'Copy the key again, without quotes and line breaks',
    });
  }
  return { baseUrl: url.href, headers, secrets };
}

function basicCredentials({ username, password }: URL): string {
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
