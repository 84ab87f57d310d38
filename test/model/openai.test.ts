import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ChatModel, ChatRequest } from '../../src/model/chat-model.js';
import { ModelError, type ModelErrorFacts } from '../../src/model/model-error.js';
import { createOpenAiModel, type OpenAiModelOptions } from '../../src/model/openai.js';
import {
  type Answer,
  answerBrokenJson,
  answerCompletion,
  answerEmptyBody,
  answerError,
  answerErrorIn200,
  answerHtml,
  answerJson,
  answerShortOfContentLength,
  answerText,
  answerWithoutEnd,
  type ChatHandler,
  type ChatServer,
  completionBody,
  cutBody,
  resetConnection,
  stallAfterHeaders,
  stallBeforeHeaders,
  stallMidBody,
  startChatServer,
} from '../support/chat-server.js';

const apiKey = 'sk-very-secret-0123456789';
const request: ChatRequest = {
  messages: [
    { role: 'system', content: 'You refine.' },
    { role: 'user', content: 'Grüße 👋' },
  ],
  temperature: 0.7,
  maxTokens: 99,
  omit: [],
};

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

async function serve(handler: ChatHandler | Answer[]): Promise<ChatServer> {
  const answers = Array.isArray(handler) ? [...handler] : undefined;
  const server = await startChatServer(
    answers === undefined
      ? (handler as ChatHandler)
      : () => answers.shift() ?? answerError(500, 'one request too many'),
  );
  cleanups.push(() => server.close());
  return server;
}

function connect(options: Partial<OpenAiModelOptions> & { baseUrl: string }): ChatModel {
  const model = createOpenAiModel({ name: 'some-model', timeoutMs: 20_000, concurrency: 4, ...options });
  cleanups.push(() => model.close());
  return model;
}

function complete(
  model: ChatModel,
  change: Partial<ChatRequest> = {},
  signal = new AbortController().signal,
) {
  return model.complete({ ...request, ...change }, { signal });
}

