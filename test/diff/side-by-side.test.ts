import { describe, expect, test } from 'vitest';
import { diffTexts } from '../../src/diff/diff-texts.js';
import { markFindings } from '../../src/diff/mark-findings.js';
import { type DiffLine, sideBySide } from '../../src/diff/side-by-side.js';
import { marked } from '../support/diff-marks.js';
import { Random } from '../support/random.js';

const lineText = (line: DiffLine | null): string | null => (line === null ? null : marked(line.parts));
const rowsOf = (original: string, refined: string): (readonly [string | null, string | null])[] =>
  sideBySide(diffTexts(original, refined)).map((row) => [lineText(row.original), lineText(row.refined)]);

describe('sideBySide', () => {
  test.each<[string, string, (readonly [string | null, string | null])[]]>([
    ['one line', 'one [line]'.replace(/[[\]]/g, ''), [['one line', 'one line']]],
    ['a b c', 'a x c', [['a [b] c', 'a {x} c']]],
    ['', 'new', [['', '{new}']]],
    [
      'The first line.\nThe last line.',
      'The first line.\nOne between.\nThe last line.',
      [
        ['The first line.', 'The first line.'],
        [null, '{One between.}'],
        ['The last line.', 'The last line.'],
      ],
    ],
    [
      'Gone for good.\n\nKept as it was.',
      'Kept as it was.',
      [
        ['[Gone for good.]', null],
        ['', null],
        ['Kept as it was.', 'Kept as it was.'],
      ],
    ],
    [
      'One.\n\nSame as ever.',
      'Two.\nThree.\nFour.\n\nSame as ever.',
      [
        ['[One].', '{Two}.'],
        [null, '{Three.}'],
        [null, '{Four.}'],
        ['', ''],
        ['Same as ever.', 'Same as ever.'],
      ],
    ],
    [
      'aaa\n\nbbb',
      'ccc\n\nddd\n\neee',
      [
        ['[aaa]', '{ccc}'],
        ['', ''],
        ['[bbb]', '{ddd}'],
        [null, ''],
        [null, '{eee}'],
      ],
    ],
    [
      'a\nb',
      'x\ny\nz',
      [
        ['[a]', '{x}'],
        ['[b]', '{y}'],
        [null, '{z}'],
      ],
    ],
    [
      'The sky is blue today and the sea is green.',
      'The sky is blue today\nand the sea is green.',
      [
        ['The sky is blue today[ ]and the sea is green.', 'The sky is blue today'],
        [null, 'and the sea is green.'],
      ],
    ],
    [
      'end',
      'end\n',
      [
        ['end', 'end'],
        [null, ''],
      ],
    ],
  ])('lays out %j and %j', (original, refined, rows) => {
    expect(rowsOf(original, refined)).toEqual(rows);
  });

  test('numbers the lines of each text, and tells which are the same', () => {
    const rows = sideBySide(diffTexts('The first line.\nThe last line.', 'New.\nThe first line.\nLast.'));
    expect(rows.map(({ original, refined, isSame }) => [original?.line, refined?.line, isSame])).toEqual([
      [undefined, 1, false],
      [1, 2, true],
      [2, 3, false],
    ]);
  });

  test('shows a moved line at both of its places', () => {
    const [a, b] = ['- Wash the dishes', '- Feed the cat and the dog'];
    expect(rowsOf(`${a}\n${b}`, `${b}\n${a}`).flat().join('\n')).toContain('>1>Wash the dishes<');
  });

  test('has each line of both texts once and in order, whatever the texts', () => {
    const random = new Random(3);
    const pieces = [
      'a',
      'b',
      'the',
      ' ',
      ' ',
      '\n',
      '\n\n',
      '- an item\n',
      '```\n',
      '😀',
      '.',
      '\r\n',
    ] as const;
    for (let round = 0; round < 1500; round++) {
      const [original, refined] = [random.text([...pieces], 30), random.text([...pieces], 30)];
      const rows = sideBySide(diffTexts(original, refined));
      for (const [side, text] of [
        ['original', original],
        ['refined', refined],
      ] as const) {
        const lines = rows.flatMap((row) => row[side] ?? []);
        expect(lines.map(({ parts }) => parts.map((part) => part.text).join('')).join('\n')).toBe(text);
        expect(lines.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
      }
      expect(rows.every((row) => row.original !== null || row.refined !== null)).toBe(true);
    }
  });

  test('keeps the marks of findings', () => {
    const parts = markFindings(diffTexts('a\nb', 'a\nsome new text'), [{ start: 2, end: 6 }]);
    const marks = sideBySide(parts).flatMap(
      ({ refined }) => refined?.parts.map(({ text, findings }) => [text, findings]) ?? [],
    );
    expect(marks).toEqual([
      ['a', []],
      ['some', [0]],
      [' new text', []],
    ]);
  });
});
