import { describe, expect, test } from 'vitest';
import { ModelError } from '../../src/model/model-error.js';
import { readCompletion } from '../../src/model/openai-reply.js';
import { completionBody } from '../support/chat-server.js';

const usage = { promptTokens: 11, completionTokens: 7, cachedPromptTokens: 0, reasoningTokens: 0 };

function read(body: unknown) {
  return readCompletion(JSON.stringify(body), []);
}

function failure(body: unknown): ModelError {
  try {
    return expect.fail(`no error but ${JSON.stringify(read(body))}`);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

function withMessage(message: Record<string, unknown>, finish_reason: unknown) {
  return { ...completionBody(''), choices: [{ index: 0, message, finish_reason }] };
}

describe('content', () => {
  test.each<[string, unknown, string]>([
    ['empty text at a stop', completionBody(''), ''],
    ['null when all tokens went into reasoning', completionBody(null, { finishReason: 'length' }), ''],
    ['empty text when all tokens went into reasoning', completionBody('', { finishReason: 'length' }), ''],
    ['missing when all tokens went into reasoning', withMessage({}, 'length'), ''],
    [
      'the refusal when there is only that',
      withMessage({ content: null, refusal: 'I will not.' }, 'stop'),
      'I will not.',
    ],
    ['text before the refusal', withMessage({ content: 'Text', refusal: 'no' }, 'stop'), 'Text'],
    [
      'a filtered text as far as it goes',
      completionBody('Half a', { finishReason: 'content_filter' }),
      'Half a',
    ],
    [
      'the text parts, joined, without the thinking',
      completionBody([
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
        { type: 'text', text: 'One ' },
        { type: 'text', text: 'two' },
      ]),
      'One two',
    ],
  ])('is %s', (_, body, content) => {
    expect(read(body).content).toBe(content);
  });
});

test.each([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['end_turn', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['tool_calls', 'tool_calls'],
  [null, null],
  [undefined, null],
  [7, null],
])('finish reason %j is read as %j', (given, expected) => {
  expect(read(withMessage({ content: 'x' }, given)).finishReason).toBe(expected);
});

test.each<[string, unknown, unknown]>([
  ['missing', undefined, null],
  ['null', null, null],
  ['a string', 'many', null],
  ['without completion tokens', { prompt_tokens: 3 }, null],
  ['negative', { prompt_tokens: -1, completion_tokens: 3 }, null],
  ['counted in words', { prompt_tokens: '3', completion_tokens: 3 }, null],
  ['with null details', { prompt_tokens: 11, completion_tokens: 7, prompt_tokens_details: null }, usage],
  ['with odd details', { prompt_tokens: 11, completion_tokens: 7, completion_tokens_details: 'none' }, usage],
  [
    'with odd counts',
    { prompt_tokens: 11, completion_tokens: 7, prompt_tokens_details: { cached_tokens: null } },
    usage,
  ],
])('usage that is %s never spoils the reply', (_, given, expected) => {
  expect(read(completionBody('x', { usage: given }))).toEqual({
    content: 'x',
    finishReason: 'stop',
    usage: expected,
    servedModel: 'served-model',
  });
});

test('a model name that is no text is unknown', () => {
  expect(read({ ...completionBody('x'), model: 5 }).servedModel).toBeNull();
});

test.each<[string, unknown]>([
  ['no choices', { ...completionBody('x'), choices: [] }],
  ['choices that are no list', { ...completionBody('x'), choices: 'x' }],
  ['no message', { ...completionBody('x'), choices: [{ index: 0, finish_reason: 'stop' }] }],
  ['a null message', { ...completionBody('x'), choices: [{ message: null, finish_reason: 'stop' }] }],
  ['null content at a stop', completionBody(null)],
  ['content that is a number', completionBody(42)],
  ['only a tool call', withMessage({ content: null, tool_calls: [{}] }, 'tool_calls')],
  ['an answer that broke off at the provider', completionBody('Half', { finishReason: 'error' })],
  ['an error beside usage', { error: { message: 'boom' }, usage: completionBody('').usage }],
])('%s is malformed, and what it cost is kept', (_, body) => {
  expect(failure(body).facts).toEqual({ kind: 'transport', code: 'malformed_reply', status: 200, usage });
});

test.each(['[]', '"text"', '17', 'null', '{}'])('%s is malformed', (text) => {
  expect(() => readCompletion(text, [])).toThrow(
    expect.objectContaining({ facts: { kind: 'transport', code: 'malformed_reply', status: 200 } }),
  );
});

test.each([null, '', undefined])(
  'content %j that was filtered concerns the example, and its cost is kept',
  (content) => {
    const error = failure(completionBody(content, { finishReason: 'content_filter' }));
    expect(error.facts).toEqual({ kind: 'example', code: 'content_filter', status: 200, usage });
  },
);
