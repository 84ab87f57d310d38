import { describe, expect, test } from 'vitest';
import { readTokens } from '../../src/diff/tokens.js';
import { readLines } from '../../src/text/lines.js';

const tokensOf = (text: string): string[] =>
  readTokens(text, readLines(text), []).map(({ start, end }) => text.slice(start, end));

describe('readTokens', () => {
  test.each<[string, string[]]>([
    ['One, two.', ['One', ',', 'two', '.']],
    ["don't, it’s", ["don't", ',', 'it’s']],
    ['well-known', ['well', '-', 'known']],
    ['snake_case x2', ['snake_case', 'x2']],
    ['1,000.50 and 3.', ['1,000.50', 'and', '3', '.']],
    ['wait... **now**!?', ['wait', '...', '**', 'now', '**', '!', '?']],
    ['a\n\nb', ['a', '\n', '\n', 'b']],
    ['a\r\nb', ['a', '\n', 'b']],
    ['1. First\n- Second', ['1.', 'First', '\n', '-', 'Second']],
    ['今天天气很好。', ['今天', '天气', '很好', '。']],
    ['Das Wort 日本語です。', ['Das', 'Wort', '日本語', 'です', '。']],
    ['สวัสดีครับ', ['สวัสดี', 'ครับ']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['한국어 문장', ['한국어', '문장']],
    ['👩‍👩‍👧👍🏽🇩🇪🇫🇷❤️', ['👩‍👩‍👧', '👍🏽', '🇩🇪', '🇫🇷', '❤️']],
    ['```js\n  let x;\n```\nlet x', ['```js', '\n', '  let x;', '\n', '```', '\n', 'let', 'x']],
    [' \t ', []],
    ['', []],
  ])('of %j', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  test('takes shared lines for one token each', () => {
    const text = '- One item\n- Two items';
    const shared = [{ start: 2, end: 10, shared: 0 }];
    const tokens = readTokens(text, readLines(text), shared);
    expect(tokens.map(({ start, end, kind }) => [text.slice(start, end), kind])).toEqual([
      ['-', 'sign'],
      ['One item', 'line'],
      ['\n', 'break'],
      ['-', 'sign'],
      ['Two', 'word'],
      ['items', 'word'],
    ]);
  });

  test('cuts no character in two, however long a run without spaces is', () => {
    const tokens = tokensOf(`字${'𠀀'.repeat(3000)}`);
    expect(tokens.every((token) => token.isWellFormed())).toBe(true);
    expect(tokens.join('')).toBe(`字${'𠀀'.repeat(3000)}`);
  });

  test('leaves nothing out but white space', () => {
    const text = 'All of \ud83d it, e\u0301ven\u200d \udc00 what\0 is\u2028odd – and «quoted» ﷺ.';
    expect(tokensOf(text).join('')).toBe(text.replaceAll(/\s/g, ''));
  });
});
