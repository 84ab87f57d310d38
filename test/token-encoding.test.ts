import { Tiktoken } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, test } from 'vitest';
import { loadEncoding } from '../src/token-encoding.js';
import { Random } from './support/random.js';

const LIBRARY = { o200k: new Tiktoken(o200k), cl100k: new Tiktoken(cl100k) };
const PARTS = [
  ...([
    'a',
    'é',
    '😀',
    '東京',
    'ひ',
    ' ',
    '\n',
    '.',
    "n't",
    'word',
    'ß',
    'İ',
    '\u0301',
    '123',
    '4567',
  ] as const),
  ...(['\t', '  ', '==', 'Zażółć', '<|endoftext|>', '\u0000', 'tokenization', '今天天气很好'] as const),
] as const;

describe.each(['o200k', 'cl100k'] as const)('%s', (name) => {
  test('counts as the library does', async () => {
    const count = await loadEncoding(name);
    const random = new Random(7);
    for (let round = 0; round < 500; round += 1) {
      const text = random.text(PARTS, 30);
      const expected = LIBRARY[name].encode(text, [], []).length;
      if (count(text) !== expected) expect.fail(`${JSON.stringify(text)}: ${count(text)}, not ${expected}`);
      // What was counted before is remembered, and must be remembered right.
      expect(count(text)).toBe(expected);
    }
  });

  test('takes what looks like a special token for text', async () => {
    expect((await loadEncoding(name))('<|endoftext|>')).toBe(7);
  });

  test('counts a very long run without a boundary, at most a token a cut more', async () => {
    const count = await loadEncoding(name);
    const [run, half] = [count('a'.repeat(16_000)), count('a'.repeat(2_000))];
    expect(run).toBe(8 * half);
    expect(run).toBeGreaterThanOrEqual(2_000);
    expect(run).toBeLessThanOrEqual(2_008);
  });
});

test('llama adds no begin token and no space', async () => {
  const count = await loadEncoding('llama');
  expect([count(''), count('hello world'), count('naïve café 😀')]).toEqual([0, 2, 10]);
});
