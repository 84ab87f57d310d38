import { describe, expect, test } from 'vitest';
import { batchLine, readBatchLine } from '../../src/model/batch-lines.js';
import type { ChatRequest } from '../../src/model/chat-model.js';
import { ModelError } from '../../src/model/model-error.js';
import { createOpenAiModel } from '../../src/model/openai.js';
import { answerCompletion, completionBody, startChatServer } from '../support/chat-server.js';

const request: ChatRequest = {
  messages: [
    { role: 'system', content: 'You refine.' },
    { role: 'user', content: 'Zwei\nZeilen, „Grüße“ 👋 \u2028 \u0085 \u2029 Ende' },
  ],
  temperature: 0.7,
  maxTokens: 99,
  omit: [],
};
const context = { model: 'some-model', secrets: ['sk-very-secret-0123456789'] };

describe('a line of an input file', () => {
  test.each<[string, Partial<ChatRequest>]>([
    ['with all parameters', {}],
    ['without temperature', { omit: ['temperature'] }],
    ['with the new name of the limit', { omit: ['max_tokens'] }],
    ['without either', { omit: ['temperature', 'max_tokens'] }],
  ])('asks for what the online path asks for, %s', async (_, change) => {
    const server = await startChatServer(() => answerCompletion('ok'));
    const model = createOpenAiModel({ name: 'm-1', baseUrl: server.url, timeoutMs: 10_000, concurrency: 1 });
    try {
      const changed = { ...request, ...change };
      await model.complete(changed, { signal: new AbortController().signal });
      expect(JSON.parse(batchLine('a-1', 'm-1', changed))).toEqual({
        custom_id: 'a-1',
        method: 'POST',
        url: '/v1/chat/completions',
        body: server.requests[0]?.body,
      });
      expect(server.requests[0]?.path).toBe('/v1/chat/completions');
    } finally {
      await model.close();
      await server.close();
    }
  });

  test('is one line to every reader of lines', () => {
    expect(batchLine('a', 'm', request)).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
  });
});

function read(line: unknown) {
  return readBatchLine(typeof line === 'string' ? line : JSON.stringify(line), context);
}

function lineOf(parts: Record<string, unknown>) {
  return { id: 'batch_req_1', custom_id: 'a-1', response: null, error: null, ...parts };
}

function answered(status: number, body: unknown) {
  return lineOf({ response: { status_code: status, request_id: 'r', body } });
}

function failure(line: unknown): ModelError {
  const read = readBatchLine(JSON.stringify(line), context);
  if (read.customId === null || !(read.result instanceof ModelError)) expect.fail(JSON.stringify(read));
  expect(read.customId).toBe('a-1');
  return read.result;
}

describe('an answered line', () => {
  const reply = {
    content: 'Better.',
    finishReason: 'stop',
    usage: { promptTokens: 11, completionTokens: 7, cachedPromptTokens: 0, reasoningTokens: 0 },
    servedModel: 'served-model',
  };

  test('is the reply, with its usage', () => {
    expect(read(answered(200, completionBody('Better.')))).toEqual({ customId: 'a-1', result: reply });
  });

  test.each<[string, unknown]>([
    ['whose body is text', answered(200, JSON.stringify(completionBody('Better.')))],
    ['without the field for errors', { ...answered(200, completionBody('Better.')), error: undefined }],
    [
      'with an error as well: the answer is paid',
      { ...answered(200, completionBody('Better.')), error: { code: 'odd' } },
    ],
  ])('is the reply, %s', (_, line) => {
    expect(read(line)).toEqual({ customId: 'a-1', result: reply });
  });

  test.each<[string, unknown, string, RegExp]>([
    [
      'an error in a 200',
      { error: { message: 'upstream died' } },
      'transport/malformed_reply',
      /upstream died/,
    ],
    ['no body', undefined, 'transport/malformed_reply', /no chat completion/],
    ['a web page', '<html>Hi</html>', 'transport/malformed_reply', /no JSON/],
    [
      'a withheld answer',
      completionBody(null, { finishReason: 'content_filter' }),
      'example/content_filter',
      /withheld/,
    ],
  ])('with %s is judged like any other answer', (_, body, verdict, message) => {
    const { facts, message: said } = failure(answered(200, body));
    expect(`${facts.kind}/${facts.code}`).toBe(verdict);
    expect(said).toMatch(message);
  });
});

describe('a refused line', () => {
  test.each<[number, unknown, string]>([
    [400, { error: { message: 'no', code: 'context_length_exceeded' } }, 'example/bad_request'],
    [400, { error: { message: 'maximum context length is 8 tokens' } }, 'example/context_length'],
    [401, { error: { message: 'Incorrect API key' } }, 'run/unauthorized'],
    [404, { error: { message: 'The model `m` does not exist' } }, 'run/unknown_model'],
    [429, { error: { message: 'Rate limit reached, try again in 2s' } }, 'transport/rate_limited'],
    [429, { error: { message: 'x', code: 'insufficient_quota' } }, 'run/quota_exhausted'],
    [500, { error: { message: 'oops' } }, 'transport/server_error'],
    [503, undefined, 'transport/server_error'],
    [
      400,
      { error: { message: "Unsupported parameter: 'max_tokens' is not supported", param: 'max_tokens' } },
      'capability/unsupported_parameter',
    ],
  ])('with status %i and %j is %s', (status, body, verdict) => {
    const { facts } = failure(answered(status, body));
    expect(facts.status).toBe(status);
    if (verdict === 'example/bad_request') expect(facts.kind).toBe('example');
    else expect(`${facts.kind}/${facts.code}`).toBe(verdict);
  });

  test('shows no secret', () => {
    const error = failure(answered(400, { error: { message: `bad key ${context.secrets[0]}` } }));
    expect(error.message).toBe('bad key [redacted]');
  });
});

describe('a line without response', () => {
  test.each<[unknown, string]>([
    [{ code: 'batch_expired', message: 'too late' }, 'transport/not_done'],
    [{ code: 'batch_cancelled', message: 'cancelled' }, 'transport/not_done'],
    [{ code: 'server_error', message: 'oops' }, 'transport/server_error'],
    [{ code: 'request_timeout', message: 'slow' }, 'transport/server_error'],
    [{ code: 'content_filter', message: 'flagged' }, 'example/content_filter'],
    [{ message: 'prompt is too long' }, 'example/context_length'],
    [{ code: 'insufficient_quota', message: '' }, 'run/quota_exhausted'],
    ['words alone', 'transport/server_error'],
    [null, 'transport/malformed_reply'],
    [{}, 'transport/malformed_reply'],
  ])('and with the error %j is %s', (error, verdict) => {
    const { facts } = failure(lineOf({ error }));
    expect(`${facts.kind}/${facts.code}`).toBe(verdict);
    expect(facts).not.toHaveProperty('status', 400);
  });

  test('tells the server’s words', () => {
    expect(failure(lineOf({ error: { code: 'batch_expired', message: 'too late' } })).message).toBe(
      'batch_expired: too late',
    );
  });
});

test.each<[string, unknown]>([
  ['torn', '{"id":"batch_req_1","custom_id":"a-1","resp'],
  ['a number', '17'],
  ['null', 'null'],
  ['without id', { response: null, error: { code: 'batch_expired' } }],
  ['with an id that is no text', { ...lineOf({}), custom_id: 7 }],
])('a line that is %s belongs to nobody and is no crash', (_, line) => {
  expect(read(line)).toEqual({ customId: null, fault: expect.stringMatching(/^no line of a batch: /) });
});
