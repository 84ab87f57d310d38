import { describe, expect, test } from 'vitest';
import { contentStems, countContent, readWords, stemOf } from '../../src/text/words.js';

describe('readWords', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['— … !', []],
    ['Don’t stop, Ms. O’Hara!', ["don't", 'stop', 'ms', "o'hara"]],
    ["'quoted' words' end", ['quoted', 'words', 'end']],
    ['3.5 kg of A4 paper', ['3', '5', 'kg', 'of', 'a4', 'paper']],
    ['well-known snake_case', ['well', 'known', 'snake', 'case']],
    ['Ä Été ΤΗΝ МОРЕ', ['ä', 'été', 'την', 'море']],
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
    ['garden', ['gardens', 'gardening']],
    ['protect', ['protected', 'protecting']],
    ['jump', ['jumps', 'jumped', 'jumping']],
    ['quick', ['quickly']],
    ['kind', ['kindness']],
    ['treat', ['treatment', 'treating']],
    ['fast', ['faster', 'fastest']],
    ['repeat', ['repeats', 'repeatedly']],
    ['inform', ['information', 'informs']],
    ['relation', ['relational']],
    ['stor', ['stories']],
    ['teach', ['teacher', "teacher's"]],
    ['cat', ['cat', "cat's"]],
    ['tiger', ['tiger', "tiger's", 'tigers']],
  ])('comes to %s for %j', (stem, words) => {
    expect(words.map(stemOf)).toEqual(words.map(() => stem));
  });

  test.each(['tide', 'sing', 'used', 'being', 'this', 'axes'])(
    'leaves %s whole: little would remain',
    (word) => {
      expect(stemOf(word)).toBe(word);
    },
  );

  test('keeps at most eight letters', () => {
    expect(stemOf('constantinople')).toBe('constant');
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
});

describe('contentStems', () => {
  test('keeps the stems of words that say what a text is about, each once', () => {
    const words = readWords('The jump, of course; it is the horse that jumped. Go on: it jumps.');
    expect(contentStems(words)).toEqual(new Set(['jump', 'course', 'horse'].map(stemOf)));
  });

  test.each([
    'After all of this, both of them could do nothing but give up again.',
    'Each of us, if not everyone, has never once made it through.',
    'Perhaps we should just let those few go their own way, since they would rather.',
    'What others like is, however, still quite another thing to get used to, within or without.',
    "I'm away and can't get back; it's just that you don't need me any more.",
  ])('finds nothing in %j', (text) => {
    expect(contentStems(readWords(text))).toEqual(new Set());
  });

  test('leaves out words of one or two letters, and contractions that say nothing', () => {
    expect(contentStems(["don't", 'ox', 'x', 'oxen', 'within', 'without'])).toEqual(new Set(['oxen']));
  });
});
