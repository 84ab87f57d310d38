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
