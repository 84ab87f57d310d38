import OpenAI, { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { Agent, fetch, type RequestInit } from 'undici';
import { UserError } from '../errors.js';
import type { ChatModel, ChatReply, ChatRequest } from './chat-model.js';
import { classifyRefusal } from './classify.js';
import { connectionCode, connectionError, hostAndPort } from './connection-fault.js';
import { withDeadline } from './deadline.js';
import { ModelError } from './model-error.js';
import { malformed, readCompletion } from './openai-reply.js';
import { openAiBaseUrl } from './providers.js';
import { readBody } from './read-body.js';
import { secretsInUrl } from './redact.js';

export interface OpenAiModelOptions {
  /** The model's name, sent as it is. */
  readonly name: string;
  /** Up to and without `/chat/completions`. Default: OpenAI itself. */
  readonly baseUrl?: string;
  /** Without a key no Authorization header is sent, unless the base URL holds a user and a password. */
  readonly apiKey?: string;
  /** The organisation and the project that pay, for keys that belong to several. */
  readonly organization?: string;
  readonly project?: string;
  /** From sending a request to the last byte of its answer, in milliseconds. */
  readonly timeoutMs: number;
  /** How many requests may be under way at once. */
  readonly concurrency: number;
}

/**
 * A model behind the chat completions API, at OpenAI or at any server that speaks it.
 *
 * @throws UserError `model_config` when a key cannot be sent in a header.
 */
export function createOpenAiModel(options: OpenAiModelOptions): ChatModel {
  const { name, timeoutMs } = options;
  const endpoint = readEndpoint(options);
  // The deadline covers everything, so undici's own limits (300 s each for headers and body) are off.
  const agent = new Agent({ connections: options.concurrency, headersTimeout: 0, bodyTimeout: 0 });
  const client = createClient(endpoint, agent, timeoutMs);
  const where = hostAndPort(endpoint.baseUrl);

  async function send(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    let response: Response;
    try {
      response = await client.chat.completions.create(buildBody(name, request), { signal }).asResponse();
    } catch (error) {
      throw translate(error);
    }
    let text: string;
    try {
      text = await readBody(response);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw malformed(`the answer broke off (${connectionCode(error) ?? 'connection closed'})`);
    }
    return readCompletion(text, endpoint.secrets);
  }

  function translate(error: unknown): unknown {
    if (!(error instanceof APIError)) return error;
    const { status, error: body, headers } = error;
    if (status === undefined) return connectionError(error, where, endpoint.secrets);
    const refusal = { status, body, header: (key: string) => headers?.get(key) };
    const url = `${endpoint.baseUrl.replace(/[?].*$/, '').replace(/\/$/, '')}/chat/completions`;
    return classifyRefusal(refusal, { model: name, url, secrets: endpoint.secrets, nowMs: Date.now() });
  }

  return {
    name,
    complete: (request, { signal }) => withDeadline((inner) => send(request, inner), { signal, timeoutMs }),
    close: () => agent.close(),
  };
}

function buildBody(model: string, request: ChatRequest): ChatCompletionCreateParamsNonStreaming {
  const { messages, temperature, maxTokens, omit } = request;
  return {
    model,
    messages: [...messages],
    ...(!omit.includes('temperature') && { temperature }),
    // OpenAI's reasoning models refuse the old name of the limit and take the new one.
    ...(omit.includes('max_tokens') ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
  };
}

interface Endpoint {
  /** Without user, password and fragment, which fetch refuses or ignores. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

function readEndpoint({
  baseUrl = openAiBaseUrl,
  apiKey,
  organization,
  project,
}: OpenAiModelOptions): Endpoint {
  const url = new URL(baseUrl);
  const secrets = [...secretsInUrl(baseUrl), ...(apiKey ? [apiKey] : [])];
  const credentials = url.username === '' ? undefined : basicCredentials(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  const authorization = credentials ?? (apiKey ? `Bearer ${apiKey}` : undefined);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
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

/** Keeps the whole error body; the original drops all but its `error` field. */
class Client extends OpenAI {
  protected override makeStatusError(
    status: number,
    body: object | undefined,
    text: string | undefined,
    headers: Headers,
  ): APIError {
    return new APIError(status, body ?? text, text, headers);
  }
}

/**
 * The client with everything that it would take from the environment set by us.
 *
 * It also reads OPENAI_CUSTOM_HEADERS, which no option switches off, and reports the machine's platform in
 * headers of its own. Therefore our fetch sends exactly the headers of the endpoint and none of the client's.
 */
function createClient({ baseUrl, headers }: Endpoint, agent: Agent, timeoutMs: number): OpenAI {
  const send = async (url: string, init: RequestInit) => {
    const response = await fetch(url, { ...init, headers, dispatcher: agent, redirect: 'manual' });
    // The client reads the text of refusals itself, and would read one that does not end for ever.
    return Object.defineProperty(response, 'text', { value: () => readBody(response) });
  };
  try {
    return new Client({
      baseURL: baseUrl,
      apiKey: 'set-by-fetch',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: timeoutMs,
      // undici's types and Node's own describe the same objects under two names.
      fetch: send as unknown as typeof globalThis.fetch,
    });
  } catch (cause) {
    throw new UserError(
      'model_config',
      'The OpenAI client refuses its settings.',
      { where: 'OPENAI_CUSTOM_HEADERS', hint: 'Unset OPENAI_CUSTOM_HEADERS' },
      { cause },
    );
  }
}
