import { describe, expect, test } from 'vitest';
import { classifyRefusal } from '../../src/model/classify.js';

const context = {
  model: 'some-model',
  url: 'http://user:pass@host.test/v1/chat/completions?key=1',
  secrets: ['my-secret-key'],
  nowMs: Date.parse('2025-06-01T12:00:00Z'),
};

function classify(status: number, body: unknown, headers: Record<string, string> = {}) {
  return classifyRefusal({ status, body, header: (name) => headers[name] }, context);
}

function error(message: string, fields: Record<string, unknown> = {}) {
  return { error: { message, ...fields } };
}

const max_tokens = { parameter: 'max_tokens' };
const temperature = { parameter: 'temperature' };

test.each<[string, number, unknown, string, object?]>([
  // the run's
  ['a redirect', 302, '', 'run/wrong_endpoint'],
  ['a path without POST', 405, { detail: 'Method Not Allowed' }, 'run/wrong_endpoint'],
  ['an endpoint that is not implemented', 501, '', 'run/wrong_endpoint'],
  [
    'a refused key',
    401,
    error('Incorrect API key provided', { code: 'invalid_api_key' }),
    'run/unauthorized',
  ],
  [
    'a key refused by a 400',
    400,
    error('API key not valid. Please pass a valid API key.'),
    'run/unauthorized',
  ],
  ['a forbidden project', 403, error('Project does not have access'), 'run/forbidden'],
  ['a 404', 404, error('The model `x` does not exist', { code: 'model_not_found' }), 'run/unknown_model'],
  ['a 404 in text', 404, '404 page not found', 'run/unknown_model'],
  ['an unknown model in a 400', 400, error('oh', { code: 'model_not_found' }), 'run/unknown_model'],
  ['a missing model in a 400', 400, error('Model Not Exist'), 'run/unknown_model'],
  ['a model id that is none', 400, error('foo/bar is not a valid model ID'), 'run/unknown_model'],
  ['an empty purse', 402, error('Insufficient credits'), 'run/quota_exhausted'],
  ['a quota by its code', 429, error('You ...', { code: 'insufficient_quota' }), 'run/quota_exhausted'],
  ['a quota by its type', 429, error('You ...', { type: 'insufficient_quota' }), 'run/quota_exhausted'],
  [
    'a quota in words',
    429,
    error('You exceeded your current quota, please check your plan and billing details.'),
    'run/quota_exhausted',
  ],
  [
    'a low balance in a 400',
    400,
    error('Your credit balance is too low to access the API.'),
    'run/quota_exhausted',
  ],
  ['a quota in a 403', 403, error('no', { code: 'insufficient_user_quota' }), 'run/quota_exhausted'],
  [
    'a value above the range',
    400,
    error('temperature: 2.5', { code: 'decimal_above_max_value', param: 'temperature' }),
    'run/invalid_parameter',
  ],
  [
    'a limit above the model’s',
    400,
    error('max_tokens is too large: 99999. This model supports at most 16384 completion tokens.', {
      param: 'max_tokens',
    }),
    'run/invalid_parameter',
  ],

  // the example's
  [
    'a context that is too short, by code',
    400,
    error('no', { code: 'context_length_exceeded' }),
    'example/context_length',
  ],
  [
    'a context that is too short, in words',
    400,
    error("This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"),
    'example/context_length',
  ],
  [
    'a long prompt',
    400,
    error('prompt is too long: 250000 tokens > 200000 maximum'),
    'example/context_length',
  ],
  [
    'a context of llama.cpp',
    400,
    error('the request exceeds the available context size', { type: 'exceed_context_size_error' }),
    'example/context_length',
  ],
  ['a context window in a 413', 413, error('exceeds the context window'), 'example/context_length'],
  [
    'too many tokens with max_tokens named',
    400,
    error("'max_tokens' is too large: 5000. This model's maximum context length is 4096 tokens"),
    'example/context_length',
  ],
  ['a filter by its code', 400, error('no', { code: 'content_filter' }), 'example/content_filter'],
  ['a policy by its code', 400, error('no', { code: 'content_policy_violation' }), 'example/content_filter'],
  [
    'a filter in words',
    400,
    error("The response was filtered due to the prompt triggering Azure OpenAI's content management policy."),
    'example/content_filter',
  ],
  [
    'a moderation in a 403',
    403,
    error('Your chosen model requires moderation and your input was flagged for "violence"'),
    'example/content_filter',
  ],
  ['a big body', 413, '<html><h1>413 Request Entity Too Large</h1></html>', 'example/too_large'],
  [
    'more than a minute allows at once',
    429,
    error('Request too large for gpt-4 on tokens per min (TPM): Limit 10000, Requested 20000.', {
      code: 'rate_limit_exceeded',
    }),
    'example/too_large',
  ],
  ['a bad request', 400, error('messages: roles must alternate'), 'example/bad_request'],
  [
    'an unprocessable one',
    422,
    { detail: [{ loc: ['body', 'messages', 0], msg: 'Field required' }] },
    'example/bad_request',
  ],
  [
    'a refused role',
    400,
    error("Unsupported value: 'messages[0].role' does not support 'system' with this model.", {
      code: 'unsupported_value',
      param: 'messages[0].role',
    }),
    'example/bad_request',
  ],
  ['any other 4xx', 418, '', 'example/bad_request'],

  // a capability's
  [
    'max_tokens refused by OpenAI',
    400,
    error(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { code: 'unsupported_parameter', param: 'max_tokens' },
    ),
    'capability/unsupported_parameter',
    max_tokens,
  ],
  [
    'temperature refused by OpenAI',
    400,
    error(
      "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
      { code: 'unsupported_value', param: 'temperature' },
    ),
    'capability/unsupported_parameter',
    temperature,
  ],
  [
    'temperature refused without code',
    400,
    error('`temperature` is deprecated for this model.'),
    'capability/unsupported_parameter',
    temperature,
  ],
  [
    'temperature while thinking',
    400,
    error('`temperature` may only be set to 1 when thinking is enabled.'),
    'capability/unsupported_parameter',
    temperature,
  ],
  [
    'only one temperature',
    400,
    error('invalid temperature: only 1 is allowed for this model'),
    'capability/unsupported_parameter',
    temperature,
  ],
  [
    'a field that FastAPI forbids',
    422,
    {
      detail: [
        {
          type: 'extra_forbidden',
          loc: ['body', 'max_completion_tokens'],
          msg: 'Extra inputs are not permitted',
        },
      ],
    },
    'capability/unsupported_parameter',
    max_tokens,
  ],
  [
    'an unrecognised argument',
    400,
    error('Unrecognized request argument supplied: max_completion_tokens'),
    'capability/unsupported_parameter',
    max_tokens,
  ],
  [
    'an unknown field of Google’s',
    400,
    [error('Invalid JSON payload received. Unknown name "max_tokens": Cannot find field.')],
    'capability/unsupported_parameter',
    max_tokens,
  ],

  // passing
  [
    'a rate limit',
    429,
    error('Rate limit reached', { code: 'rate_limit_exceeded' }),
    'transport/rate_limited',
  ],
  [
    'a rate limit with a link to billing',
    429,
    error('Rate limit reached for requests per min. Visit https://x.test/billing', { type: 'requests' }),
    'transport/rate_limited',
    { limitedBy: 'requests' },
  ],
  [
    'a quota per minute',
    429,
    error('You exceeded your current quota. Please retry in 36.5s.'),
    'transport/rate_limited',
    { retryAfterMs: 36_500 },
  ],
  ['a bare 429', 429, '', 'transport/rate_limited'],
  ['a request timeout', 408, '', 'transport/timeout'],
  ['a conflict', 409, '', 'transport/conflict'],
  ['too early', 425, '', 'transport/conflict'],
  ['a server fault', 500, error('temperature sensor not supported'), 'transport/server_error'],
  ['a bad gateway', 502, '<html><title>502 Bad Gateway</title></html>', 'transport/server_error'],
  ['an overload', 529, error('Overloaded'), 'transport/server_error'],
])('%s (%i) is %s', (_, status, body, expected, more = {}) => {
  const { facts } = classify(status, body);
  expect(`${facts.kind}/${facts.code}`).toBe(expected);
  const [kind, code] = expected.split('/');
  expect(facts).toEqual({ kind, code, status, ...more });
});

