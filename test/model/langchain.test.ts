import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { ChatModel, ChatRequest } from '../../src/model/chat-model.js';
import { createLangChainModel, type LangChainModelOptions } from '../../src/model/langchain.js';
import { ModelError } from '../../src/model/model-error.js';
import { createModel } from '../../src/model/resolve.js';
import { answerJson, startChatServer } from '../support/chat-server.js';

const request: ChatRequest = {
  messages: [
    { role: 'system', content: 'You refine.' },
    { role: 'user', content: 'Private text.' },
  ],
  temperature: 0.3,
  maxTokens: 50,
  omit: [],
};

const signal = new AbortController().signal;

/** What the packages below are told to do; they run in this process. */
interface Script {
  readonly made: Record<string, unknown>[];
  readonly invoked: { readonly messages: unknown; readonly options: Record<string, unknown> }[];
  respond: (options: { signal: AbortSignal }) => unknown;
}
const shared = globalThis as { burnishTestScript?: Script };

const open: ChatModel[] = [];
let folder: string;
let script: Script;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-langchain-'));
  script = { made: [], invoked: [], respond: () => ({ content: 'Better.' }) };
  shared.burnishTestScript = script;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const model of open.splice(0)) await model.close();
  delete shared.burnishTestScript;
  await rm(folder, { recursive: true, force: true });
});

/**
 * Installs a package of that name into the user's folder. Node imports each name once and for all, so tests with
 * different code take different providers.
 */
async function install(packageName: string, code: string): Promise<void> {
  const home = join(folder, 'node_modules', packageName);
  await mkdir(home, { recursive: true });
  await writeFile(
    join(home, 'package.json'),
    JSON.stringify({ name: packageName, type: 'module', exports: './index.js' }),
  );
  await writeFile(join(home, 'index.js'), code);
}

/** A class that does what the script says. */
function scripted(className: string): string {
  return `
    export class ${className} {
      constructor(fields) { globalThis.burnishTestScript.made.push(fields); }
      async invoke(messages, options) {
        globalThis.burnishTestScript.invoked.push({ messages, options });
        return globalThis.burnishTestScript.respond(options);
      }
    }`;
}

async function connect(options: Partial<LangChainModelOptions> = {}): Promise<ChatModel> {
  const model = await createLangChainModel({
    provider: 'anthropic',
    name: 'claude-x',
    secrets: ['ak-secret-1234'],
    timeoutMs: 20_000,
    folder,
    ...options,
  });
  open.push(model);
  return model;
}

async function connectScripted(options: Partial<LangChainModelOptions> = {}): Promise<ChatModel> {
  await install('@langchain/anthropic', scripted('ChatAnthropic'));
  return connect(options);
}

