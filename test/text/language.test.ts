import { describe, expect, test } from 'vitest';
import { differInLanguage, identifyLanguage } from '../../src/text/language.js';
import { CODES, SCRIPTS, TEXTS } from '../support/texts-by-language.js';

describe('identifyLanguage', () => {
  test.each(CODES)('tells what %s is written in', (code) => {
    const { script, languages } = identifyLanguage(TEXTS[code]);
    expect(script).toBe(SCRIPTS[code] ?? 'Latin');
    if (!['zh', 'ja', 'ko', 'hi', 'el'].includes(code)) expect(languages[0]).toBe(code);
  });

  test.each([
    ['a short text', 'The tide comes in.'],
    [
      'names',
      'Ada, Bo, Cem, Dov, Eli, Flo, Gus, Hal, Ivo, Jan, Kai, Leo, Max, Noa, Ole, Pia, Quy, Ria, Sam, Tom, Uli, Vic',
    ],
    [
      'one word over and over',
      'Say the Ada, the Bo, the Cem, the Dov, the Eli, the Flo, the Gus, the Hal, the Ivo, the Jan, the Kai.',
    ],
    ['a formula', 'a + b = b + a, and a * (b + c) = a * b + a * c '.repeat(8)],
    [
      'another language',
      'Laip gimsta laisvi žmonės su savo orumu ir teisėmis, jiems suteiktas protas ir sąžinė, todėl jie turi elgtis vienas kito atžvilgiu kaip broliai, sako jie.',
    ],
  ])('does not tell the language of %s', (_, text) => {
    expect(identifyLanguage(text).languages).toEqual([]);
  });

  test('takes Chinese letters with some kana for Japanese', () => {
    const text =
      '東京湾潮汐予報：満潮午前六時十分、干潮午後零時三十分。港湾管理事務所発表の資料による。船舶は注意のこと。';
    expect(identifyLanguage(text).script).toBe('Japanese');
  });

  test('does not tell the script of a few letters, nor of a mixture', () => {
    expect(identifyLanguage('Tide 4.').script).toBeNull();
    expect(identifyLanguage(`${TEXTS.ru} ${TEXTS.en}`).script).toBeNull();
  });
});

describe('differInLanguage', () => {
  test.each([
    ['de', 'en', true],
    ['ru', 'uk', true],
    ['zh', 'en', true],
    ['de', 'de', false],
    ['zh', 'zh', false],
  ] as const)('of %s and %s is %s', (one, other, differ) => {
    expect(differInLanguage(identifyLanguage(TEXTS[one]), identifyLanguage(TEXTS[other]))).toBe(differ);
  });

  test('is false where one of them cannot be told', () => {
    expect(differInLanguage(identifyLanguage('Ja, gern.'), identifyLanguage(TEXTS.en))).toBe(false);
    expect(differInLanguage(identifyLanguage('1 2 3'), identifyLanguage(TEXTS.ru))).toBe(false);
  });
});