async function failure(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    (value) => expect.fail(`no error but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw error;
  return error;
}

describe('a request', () => {
  test('carries model, messages, temperature and max_tokens, and nothing else', async () => {
    const server = await serve([answerCompletion('Better.')]);
    await complete(connect({ baseUrl: server.url, apiKey }));
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
    expect(server.requests[0]?.body).toEqual({
      model: 'some-model',
      messages: request.messages,
      temperature: 0.7,
      max_tokens: 99,
    });
  });

  test.each([
    { omit: ['temperature'] as const, sent: { max_tokens: 99 } },
    { omit: ['max_tokens'] as const, sent: { temperature: 0.7, max_completion_tokens: 99 } },
    { omit: ['temperature', 'max_tokens'] as const, sent: { max_completion_tokens: 99 } },
  ])('leaves out $omit when the model refused it before', async ({ omit, sent }) => {
    const server = await serve([answerCompletion('Better.')]);
    await complete(connect({ baseUrl: server.url }), { omit });
    expect(server.requests[0]?.body).toEqual({ model: 'some-model', messages: request.messages, ...sent });
  });

  test('carries the key as a bearer token, organisation and project, and no header about the machine', async () => {
    const server = await serve([answerCompletion('Better.')]);
    await complete(connect({ baseUrl: server.url, apiKey, organization: 'org-1', project: 'proj-1' }));
    const { headers } = server.requests[0] ?? expect.fail('no request');
    expect(headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      'openai-organization': 'org-1',
      'openai-project': 'proj-1',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
  });

  test('has no Authorization header without a key, whatever the environment says', async () => {
    for (const [name, value] of Object.entries({
      OPENAI_API_KEY: 'sk-from-the-environment',
      OPENAI_ADMIN_KEY: 'sk-admin',
      OPENAI_ORG_ID: 'org-env',
      OPENAI_PROJECT_ID: 'proj-env',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer custom\nX-Custom: 1',
    })) {
      vi.stubEnv(name, value);
    }
    const server = await serve([answerCompletion('Better.')]);
    await complete(connect({ baseUrl: server.url }));
    const names = Object.keys(server.requests[0]?.headers ?? {});
    expect(names).not.toContain('authorization');
    expect(names.filter((name) => /^(openai|x)-/.test(name))).toEqual([]);
  });

  test('turns user and password of the base URL into basic credentials and keeps its query', async () => {
    const server = await serve([answerCompletion('Better.')]);
    const baseUrl = server.url.replace('http://', 'http://me:p%40ss@').concat('?api-version=2');
    await complete(connect({ baseUrl }));
    expect(server.requests[0]?.path).toBe('/v1/chat/completions?api-version=2');
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa('me:p@ss')}`);
  });

  test.each(['sk-line\nbreak-123456', '“sk-curly-123456”'])(
    'is not made with a key that fits no header',
    (key) => {
      expect(() => createOpenAiModel({ name: 'm', apiKey: key, timeoutMs: 1, concurrency: 1 })).toThrow(
        expect.objectContaining({ code: 'model_config', message: expect.not.stringContaining(key) }),
      );
    },
  );

  test('is sent once, whatever comes back', async () => {
    const server = await serve(() =>
      answerError(503, 'overloaded', { headers: { 'x-should-retry': 'true' } }),
    );
    await failure(complete(connect({ baseUrl: server.url })));
    expect(server.requests).toHaveLength(1);
  });

  test('shares connections, as many as the concurrency', async () => {
    const ports = new Set<unknown>();
    let underWay = 0;
    let most = 0;
    const server = await serve(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await vi.waitFor(() => expect(most).toBe(3));
      underWay -= 1;
      return (response) => {
        ports.add(response.socket?.remotePort);
        answerCompletion('ok')(response);
      };
    });
    const model = connect({ baseUrl: server.url, concurrency: 3 });
    await Promise.all([1, 2, 3].map(() => complete(model)));
    await complete(model);
    expect(most).toBe(3);
    expect(ports.size).toBe(3);
  });

  test('prints nothing even with OPENAI_LOG=debug', async () => {
    vi.stubEnv('OPENAI_LOG', 'debug');
    const methods = (['debug', 'info', 'warn', 'error', 'log'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const server = await serve([answerCompletion('Better.'), answerError(400, 'no')]);
    const model = connect({ baseUrl: server.url, apiKey });
    await complete(model);
    await failure(complete(model));
    for (const method of methods) expect(method).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

describe('a good answer', () => {
  test('is content, finish reason, usage and the model that served it', async () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 64 },
      completion_tokens_details: { reasoning_tokens: 20 },
    };
    const server = await serve([answerCompletion('Grüße zurück 👋', { usage, model: 'some-model-0613' })]);
    expect(await complete(connect({ baseUrl: server.url }))).toEqual({
      content: 'Grüße zurück 👋',
      finishReason: 'stop',
      usage: { promptTokens: 100, completionTokens: 50, cachedPromptTokens: 64, reasoningTokens: 20 },
      servedModel: 'some-model-0613',
    });
  });

  test('may come as JSON without its content type', async () => {
    const server = await serve([answerText(200, `\n ${JSON.stringify(completionBody('plain'))}`)]);
    expect(await complete(connect({ baseUrl: server.url }))).toMatchObject({ content: 'plain' });
  });
});

const malformed = { kind: 'transport', code: 'malformed_reply', status: 200 } as const;
const connection = { kind: 'transport', code: 'connection' } as const;
const unreachable = { kind: 'transport', code: 'unreachable' } as const;

describe('a fault', () => {
  test.each<[string, Answer, ModelErrorFacts, RegExp]>([
    ['a web page', answerHtml('Sign in'), malformed, /no JSON: Sign in/],
    ['an error in a 200', answerErrorIn200('upstream died'), malformed, /error in a 200: upstream died/],
    ['half of a JSON body', answerBrokenJson(), malformed, /no JSON/],
    ['an empty body', answerEmptyBody(), malformed, /empty body/],
    ['a 204', answerText(204, ''), malformed, /empty body/],
    ['a cut body', cutBody(), malformed, /broke off \(UND_ERR_SOCKET\)/],
    ['a body short of its content length', answerShortOfContentLength(), malformed, /broke off \(UND_ERR/],
    ['a reset connection', resetConnection(), connection, /127\.0\.0\.1:\d+ \((ECONNRESET|UND_ERR_SOCKET)\)/],
  ])('%s is passing trouble', async (_, answer, facts, message) => {
    const server = await serve([answer]);
    const error = await failure(complete(connect({ baseUrl: server.url })));
    expect(error.facts).toEqual(facts);
    expect(error.message).toMatch(message);
  });

  test('a refusal without end is cut off too', async () => {
    const server = await serve([answerWithoutEnd(503)]);
    const error = await failure(complete(connect({ baseUrl: server.url })));
    expect(error.facts).toEqual({ kind: 'transport', code: 'server_error', status: 503 });
    expect(error.message).toBe('the answer is longer than 32 MiB');
  });

  test('an answer without end is cut off, and the connection with it: it is no use to ask for it again', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve([
      (response) => {
        response.on('close', () => closed.resolve());
        answerWithoutEnd()(response);
      },
    ]);
    const error = await failure(complete(connect({ baseUrl: server.url })));
    expect(error.facts).toEqual({ kind: 'example', code: 'too_large', status: 200 });
    expect(error.message).toBe('the answer is longer than 32 MiB');
    await closed.promise;
  });

  test.each<[string, Answer]>([
    ['no headers', stallBeforeHeaders()],
    ['headers and no body', stallAfterHeaders()],
    ['half a body', stallMidBody()],
    ['the headers of an error and no body', stallAfterHeaders(503)],
  ])('a server that sends %s is a timeout', async (_, answer) => {
    const server = await serve([answer]);
    const error = await failure(complete(connect({ baseUrl: server.url, timeoutMs: 150 })));
    expect(error.facts).toEqual({ kind: 'transport', code: 'timeout' });
    expect(error.message).toContain('0.15 s');
  });

  test.each<[string, Answer, number]>([
    ['headers', stallAfterHeaders(), 200],
    ['half a body', stallMidBody(), 200],
  ])(
    'a body that stops coming after %s is a timeout, long before the deadline',
    async (_, answer, status) => {
      const closed = Promise.withResolvers<void>();
      const server = await serve([
        (response) => {
          response.on('close', () => closed.resolve());
          answer(response);
        },
      ]);
      const error = await failure(complete(connect({ baseUrl: server.url, bodyIdleMs: 100 })));
      expect(error.facts).toEqual({ kind: 'transport', code: 'timeout', status });
      expect(error.message).toBe('the answer began, and then nothing came for 0.1 s');
      await closed.promise;
    },
  );

  test('a refusal whose body stops coming is judged by its status', async () => {
    const server = await serve([stallAfterHeaders(401)]);
    const error = await failure(complete(connect({ baseUrl: server.url, bodyIdleMs: 100 })));
    expect(error.facts).toEqual({ kind: 'run', code: 'unauthorized', status: 401 });
  });

  test.each<[string, Answer]>([
    ['headers', stallBeforeHeaders()],
    ['the body', stallMidBody()],
  ])('an abort while waiting for %s rejects with the reason of the signal', async (_, answer) => {
    const stop = new AbortController();
    const server = await serve([answer]);
    const promise = complete(connect({ baseUrl: server.url }), {}, stop.signal);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    const reason = new Error('interrupted');
    setTimeout(() => stop.abort(reason), 50);
    await expect(promise).rejects.toBe(reason);
  });

  test('a signal that was aborted before sends nothing', async () => {
    const server = await serve([]);
    const reason = new Error('too late');
    await expect(complete(connect({ baseUrl: server.url }), {}, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
    expect(server.requests).toHaveLength(0);
  });

  test('a port where nobody listens is named with host and code', async () => {
    const port = await closedPort();
    const error = await failure(complete(connect({ baseUrl: `http://127.0.0.1:${port}/v1` })));
    expect(error.facts).toEqual(unreachable);
    expect(error.message).toBe(`no connection to 127.0.0.1:${port} (ECONNREFUSED)`);
  });

  test('a host that does not exist is not reached', async () => {
    const error = await failure(complete(connect({ baseUrl: 'http://no-such-host.invalid/v1' })));
    expect(error.facts).toEqual(unreachable);
    expect(error.message).toMatch(/^no connection to no-such-host\.invalid:80 \((ENOTFOUND|EAI_AGAIN)\)$/);
  });

  test('a port that speaks no TLS is not reached by it', async () => {
    const server = await serve([]);
    const error = await failure(complete(connect({ baseUrl: server.url.replace('http:', 'https:') })));
    expect(error.facts).toEqual(unreachable);
  });

  test('the whole error body is heard, also beside its error field', async () => {
    const server = await serve([answerJson(400, { error: 'Bad Request', message: 'prompt is too long' })]);
    const error = await failure(complete(connect({ baseUrl: server.url })));
    expect(error.facts).toEqual({ kind: 'example', code: 'context_length', status: 400 });
    expect(error.message).toBe('prompt is too long: Bad Request');
  });

  test('a wait that the server asks for is passed on', async () => {
    const server = await serve([answerError(429, 'slow down', { headers: { 'retry-after': '7' } })]);
    const error = await failure(complete(connect({ baseUrl: server.url })));
    expect(error.facts).toEqual({ kind: 'transport', code: 'rate_limited', status: 429, retryAfterMs: 7000 });
  });

  test('an unknown model is named with the address that was asked', async () => {
    const server = await serve([answerError(404, 'no such thing')]);
    const error = await failure(complete(connect({ baseUrl: `${server.url}?key=hidden-1` })));
    expect(error.message).toBe(
      `model "some-model" at ${server.url}/chat/completions (HTTP 404): no such thing`,
    );
  });

  test('a redirect is not followed: neither key nor data reach another address', async () => {
    const elsewhere = await serve([]);
    const location = `${elsewhere.url}/chat/completions?token=abcdef`;
    const server = await serve([answerText(307, 'moved', { location })]);
    const error = await failure(complete(connect({ baseUrl: server.url, apiKey })));
    expect(error.facts).toEqual({ kind: 'run', code: 'wrong_endpoint', status: 307 });
    expect(error.message).toContain(`redirects to ${elsewhere.url}/chat/completions, which`);
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('no message shows a secret', () => {
  test.each<[string, Answer]>([
    ['an error', answerError(401, `Incorrect API key provided: ${apiKey}. Find yours elsewhere.`)],
    ['a masked key', answerError(401, 'Incorrect API key provided: sk-very-****6789.')],
    ['a page', answerText(500, `<pre>Authorization: Bearer ${apiKey}</pre>`)],
    ['an error in a 200', answerErrorIn200(`bad key ${apiKey}`)],
    ['a body that is no JSON', answerText(200, `debug: ${apiKey} hunter22`)],
    ['the password of the URL', answerError(400, 'rejected hunter22')],
    ['a long message with the key at the cut', answerError(400, `${'x'.repeat(290)} ${apiKey}`)],
  ])('when the server echoes it in %s', async (_, answer) => {
    const server = await serve([answer]);
    const baseUrl = server.url.replace('http://', 'http://me:hunter22@');
    const error = await failure(complete(connect({ baseUrl, apiKey })));
    const shown = `${error.message} ${JSON.stringify(error)} ${JSON.stringify(error.facts)} ${error.stack}`;
    expect(shown).not.toMatch(/sk-very|6789|hunter22/);
  });

  test('when the host cannot be reached', async () => {
    const baseUrl = `http://me:hunter22@127.0.0.1:${await closedPort()}/v1?token=abc123`;
    const error = await failure(complete(connect({ baseUrl, apiKey })));
    expect(`${error.message} ${error.stack}`).not.toMatch(/hunter22|abc123|sk-very/);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : expect.fail('no port');
}