async function failure(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    (value) => expect.fail(`no error but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw error;
  return error;
}

describe('a provider’s package', () => {
  test('is found in the user’s folder and asked without re-sending of its own', async () => {
    const model = await connectScripted();
    expect(model.name).toBe('anthropic:claude-x');
    await model.complete(request, { signal });
    expect(script.made.at(-1)).toMatchObject({
      model: 'claude-x',
      maxRetries: 0,
      temperature: 0.3,
      maxTokens: 50,
    });
    expect(script.invoked).toHaveLength(1);
    expect(script.invoked[0]?.messages).toEqual(request.messages);
  });

  test.each([
    ['google-genai', '@langchain/google-genai', 'ChatGoogleGenerativeAI', 'maxOutputTokens'],
    ['ollama', '@langchain/ollama', 'ChatOllama', 'numPredict'],
    ['cerebras', '@langchain/cerebras', 'ChatCerebras', 'maxCompletionTokens'],
    ['mistral', '@langchain/mistralai', 'ChatMistralAI', 'maxTokens'],
    ['bedrock', '@langchain/aws', 'ChatBedrockConverse', 'maxTokens'],
    ['together', '@langchain/together-ai', 'ChatTogetherAI', 'maxTokens'],
  ])('%s is %s and calls its limit %s', async (provider, packageName, className, field) => {
    await install(packageName, scripted(className));
    const model = await connect({ provider });
    await model.complete(request, { signal });
    expect(script.made.at(-1)).toMatchObject({ temperature: 0.3, [field]: 50 });
    // Cohere's package takes the limit from here.
    expect(script.invoked[0]?.options).toMatchObject({ [field]: 50 });
  });

  test('is made for each set of parameters, not for each request', async () => {
    const model = await connectScripted();
    await model.complete(request, { signal });
    const made = script.made.length;
    for (let i = 0; i < 3; i += 1) await model.complete(request, { signal });
    expect(script.made).toHaveLength(made);
    await model.complete({ ...request, omit: ['temperature', 'max_tokens'] }, { signal });
    expect(Object.keys(script.made.at(-1) ?? {})).not.toContain('temperature');
    expect(Object.keys(script.made.at(-1) ?? {})).not.toContain('maxTokens');
  });

  test('that is missing is a user’s mistake with the command that mends it', async () => {
    await expect(connect({ provider: 'groq' })).rejects.toThrow(UserError);
    await expect(connect({ provider: 'groq' })).rejects.toMatchObject({
      code: 'model_config',
      message: 'The package @langchain/groq is not installed.',
      facts: { where: folder, hint: 'Run: npm install @langchain/groq' },
    });
  });

  test('that refuses its settings is a user’s mistake, without the key', async () => {
    const code = `export class ChatXAI { constructor() { throw new Error('bad key ak-secret-1234'); } }`;
    await install('@langchain/xai', code);
    await expect(connect({ provider: 'xai' })).rejects.toMatchObject({
      code: 'model_config',
      message: '@langchain/xai refuses its settings: bad key [redacted]',
      facts: { hint: 'check XAI_API_KEY' },
    });
  });

  test('is loaded for a PROVIDER:NAME', async () => {
    await install('@langchain/anthropic', scripted('ChatAnthropic'));
    const spec = {
      via: 'langchain',
      name: 'anthropic:m',
      provider: 'anthropic',
      model: 'm',
      secrets: [],
    } as const;
    const model = await createModel(spec, { timeoutMs: 20_000, concurrency: 1, folder });
    expect(await model.complete(request, { signal })).toMatchObject({ content: 'Better.' });
  });
});

describe('a message', () => {
  test('is content, finish reason, usage and the model that served it', async () => {
    const model = await connectScripted();
    script.respond = () => ({
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'One ' },
        { type: 'text', text: 'two' },
      ],
      usage_metadata: {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        input_token_details: { cache_read: 4 },
        output_token_details: { reasoning: 2 },
      },
      response_metadata: { stop_reason: 'end_turn', model: 'claude-x-1' },
    });
    expect(await model.complete(request, { signal })).toEqual({
      content: 'One two',
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 5, cachedPromptTokens: 4, reasoningTokens: 2 },
      servedModel: 'claude-x-1',
    });
  });

  test.each([
    [{ finish_reason: 'stop' }, 'stop'],
    [{ stop_reason: 'max_tokens' }, 'length'],
    [{ stopReason: 'end_turn' }, 'stop'],
    [{ finishReason: 'MAX_TOKENS' }, 'length'],
    [{ done_reason: 'length' }, 'length'],
    [{}, null],
    [undefined, null],
  ])('with metadata %j has finish reason %j', async (response_metadata, finishReason) => {
    const model = await connectScripted();
    script.respond = () => ({ content: 'x', response_metadata, usage_metadata: undefined });
    expect(await model.complete(request, { signal })).toEqual({
      content: 'x',
      finishReason,
      usage: null,
      servedModel: null,
    });
  });

  test.each([[undefined], [{ content: null }], ['text']])('%j is malformed', async (message) => {
    const model = await connectScripted();
    script.respond = () => message;
    const error = await failure(model.complete(request, { signal }));
    expect(error.facts).toMatchObject({ kind: 'transport', code: 'malformed_reply' });
  });

  test('that was withheld concerns the example', async () => {
    const model = await connectScripted();
    script.respond = () => ({ content: '', response_metadata: { finishReason: 'SAFETY' } });
    const error = await failure(model.complete(request, { signal }));
    expect(error.facts).toMatchObject({ kind: 'example', code: 'content_filter' });
  });
});

function thrown(message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), fields);
}

describe('an error of the package', () => {
  test.each<[string, unknown, string]>([
    ['status 401', thrown('no', { status: 401 }), 'run/unauthorized'],
    ['statusCode 429', thrown('slow', { statusCode: 429 }), 'transport/rate_limited'],
    ['status_code 404', thrown('model not found', { status_code: 404 }), 'run/unknown_model'],
    ['response.status 503', thrown('x', { response: { status: 503 } }), 'transport/server_error'],
    ['AWS metadata', thrown('x', { $metadata: { httpStatusCode: 403 } }), 'run/forbidden'],
    ['a status in the cause', new Error('x', { cause: thrown('y', { status: 413 }) }), 'example/too_large'],
    [
      'Anthropic’s body',
      thrown('400 {...}', {
        status: 400,
        error: { type: 'error', error: { message: 'prompt is too long: 9 > 8' } },
      }),
      'example/context_length',
    ],
    [
      'a body in text',
      thrown('x', { statusCode: 400, body: '{"message":"temperature is not supported"}' }),
      'capability/unsupported_parameter',
    ],
    [
      'no status, but telling words',
      new Error('Response was blocked due to SAFETY'),
      'example/content_filter',
    ],
    [
      'a refused connection',
      new TypeError('fetch failed', { cause: thrown('x', { code: 'ECONNREFUSED' }) }),
      'transport/unreachable',
    ],
    ['a timeout of its own', thrown('x', { name: 'TimeoutError' }), 'transport/timeout'],
    ['broken JSON', new SyntaxError('Unexpected token'), 'transport/malformed_reply'],
    ['nothing that tells', new Error('Something else'), 'transport/server_error'],
    ['a thrown text', 'just text', 'transport/server_error'],
  ])('with %s is %s', async (_, error, expected) => {
    const model = await connectScripted();
    script.respond = () => {
      throw error;
    };
    const { facts } = await failure(model.complete(request, { signal }));
    expect(`${facts.kind}/${facts.code}`).toBe(expected);
  });

  test('is told without key and without LangChain’s remark, and keeps the wait', async () => {
    const model = await connectScripted();
    script.respond = () => {
      throw thrown('bad ak-secret-1234\n\nTroubleshooting URL: https://docs.test/x\n', {
        status: 429,
        headers: { 'Retry-After': '3' },
      });
    };
    const error = await failure(model.complete(request, { signal }));
    expect(error.message).toBe('bad [redacted]');
    expect(error.facts.retryAfterMs).toBe(3000);
  });

  test('does not matter after the deadline, even when the package ignores the signal', async () => {
    const model = await connectScripted({ timeoutMs: 50 });
    script.respond = () => new Promise(() => {});
    const error = await failure(model.complete(request, { signal }));
    expect(error.facts).toEqual({ kind: 'transport', code: 'timeout' });
  });

  test('does not matter after an abort: the reason of the signal is thrown', async () => {
    const model = await connectScripted();
    const stop = new AbortController();
    const reason = new Error('interrupted');
    script.respond = ({ signal: inner }) =>
      new Promise((_, reject) => inner.addEventListener('abort', () => reject(new Error('AbortError'))));
    const promise = model.complete(request, { signal: stop.signal });
    await vi.waitFor(() => expect(script.invoked).toHaveLength(1));
    stop.abort(reason);
    await expect(promise).rejects.toBe(reason);
  });
});

describe('LangChain’s own services', () => {
  /** A package whose class is a real LangChain model, callbacks, tracing and all. */
  function real(): string {
    const core = (path: string) => JSON.stringify(import.meta.resolve(`@langchain/core/${path}`));
    return `
      import { BaseChatModel } from ${core('language_models/chat_models')};
      import { AIMessage } from ${core('messages')};
      import { resolveLangSmithGatewayConfig } from ${core('utils/gateway')};
      export class ChatDeepSeek extends BaseChatModel {
        constructor(fields) {
          super(fields);
          globalThis.burnishTestScript.made.push({ gateway: resolveLangSmithGatewayConfig({ providerPath: 'v1' }) });
        }
        _llmType() { return 'test'; }
        async _generate(messages) {
          globalThis.burnishTestScript.invoked.push({ messages: messages.map((m) => m.getType() + ': ' + m.content), options: {} });
          return { generations: [{ text: 'Better.', message: new AIMessage('Better.') }] };
        }
      }`;
  }

  async function flush(): Promise<void> {
    const { awaitAllCallbacks } = await import('@langchain/core/callbacks/promises');
    await awaitAllCallbacks();
  }

  function stubTracing(endpoint: string): void {
    for (const name of [
      'LANGSMITH_TRACING',
      'LANGSMITH_TRACING_V2',
      'LANGCHAIN_TRACING_V2',
      'LANGCHAIN_TRACING',
    ]) {
      vi.stubEnv(name, 'true');
    }
    vi.stubEnv('LANGCHAIN_VERBOSE', 'true');
    vi.stubEnv('LANGCHAIN_CALLBACKS_BACKGROUND', 'false');
    vi.stubEnv('LANGSMITH_API_KEY', 'ls-key');
    vi.stubEnv('LANGSMITH_GATEWAY', endpoint);
    for (const prefix of ['LANGSMITH', 'LANGCHAIN']) vi.stubEnv(`${prefix}_ENDPOINT`, endpoint);
  }

  test('see nothing, print nothing and route nothing, whatever the environment says', async () => {
    const smith = await startChatServer(() => answerJson(200, {}));
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      await install('@langchain/deepseek', real());
      stubTracing(smith.url);

      // Without our adapter the same class is traced: this proves that the server would notice.
      const { ChatDeepSeek } = await import(join(folder, 'node_modules/@langchain/deepseek/index.js'));
      await new ChatDeepSeek({}).invoke('Traced text.');
      await flush();
      expect(smith.requests.some(({ text }) => text.includes('Traced text.'))).toBe(true);
      expect(log).toHaveBeenCalled();
      expect(script.made.at(-1)).toMatchObject({ gateway: { apiKey: 'ls-key' } });
      const seenBefore = smith.requests.length;
      log.mockClear();

      const model = await connect({ provider: 'deepseek' });
      expect(await model.complete(request, { signal })).toMatchObject({ content: 'Better.' });
      await flush();
      expect(script.invoked.at(-1)?.messages).toEqual(['system: You refine.', 'human: Private text.']);
      expect(script.made.at(-1)).toEqual({ gateway: {} });
      expect(log).not.toHaveBeenCalled();
      expect(smith.requests.slice(seenBefore)).toEqual([]);
    } finally {
      log.mockRestore();
      await smith.close();
    }
  });
});
