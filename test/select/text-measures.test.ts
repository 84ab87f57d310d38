import { describe, expect, test } from 'vitest';
import { type TextMeasure, textMeasures } from '../../src/select/text-measures.js';
import { Random } from '../support/random.js';

const NAMES = ['words', 'chars', 'bytes', 'tokens:o200k', 'tokens:cl100k', 'tokens:llama'];

async function load(name: string): Promise<TextMeasure> {
  const measure = await textMeasures[name]?.();
  if (measure === undefined) expect.fail(`no ${name}`);
  return measure;
}

test('there are words, characters, bytes and the tokens of three tokenisers', () => {
  expect(Object.keys(textMeasures)).toEqual(NAMES);
});

describe.each<[string, Record<string, number>]>([
  ['', { words: 0, chars: 0, bytes: 0, 'tokens:o200k': 0, 'tokens:cl100k': 0, 'tokens:llama': 0 }],
  [' \n\t ', { words: 0, chars: 4, bytes: 4 }],
  ['one', { words: 1, chars: 3, bytes: 3 }],
  ['  two\n words ', { words: 2, chars: 13, bytes: 13 }],
  ['a\u00a0b\u3000c', { words: 3, chars: 5, bytes: 8 }],
  ['😀 é', { words: 2, chars: 3, bytes: 7 }],
  ['e\u0301 👩‍👩‍👧', { words: 2, chars: 8, bytes: 22 }],
  ['x\u200by', { words: 1, chars: 3, bytes: 5 }],
  ["It isn't.", { words: 4, chars: 9, bytes: 9 }],
  // What the libraries' own encoders give; a begin token would make Llama's one more.
  ['hello world', { words: 2, 'tokens:o200k': 2, 'tokens:cl100k': 2, 'tokens:llama': 2 }],
  ['The quick brown fox.', { words: 5, 'tokens:o200k': 5, 'tokens:cl100k': 5, 'tokens:llama': 6 }],
  ['naïve café 😀', { 'tokens:o200k': 5, 'tokens:cl100k': 5, 'tokens:llama': 10 }],
  ['a  b\n\n\tc', { 'tokens:o200k': 5, 'tokens:cl100k': 5, 'tokens:llama': 7 }],
  ['tokenization', { 'tokens:o200k': 2, 'tokens:cl100k': 2, 'tokens:llama': 2 }],
  ['<|endoftext|>', { chars: 13, 'tokens:o200k': 7, 'tokens:cl100k': 7, 'tokens:llama': 7 }],
])('%j', (text, lengths) => {
  test.each(Object.entries(lengths))('has as many %s as it should: %d', async (name, length) => {
    expect((await load(name)).measure(text)).toBe(length);
  });
});

test.each(NAMES)('%s: no length that a text has is ruled out', async (name) => {
  const { measure, mayReach } = await load(name);
  const random = new Random(1);
  for (let round = 0; round < 300; round += 1) {
    const text = random.text(['a', 'é', '😀', '東京', ' ', '\n', '.', "n't", 'word', '<|x|>', '\u0000'], 20);
    const length = measure(text);
    if (!mayReach(text, length) || !mayReach(text, length - 1))
      expect.fail(`${JSON.stringify(text)}: ${length}`);
  }
});

test.each(NAMES)('%s: what is much too short is ruled out', async (name) => {
  expect((await load(name)).mayReach('a word', 100)).toBe(false);
});
