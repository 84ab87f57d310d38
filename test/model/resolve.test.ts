import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import { type ModelChoice, resolveBeside, resolveModel } from '../../src/model/resolve.js';

type Env = Record<string, string>;
const official = { via: 'openai', baseUrl: 'https://api.openai.com/v1', official: true, apiKey: 'k' };
const local = { via: 'openai', baseUrl: 'http://localhost:1/v1', official: false };

test.each<[string, ModelChoice, Env, object]>([
  ['a name at OpenAI', { model: 'gpt-4o' }, { OPENAI_API_KEY: 'k' }, { ...official, name: 'gpt-4o' }],
  ['openai: before it', { model: 'openai:gpt-4o' }, { OPENAI_API_KEY: 'k' }, { ...official, name: 'gpt-4o' }],
  [
    'a fine-tuned model',
    { model: 'ft:gpt-4o::x' },
    { OPENAI_API_KEY: 'k' },
    { ...official, name: 'ft:gpt-4o::x' },
  ],
  ['BURNISH_MODEL', {}, { BURNISH_MODEL: 'gpt-4o', OPENAI_API_KEY: ' k\n' }, { ...official, name: 'gpt-4o' }],
  [
    'the flag before BURNISH_MODEL',
    { model: 'a' },
    { BURNISH_MODEL: 'b', OPENAI_API_KEY: 'k' },
    { ...official, name: 'a' },
  ],
  [
    'organisation and project at OpenAI',
    { model: 'a' },
    { OPENAI_API_KEY: 'k', OPENAI_ORG_ID: 'o', OPENAI_PROJECT_ID: 'p' },
    { ...official, name: 'a', organization: 'o', project: 'p' },
  ],
  [
    'a tag at a base URL',
    { model: 'mistral:7b', baseUrl: local.baseUrl },
    {},
    { ...local, name: 'mistral:7b' },
  ],
  [
    'a tag at OPENAI_BASE_URL',
    { model: 'mistral:7b' },
    { OPENAI_BASE_URL: local.baseUrl },
    { ...local, name: 'mistral:7b' },
  ],
  [
    'the flag before OPENAI_BASE_URL, without organisation',
    { model: 'a', baseUrl: local.baseUrl },
    { OPENAI_BASE_URL: 'http://other/v1', OPENAI_API_KEY: 'k', OPENAI_ORG_ID: 'o' },
    { ...local, name: 'a', apiKey: 'k' },
  ],
  [
    'an empty OPENAI_BASE_URL',
    { model: 'a' },
    { OPENAI_BASE_URL: '', OPENAI_API_KEY: 'k' },
    { ...official, name: 'a' },
  ],
  [
    'a provider',
    { model: 'anthropic:claude-x' },
    { ANTHROPIC_API_KEY: 'ak', OPENAI_API_KEY: 'k' },
    {
      via: 'langchain',
      name: 'anthropic:claude-x',
      provider: 'anthropic',
      model: 'claude-x',
      secrets: ['ak'],
    },
  ],
  [
    'a provider’s second variable',
    { model: 'google-genai:gemini-x' },
    { GEMINI_API_KEY: 'gk' },
    {
      via: 'langchain',
      name: 'google-genai:gemini-x',
      provider: 'google-genai',
      model: 'gemini-x',
      secrets: ['gk'],
    },
  ],
  [
    'a provider without keys, and a tag',
    { model: 'ollama:qwen:7b' },
    {},
    { via: 'langchain', name: 'ollama:qwen:7b', provider: 'ollama', model: 'qwen:7b', secrets: [] },
  ],
])('%s is resolved', (_, choice, env, expected) => {
  expect(resolveModel(choice, env)).toEqual(expected);
});

