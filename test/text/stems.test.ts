import { describe, expect, test } from 'vitest';
import { contentStems, readWords, stemOf } from '../../src/text/words.js';

describe('readWords', () => {
  test.each<[string, readonly string[]]>([
    ['The Moon, 3 seas; and 1 tide!', ['the', 'moon', '3', 'seas', 'and', '1', 'tide']],
    ["don't stop", ["don't", 'stop']],
    ['Don’t stop', ["don't", 'stop']],
    ["'quoted' words' end", ['quoted', 'words', 'end']],
    ['well-known snake_case 3.5', ['well', 'known', 'snake', 'case', '3', '5']],
    ['Ä Été ΤΗΝ МОРЕ', ['ä', 'été', 'την', 'море']],
    ['— … !', []],
    ['', []],
  ])('finds in %j the words %j', (text, words) => {
    expect(readWords(text)).toEqual(words);
  });
});

describe('stemOf', () => {
  test.each([
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