describe('the message', () => {
  test.each<[string, unknown, string]>([
    ['OpenAI’s message', error('Too bad.'), 'Too bad.'],
    ['an error that is text', { error: 'Too bad.' }, 'Too bad.'],
    ['a message at the top', { object: 'error', message: 'Too bad.' }, 'Too bad.'],
    ['a detail that is text', { detail: 'Too bad.' }, 'Too bad.'],
    ['a detail that is a list', { detail: [{ loc: ['body', 'n'], msg: 'Too bad.' }] }, 'body.n: Too bad.'],
    ['an error within an error', { error: { type: 'error', error: { message: 'Too bad.' } } }, 'Too bad.'],
    ['JSON in text', '{"error":{"message":"Too bad."}}', 'Too bad.'],
    ['a page without its tags', '<html><style>h1{}</style><h1>Too</h1>\n<p>bad.</p></html>', 'Too bad.'],
    ['control characters made harmless', error('Too\u001b[31m\r\nbad.'), 'Too [31m bad.'],
    [
      'a router’s and the provider’s words',
      error('Provider error', { metadata: { raw: '{"error":{"message":"Too bad."}}' } }),
      'Provider error: Too bad.',
    ],
    ['the status where there are no words', {}, 'HTTP 400 and no words'],
    ['no key', error('bad my-secret-key here'), 'bad [redacted] here'],
  ])('is %s', (_, body, message) => {
    expect(classify(400, body).message).toBe(message);
  });

  test('is at most 300 characters', () => {
    expect(classify(400, error('x'.repeat(5000))).message).toHaveLength(300);
  });

  test('names model and address without secrets when the model is unknown', () => {
    expect(classify(404, error('gone')).message).toBe(
      'model "some-model" at http://host.test/v1/chat/completions (HTTP 404): gone',
    );
  });
});

test.each<[Record<string, string>, string, number | undefined]>([
  [{ 'retry-after-ms': '1500' }, '', 1500],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, '', 250],
  [{ 'retry-after': '20' }, '', 20_000],
  [{ 'retry-after': '0.5' }, '', 500],
  [{ 'retry-after': 'Sun, 01 Jun 2025 12:00:30 GMT' }, '', 30_000],
  [{ 'retry-after': 'Sun, 01 Jun 2025 11:00:00 GMT' }, '', 0],
  [{ 'retry-after': 'soon' }, '', undefined],
  [{ 'retry-after': '-5' }, '', undefined],
  [{}, 'Please try again in 20s.', 20_000],
  [{}, 'Please try again in 6m0s.', 360_000],
  [{}, 'Please try again in 350ms.', 350],
  [{}, 'Please try again in a while.', undefined],
])('headers %j and message %j ask to wait %j ms', (headers, message, expected) => {
  expect(classify(429, error(message), headers).facts.retryAfterMs).toBe(expected);
});
