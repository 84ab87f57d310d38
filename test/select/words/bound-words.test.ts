import { describe, expect, test } from 'vitest';
import { mayReachWords } from '../../../src/select/words/bound-words.js';
import { countWords } from '../../../src/select/words/count-words.js';
import { parseDataset } from '../../support/alpaca-rows.js';
import { Random } from '../../support/random.js';
import { realData } from '../../support/real-data.js';

/** Pieces of which texts are made that try to have more words than it seems. */
const ALPHABETS: Record<string, readonly [string, ...string[]]> = {
  'marks and letters': ['a', 'b', ' ', '.', ',', ':', "'", '"', '`', '-', '!', '(', ')', '*', '1', '\n'],
  'fused words': [
    'cannot',
    'gonna',
    'gotta',
    'gimme',
    'lemme',
    'wanna',
    "d'ye",
    "more'n",
    "'tis",
    "'twas",
    ' ',
    '-',
    'Can',
    'not',
  ],
  'fused words in other letters': [
    'cannot',
    '\u0301',
    'é',
    '\u{1f600}',
    '\u200b',
    'GONNA',
    '_',
    '’',
    '\u2028',
    'ſ',
    'K',
  ],
  contractions: ["n't", "'s", "'S", "'ll", "'RE", "'", "''", 'a', ' ', '.', ',', 's', 't', "'d"],
  'quotes of all kinds': ['«', '»', '‘', '’', '“', '”', '„', '‚', '‛', '`', '``', "''", '"', 'x', ' '],
  'dots and ends': ['.', '..', '...', '. ', '.)', '."', '?', '! ', 'A.', 'p.m.', '1.', ' The', ' a', '\n'],
  'white space': [' ', '\t', '\u00a0', '\u001c', '\u0085', '\u3000', '\ufeff', '\u180e', 'a', '.'],
  'any character': [
    '\u0000',
    '\u007f',
    '\u00ad',
    '\ud7ff',
    '\ufffd',
    '٣',
    '९',
    '東',
    'ß',
    'İ',
    ',',
    ':',
    ' ',
  ],
};

describe.each(Object.entries(ALPHABETS))('of random texts of %s', (_, pieces) => {
  const random = new Random(pieces.length);
  const texts = Array.from({ length: 4000 }, () => random.text(pieces, 30));

  test('no number of words that is there is ruled out', () => {
    for (const text of texts) {
      const words = countWords(text);
      for (let least = 0; least <= words; least += 1) {
        if (!mayReachWords(text, least))
          expect.fail(`${JSON.stringify(text)} has ${words} words, not ${least}?`);
      }
      if (!mayReachWords(text, Number.NEGATIVE_INFINITY)) expect.fail(JSON.stringify(text));
    }
  });
});

test.each([
  ['', 0],
  [' \n ', 0],
  ['a b c', 3],
  ['It rains, and it pours.', 7],
  ['cannot', 2],
  ['cartons', 1],
])('%j may have %d words and no more', (text, bound) => {
  expect(mayReachWords(text, bound)).toBe(true);
  expect(mayReachWords(text, bound + 1)).toBe(false);
});

test('long texts are bounded as short ones are, wherever a part of them ends', () => {
  const random = new Random(3);
  for (const pieces of Object.values(ALPHABETS)) {
    for (let round = 0; round < 6; round += 1) {
      // Characters of several bytes, shifted, so that parts of equal size end at every place within them.
      const text = `${'x'.repeat(round)}${random.text([...pieces, '東', '😀'], 30).repeat(3000)}`;
      const words = countWords(text);
      if (!mayReachWords(text, words))
        expect.fail(`${JSON.stringify(text.slice(0, 300))} has ${words} words`);
    }
  }
});

test('words at the end of a long text count', () => {
  for (let length = 16_300; length < 16_500; length += 1) {
    const text = `${'x'.repeat(length)} cannot`;
    if (!mayReachWords(text, 3) || mayReachWords(text, 20)) expect.fail(String(length));
  }
});

test('no text can have infinitely many words', () => {
  expect(mayReachWords('a b c', Number.POSITIVE_INFINITY)).toBe(false);
});

const path = realData('alpaca_data.json');
test.skipIf(path === undefined)(
  'rules out most of Alpaca, and nothing wrongly (needs alpaca_data.json)',
  () => {
    let left = 0;
    for (const { output } of parseDataset(path ?? '')) {
      const words = countWords(output);
      if (!mayReachWords(output, words)) expect.fail(output);
      if (mayReachWords(output, 192)) left += 1;
    }
    expect(left).toBeGreaterThanOrEqual(1013);
    expect(left).toBeLessThan(1500);
  },
);
