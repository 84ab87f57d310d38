import { describe, expect, test } from 'vitest';
import { type LineKind, readLines } from '../../src/text/lines.js';

function kindsOf(text: string): LineKind[] {
  return readLines(text).map(({ kind }) => kind);
}

describe('the kind of a line', () => {
  test.each<[LineKind, readonly string[]]>([
    ['blank', ['', '   ', '\t', ' \r']],
    ['item', ['- Milk', '* Milk', '+ Milk', '• Milk', '◦ Milk', '▪ Milk', '– Milk', '-\tMilk', '  - Milk']],
    ['item', ['1. Milk', '12) Milk', '999. Milk', '(1) Milk', '3: Milk', '\t1. Milk']],
    ['item', ['a) Milk', '(b) Milk', 'C. Milk', 'iv. Milk', 'XI) Milk']],
    ['item', ['Step 3: Stir', 'Step 10. Stir', 'Day 2: Rest', 'Q1: Why?', 'Q 1. Why?', 'Step3: Stir']],
    ['heading', ['# Tides', '###### Tides', '   ## Tides', '#\tTides']],
    ['heading', ['**Tides**', '__Tides__', '  **Tides**:  ', '**T**', '**Tides:**']],
    ['heading', ['Tides:', '3 Kinds:', 'Übersicht:', '  Tides of the Sea:']],
    ['table', ['| a | b |', '|---|---|', '  | a |  ']],
    ['quote', ['> Tides', '>Tides', '  > Tides']],
    ['fence', ['```', '```js', '  ~~~', '~~~~', '````', '\t```']],
    [
      'text',
      ['Tides rise.', '-5 degrees', '-', '- ', '1.', '1.5 metres', '1000. Milk', 'abc) Milk', '*Milk*'],
    ],
    ['text', ['Step 3 is next', 'Stepping 3: no', '#Tides', '####### Tides', '    # Tides', '# ']],
    ['text', ['**Tides** rise', '** Tides**', '**Tides__', '****', '_Tides_', 'x **Tides**']],
    ['text', ['tides:', 'Tides', 'What? Tides:', 'Note: tides:', 'Stop! Tides:', 'One. Two:', 'Tides: rise']],
    ['text', ['| a', '| a | b', 'a | b |', '``', '~~', 'a ```', 'a > b', ':']],
  ])('is %s for each of %j', (kind, lines) => {
    for (const line of lines) expect(readLines(line), line).toMatchObject([{ kind }]);
  });

  test('makes a heading of a short title with a colon only', () => {
    expect(kindsOf(`T${'x'.repeat(60)}:`)).toEqual(['heading']);
    expect(kindsOf(`T${'x'.repeat(61)}:`)).toEqual(['text']);
  });

  test('is code between two fences, whatever it looks like', () => {
    expect(kindsOf('- a\n```\n- b\n\n# c\n| d |\n```\n- e')).toEqual([
      ...(['item', 'fence', 'code', 'code', 'code', 'code', 'fence', 'item'] as const),
    ]);
  });

  test('is code to the end where a fence stays open', () => {
    expect(kindsOf('~~~\na\n\n- b')).toEqual(['fence', 'code', 'code', 'code']);
  });
});

describe('the parts of a line', () => {
  test.each<[string, string, string, number]>([
    ['  Tides rise. ', '', 'Tides rise.', 2],
    ['  - Milk, cold', '-', 'Milk, cold', 2],
    ['12)  Milk', '12)', 'Milk', 0],
    ['\t(a) Milk ', '(a)', 'Milk', 1],
    ['Step 3:  Stir', 'Step 3:', 'Stir', 0],
    [' ##  Tides ', '', 'Tides', 1],
    ['  > Tides', '', 'Tides', 2],
    ['>Tides', '', 'Tides', 0],
    ['>   Tides', '', 'Tides', 0],
    ['  **Tides**:', '', '**Tides**:', 2],
    ['  | a |', '', '| a |', 2],
    ['  ```js', '', '```js', 2],
    ['   ', '', '', 3],
  ])('of %j are the label %j, the content %j and an indent of %d', (line, label, content, indent) => {
    expect(readLines(line)).toMatchObject([{ label, content, indent }]);
  });

  test('leave the label empty for a heading, though it looks like a number', () => {
    expect(readLines('1. **Tides**\n**1. Tides**').map(({ kind, label }) => [kind, label])).toEqual([
      ['item', '1.'],
      ['heading', ''],
    ]);
  });
});

describe('offsets', () => {
  const text = 'Tides:\n\n- one \r\n  2) two\n> three\n```\n  x = 1\n```\n';

  test('cover every line without its line break, LF or CRLF', () => {
    const lines = readLines(text);
    expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual(text.split(/\r?\n/));
  });

  test('say where the content begins', () => {
    for (const { from, content } of readLines(`${text}>   four\n  five  `)) {
      expect(`${text}>   four\n  five  `.slice(from, from + content.length)).toBe(content);
    }
    expect(readLines(text)[3]).toMatchObject({ start: 16, from: 21, end: 24, content: 'two' });
  });

  test('take a carriage return within a line for a part of it', () => {
    expect(readLines('a\rb\r\nc')).toMatchObject([
      { start: 0, end: 3 },
      { start: 5, end: 6 },
    ]);
  });

  test('are 0 for a text without any line', () => {
    expect(readLines('')).toMatchObject([{ kind: 'blank', start: 0, end: 0, from: 0 }]);
  });
});
