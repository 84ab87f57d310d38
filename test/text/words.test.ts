import { describe, expect, test } from 'vitest';
import { contentStems, countContent, readWords, stemOf } from '../../src/text/words.js';

describe('readWords', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['Don’t stop, Ms. O’Hara!', ["don't", 'stop', 'ms', "o'hara"]],
    ['3.5 kg of A4 paper', ['3', '5', 'kg', 'of', 'a4', 'paper']],
    ['你好，世界', ['你', '好', '世', '界']],
    ['カタカナ and ひら', ['カ', 'タ', 'カ', 'ナ', 'and', 'ひ', 'ら']],
    ['หก', ['ห', 'ก']],
    // Vowel signs belong to their word.
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['cafe\u0301 noir', ['cafe\u0301', 'noir']],
    ['❤️ ok', ['ok']],
  ])('finds the words of %j', (text, words) => {
    expect(readWords(text)).toEqual(words);
  });
});

describe('stemOf', () => {
  test.each([
    ['gardens', 'gardening'],
    ['protected', 'protecting'],
    ['robot', "robot's"],
  ])('brings %s and %s together', (one, other) => {
    expect(stemOf(one)).toBe(stemOf(other));
  });

  test('leaves short words alone', () => {
    expect(stemOf('does')).toBe('does');
  });
});

describe('countContent', () => {
  test('counts stems, without the words that say nothing', () => {
    expect(countContent(readWords('The cat and the cats saw a dog'))).toEqual(
      new Map([
        ['cat', 1],
        ['cats', 1],
        ['saw', 1],
        ['dog', 1],
      ]),
    );
    expect(countContent(readWords('garden garden gardens'))).toEqual(new Map([['garden', 3]]));
  });

  test('takes pairs of characters where words are not spaced', () => {
    expect(countContent(readWords('北京北京 capital 东'))).toEqual(
      new Map([
        ['北京', 2],
        ['京北', 1],
        ['capital', 1],
      ]),
    );
  });

  test('has the distinct stems as its keys', () => {
    expect(contentStems(['garden', 'gardens', 'the'])).toEqual(new Set(['garden']));
  });
});
