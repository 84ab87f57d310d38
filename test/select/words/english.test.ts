import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ABBREVIATIONS, isOrdinaryWord, SENTENCE_STARTERS } from '../../../src/select/words/english.js';

function digest(words: ReadonlySet<string>): [number, string] {
  const text = [...words].sort().join(' ');
  return [words.size, createHash('sha256').update(text).digest('hex').slice(0, 16)];
}

test("the lists are the model's, and nobody adds a word that it has not learned", () => {
  expect(digest(ABBREVIATIONS)).toEqual([155, '02d0a501f837d645']);
  expect(digest(SENTENCE_STARTERS)).toEqual([39, '4897716810d2b364']);
});

describe('an ordinary word', () => {
  test.each([
    'the',
    'introduction',
    'questions',
    'agreement',
    'quickly',
    "that's",
    'within.',
    'however',
    'painting',
  ])('is %j', (word) => {
    expect(isOrdinaryWord(word)).toBe(true);
  });

  test.each(['lincoln', 'bush', 'king', 'ted', '', '42', 'ring', 'xyz2'])('is not %j', (word) => {
    expect(isOrdinaryWord(word)).toBe(false);
  });
});
