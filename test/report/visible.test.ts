import { describe, expect, test } from 'vitest';
import { excerpt, visible, visibleJson, visibleParts } from '../../src/report/visible.js';

describe('visible', () => {
  test.each([
    ['plain text, é, 漢字, 😀, עברית', 'plain text, é, 漢字, 😀, עברית'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\u001b]8;;http://x\u0007link', '\\x1b]8;;http://x\\x07link'],
    ['\u009b2J', '\\x9b2J'],
    ['a\rb', 'a\\rb'],
    ['a\bb\u007f\0', 'a\\x08b\\x7f\\x00'],
    ['a\nb\tc', 'a\\nb\\tc'],
    ['abc\u202egpj.exe', 'abc\\u{202e}gpj.exe'],
    ['\u2066\u2069\u200e\u200f\u061c', '\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}'],
    ['a\u2028b\u2029c\u0085d', 'a\\u{2028}b\\u{2029}c\\x85d'],
    ['\ufeffa', '\\u{feff}a'],
    ['pass\u200bword\u2060s', 'pass\\u{200b}word\\u{2060}s'],
    ['\u2061\u2065\u206a\u206f', '\\u{2061}\\u{2065}\\u{206a}\\u{206f}'],
    ['a\u{e0001}\u{e0041}\u{e007f}b', 'a\\u{e0001}\\u{e0041}\\u{e007f}b'],
    ['👩\u200d💻, क्\u200dष, می\u200cخواهم', '👩\u200d💻, क्\u200dष, می\u200cخواهم'],
    ['\\x1b', '\\x1b'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('keeps line breaks and tabs, and nothing else, in a text of several lines', () => {
    expect(visible('a\n\tb\r\n\u001bc\u202e', true)).toBe('a\n\tb\\r\n\\x1bc\\u{202e}');
  });

  test('lets no control character through, whichever it is', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('');
    expect(visible(all)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    expect(visible(all, true)).not.toMatch(/[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  });
});

describe('visibleJson', () => {
  const HIDDEN = 'a\u001b[31m\u009b\u200b\u202e\u2060\ufeff\u{e0041}\u{e007f}z 😀 👩\u200d💻';

  test('means the same, and shows what hides', () => {
    const data = { [HIDDEN]: [HIDDEN, { lines: 'a\nb' }] };
    const json = visibleJson(data);
    expect(JSON.parse(json)).toEqual(data);
    expect(json).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2060\ufeff\u{e0000}-\u{e007f}]/u,
    );
    expect(json).toContain('\\udb40\\udc41');
    expect(json).toContain('😀 👩\u200d💻');
  });
});

describe('excerpt', () => {
  test.each([
    ['short', 10, 'short'],
    ['exactly 10', 10, 'exactly 10'],
    ['exactly 11.', 10, 'exactly 1…'],
    ['cut at a blank here', 8, 'cut at…'],
    ['  outer \n\n inner\t', 20, 'outer inner'],
    ['😀😀😀😀', 3, '😀😀…'],
    ['\u001b[2J is shown', 7, '\\x1b[2…'],
    ['', 5, ''],
  ])('of %j in %i characters is %j', (text, limit, expected) => {
    expect(excerpt(text, limit)).toBe(expected);
  });

  test('does not take long blanks for the end of the text', () => {
    expect(excerpt(`a${' '.repeat(500)}b`, 10)).toBe('a b');
    expect(excerpt(`${'\n'.repeat(500)}b`, 10)).toBe('b');
  });

  test('of a long text is as long as it may be, and is on one line', () => {
    const shown = excerpt('word\n'.repeat(100_000), 40);
    expect(shown.length).toBeLessThanOrEqual(40);
    expect(shown).toMatch(/^(word )+w?o?r?d?…$/);
  });
});

describe('visibleParts', () => {
  test('tells escapes from text that looks like them', () => {
    expect(visibleParts('a\\x1b\n\u001b\u0007b\tc\u202e')).toEqual([
      { text: 'a\\x1b\n', escaped: false },
      { text: '\\x1b\\x07', escaped: true },
      { text: 'b\tc', escaped: false },
      { text: '\\u{202e}', escaped: true },
    ]);
  });

  test('adds up to what visible shows, line breaks and all', () => {
    const text = '\r\n1\n\n\u2028 \u{e0041}é😀\ud800\0';
    expect(
      visibleParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(visible(text, true));
  });

  test('has no parts of an empty text', () => {
    expect(visibleParts('')).toEqual([]);
  });
});
