import { expect, test } from 'vitest';
import { redactSecrets, redactUrl, secretsInUrl } from '../../src/model/redact.js';

test.each([
  ['https://user:pw@host.test:8443/v1?key=abc#frag', 'https://host.test:8443/v1'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['localhost/v1?key=abc', 'localhost/v1'],
  ['http://user:pw@bad host/v1?key=abc', 'http://bad host/v1'],
  ['//user:p/w@host/v1', '//host/v1'],
  ['', ''],
])('%j is shown as %j', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});

test.each([
  ['Incorrect API key provided: sk-abc***xyz.', 'Incorrect API key provided: [redacted]'],
  ['Incorrect API key provided: foo1****bar. Find it', 'Incorrect API key provided: [redacted] Find it'],
  ['token Bearer abc.def-123 refused', 'token Bearer [redacted] refused'],
  ['{"api_key": "abcdef123456"}', '{"api_key": "[redacted]"}'],
  ['gsk_abcdefgh12 and AIzaSyAbcdefg1', '[redacted] and [redacted]'],
  ['see https://me:pw@host.test/x?token=abc&b=1', 'see https://host.test/x?token=[redacted]&b=1'],
  // Words that only look the part
  ['Bearer token is missing, use Basic authentication', 'Bearer token is missing, use Basic authentication'],
  ['No API key: please set one', 'No API key: please set one'],
  ['a risk-averse task-force', 'a risk-averse task-force'],
])('%j becomes %j', (text, redacted) => {
  expect(redactSecrets(text, [])).toBe(redacted);
});

test('given secrets go wherever they stand, the longer before the shorter', () => {
  expect(redactSecrets('xabcdefx abcd', ['abcd', 'abcdef'])).toBe('x[redacted]x [redacted]');
});

test('a secret too short to be one is left alone', () => {
  expect(redactSecrets('a fine day', ['a'])).toBe('a fine day');
});

test('user, password and query values are the secrets of a URL, as written and decoded', () => {
  expect(secretsInUrl('http://me:p%40ss@host.test/v1?key=k1')).toEqual(
    expect.arrayContaining(['me', 'p%40ss', 'p@ss', 'k1']),
  );
});
