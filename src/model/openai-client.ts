import OpenAI, { APIError } from 'openai';
import { Agent, fetch, Headers, type RequestInit } from 'undici';
import { UserError } from '../errors.js';
import { classifyRefusal } from './classify.js';
import { connectionError, hostAndPort } from './connection-fault.js';
import { type EndpointOptions, readEndpoint } from './openai-endpoint.js';
import { readBody } from './read-body.js';

export interface OpenAiClientOptions extends EndpointOptions {
  /** The model that refusals are about. */
  readonly model: string;
  /** How many connections may be open at once. */
  readonly connections: number;
  /** The longest silence within the body of an answer, in milliseconds. */
  readonly bodyIdleMs: number;
}

/** The `openai` package, tied down: it sends once, exactly our headers, without time limits of its own. */
export interface OpenAiClient {
  readonly api: OpenAI;
  readonly secrets: readonly string[];
  /** Where a path below the base URL leads, without user, password and query. */
  addressOf(path: string): string;
  /**
   * Says in our words why `api` gave no answer.
   *
   * @param path of the request, below the base URL
   * @returns a ModelError for refusals and broken connections; anything else as it was thrown
   */
  translate(error: unknown, path: string): unknown;
  /** Closes idle connections. */
  close(): Promise<void>;
}

/** @throws UserError `model_config` when a key cannot be sent in a header, or the environment stands in the way. */
export function createOpenAiClient(options: OpenAiClientOptions): OpenAiClient {
  const { model, connections, bodyIdleMs } = options;
  const { baseUrl, headers, secrets } = readEndpoint(options);
  // The callers' deadlines cover everything, so undici's own limits (300 s each for headers and body) are off.
  const agent = new Agent({ connections, headersTimeout: 0, bodyTimeout: 0 });
  const where = hostAndPort(baseUrl);
  const addressOf = (path: string) => `${baseUrl.replace(/[?].*$/, '').replace(/\/$/, '')}${path}`;
  const send = async (url: string, init: RequestInit) => {
    const own = { ...headers, ...contentHeaders(init) };
    const response = await fetch(url, { ...init, headers: own, dispatcher: agent, redirect: 'manual' });
    // The client reads the text of refusals itself, and would read one that does not end for ever.
    return Object.defineProperty(response, 'text', { value: () => readBody(response, { bodyIdleMs }) });
  };
  return {
    api: createApi(baseUrl, send),
    secrets,
    addressOf,
    translate(error, path) {
      if (!(error instanceof APIError)) return error;
      const { status, error: body, headers: received } = error;
      if (status === undefined) return connectionError(error, where, secrets);
      const refusal = { status, body, header: (key: string) => received?.get(key) };
      return classifyRefusal(refusal, { model, url: addressOf(path), secrets, nowMs: Date.now() });
    },
    close: () => agent.close(),
  };
}

/** What a request says about its content; a form alone knows the boundary between its parts. */
function contentHeaders({ body, headers }: RequestInit): Record<string, string> {
  const derived = new Headers(headers);
  const isJson = body === undefined || body === null || typeof body === 'string';
  const accept = derived.get('accept') === 'application/json' ? 'application/json' : '*/*';
  return { accept, 'content-type': (!isJson && derived.get('content-type')) || 'application/json' };
}

/** Keeps the whole error body; the original drops all but its `error` field. */
class Api extends OpenAI {
  protected override makeStatusError(
    status: number,
    body: object | undefined,
    text: string | undefined,
    headers: globalThis.Headers,
  ): APIError {
    return new APIError(status, body ?? text, text, headers);
  }
}

/** Longer than any deadline of ours: the longest that a timer of Node.js can wait. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * The package's client with everything that it would take from the environment set by us.
 *
 * It also reads OPENAI_CUSTOM_HEADERS, which no option switches off, and reports the machine's platform in
 * headers of its own. Therefore our fetch sends exactly the headers of the endpoint and none of the client's.
 */
function createApi(baseURL: string, send: (url: string, init: RequestInit) => Promise<unknown>): OpenAI {
  try {
    return new Api({
      baseURL,
      apiKey: 'set-by-fetch',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: NEVER_MS,
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