test.each<[string, ModelChoice, Env, RegExp]>([
  ['no model', {}, { OPENAI_API_KEY: 'k' }, /--model.*BURNISH_MODEL.*--base-url.*OPENAI_BASE_URL/],
  [
    'no key',
    { model: 'gpt-4o' },
    {},
    /OPENAI_API_KEY.*--base-url.*OPENAI_BASE_URL.*PROVIDER:NAME.*anthropic/,
  ],
  ['an empty key', { model: 'gpt-4o' }, { OPENAI_API_KEY: ' ' }, /OPENAI_API_KEY/],
  [
    'no key for OpenAI by its URL',
    { model: 'a', baseUrl: 'https://api.openai.com/v1/' },
    {},
    /OPENAI_API_KEY/,
  ],
  ['no key for a provider', { model: 'anthropic:x' }, { OPENAI_API_KEY: 'k' }, /ANTHROPIC_API_KEY/],
  ['a provider without a name', { model: 'ollama:' }, {}, /name/],
  ['a base URL without protocol', { model: 'a', baseUrl: 'localhost:8000/v1' }, {}, /whole address/],
  ['a base URL for files', { model: 'a', baseUrl: 'file:///v1' }, {}, /whole address/],
  ['an empty base URL', { model: 'a', baseUrl: '' }, {}, /whole address/],
])('%s is a user’s mistake that says what to do', (_, choice, env, hint) => {
  expect(() => resolveModel(choice, env)).toThrow(UserError);
  expect(() => resolveModel(choice, env)).toThrow(
    expect.objectContaining({
      code: 'model_config',
      facts: expect.objectContaining({ hint: expect.stringMatching(hint) }),
    }),
  );
});

test('a bad base URL is shown without its secrets', () => {
  const choice = { model: 'a', baseUrl: 'ftp://me:hunter22@host/v1?key=abc' };
  expect(() => resolveModel(choice, {})).toThrow(
    expect.objectContaining({
      facts: expect.objectContaining({ found: '"ftp://host/v1"', where: '--base-url' }),
    }),
  );
});

test.each<[string, string, ModelChoice, Env, object]>([
  ['at the same base URL', 'b', { model: 'a', baseUrl: local.baseUrl }, {}, { ...local, name: 'b' }],
  [
    'at the same OPENAI_BASE_URL',
    'b',
    { model: 'a' },
    { OPENAI_BASE_URL: local.baseUrl },
    { ...local, name: 'b' },
  ],
  [
    'at OpenAI',
    'b',
    { model: 'a' },
    { OPENAI_API_KEY: 'k', OPENAI_ORG_ID: 'o' },
    { ...official, name: 'b', organization: 'o' },
  ],
  [
    'at OpenAI, whatever OPENAI_BASE_URL says',
    'b',
    { model: 'a', baseUrl: 'https://api.openai.com/v1' },
    { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: local.baseUrl },
    { ...official, name: 'b' },
  ],
  [
    'that is the same',
    'mistral:7b',
    { model: 'mistral:7b', baseUrl: local.baseUrl },
    {},
    { ...local, name: 'mistral:7b' },
  ],
  [
    'with a tag that is no provider',
    'qwen3:8b',
    { model: 'a', baseUrl: local.baseUrl },
    {},
    { ...local, name: 'qwen3:8b' },
  ],
  [
    'of a provider, beside one at a base URL',
    'anthropic:x',
    { model: 'a', baseUrl: local.baseUrl },
    { ANTHROPIC_API_KEY: 'ak', OPENAI_BASE_URL: local.baseUrl },
    { via: 'langchain', name: 'anthropic:x', provider: 'anthropic', model: 'x', secrets: ['ak'] },
  ],
  [
    'of OpenAI, beside one at a base URL',
    'openai:gpt-4o',
    { model: 'a' },
    { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: local.baseUrl },
    { ...official, name: 'gpt-4o' },
  ],
  [
    "of OpenAI, beside a provider's",
    'gpt-4o',
    { model: 'anthropic:x' },
    { ANTHROPIC_API_KEY: 'ak', OPENAI_API_KEY: 'k' },
    { ...official, name: 'gpt-4o' },
  ],
])('resolves another model %s', (_, name, choice, env, expected) => {
  expect(resolveBeside(name, resolveModel(choice, env), env)).toEqual(expected);
});

test('another model needs the key of its own provider', () => {
  const beside = resolveModel({ model: 'a', baseUrl: local.baseUrl }, {});
  expect(() => resolveBeside('anthropic:x', beside, {})).toThrow('No API key for anthropic.');
  expect(() => resolveBeside('openai:gpt-4o', beside, {})).toThrow('No API key for OpenAI');
});
