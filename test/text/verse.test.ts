import { describe, expect, test } from 'vitest';
import { viewText } from '../../src/text/text-view.js';
import { isVerse } from '../../src/text/verse.js';

const STANZA =
  'I walk the road alone\nAnd sing of things I know\nThe wind is cold as stone\nThe river dark and slow';

describe('isVerse', () => {
  test.each([
    `${STANZA}\n\n${STANZA}`,
    `Chorus:\n${STANZA}\n\nVerse 1:\n${STANZA}`,
    Array.from({ length: 8 }, () => '床前明月光').join('\n'),
  ])('knows it by its short lines: %j', (text) => {
    expect(isVerse(viewText(text))).toBe(true);
  });

  test.each([
    [7, 12, false],
    [8, 12, true],
    [8, 13, false],
  ])('takes %d lines of %d words for verse or not: %j', (lines, words, expected) => {
    const line = Array.from({ length: words }, () => 'la').join(' ');
    expect(isVerse(viewText(Array.from({ length: lines }, () => line).join('\n')))).toBe(expected);
  });

  test.each([
    [7, 3, true],
    [7, 4, false],
  ])('takes %d short lines beside %d long ones for verse or not: %j', (short, long, expected) => {
    const prose = 'This is a line that goes on and on, as a paragraph of prose does.';
    const text = [
      ...Array.from({ length: short }, () => 'la la'),
      ...Array.from({ length: long }, () => prose),
    ];
    expect(isVerse(viewText(text.join('\n')))).toBe(expected);
  });

  test.each([
    STANZA,
    'It rained.\n\n'.repeat(9),
    Array.from({ length: 9 }, () => '- a short item').join('\n'),
    Array.from(
      { length: 9 },
      () => 'This line goes on and on, as the lines of a paragraph that was broken by hand do.',
    ).join('\n'),
    '',
  ])('takes %j for none', (text) => {
    expect(isVerse(viewText(text))).toBe(false);
  });
});
