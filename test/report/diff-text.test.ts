import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { bracketMarks, colourMarks } from '../../src/report/diff-marks.js';
import { type DiffLayout, diffText, wrapText } from '../../src/report/diff-text.js';
import { Random } from '../support/random.js';

const layout = (parts: Partial<DiffLayout> = {}): DiffLayout => ({
  ...{ marks: bracketMarks, columns: 40, sideBySide: false },
  ...parts,
});
const tags = colourMarks((styles, text) => `<${styles.join(' ')}>${text}</>`);
const sgr = colourMarks((_, text) => `\u001b[31m${text}\u001b[39m`);

describe('an inline difference', () => {
  test.each([
    ['The cat sat.', 'The dog sat.', 'The [-cat-]{+dog+} sat.'],
    ['same  space', 'same space', 'same [- -]space'],
    ['one two', 'one\ntwo', 'one[- -]{+↵\n+}two'],
    ['one\n\ntwo', 'one two', 'one[-↵↵-]{+ +}two'],
    ['a\r\nb\r\nc', 'a\nb\nc', 'a\nb\nc'],
    ['a\r\nb', 'a\r\nc', 'a\n[-b-]{+c+}'],
    ['a\rb', 'a\rc', 'a\\r[-b-]{+c+}'],
    ['- Wash the dishes\n- Feed the cat', '- Feed the cat\n- Wash the dishes', '[~1:'],
  ])('of %j and %j is marked with brackets', (original, refined, expected) => {
    expect(diffText(original, refined, [], layout())).toContain(expected);
  });

  test('begins a line with what comes in the place of a long text, if it is as long', () => {
    const [before, after] = ['gone '.repeat(10).trim(), 'come '.repeat(10).trim()];
    expect(diffText(before, after, [], layout())).toMatch(/gone-\]\n\{\+come/);
    expect(diffText(before, 'come', [], layout())).toMatch(/gone-\]\{\+come/);
  });

  test('is marked with colours where lines were moved, each line by itself', () => {
    const [first, block] = ['This line stays, for it is the longer one.', 'One moved.\n- Two moved.'];
    const text = diffText(
      `${first}\n- ${block}`,
      `- ${block}\n${first}`,
      [],
      layout({ marks: tags, columns: 80 }),
    );
    expect(text).toContain('<cyan>One moved.</>\n<cyan>- Two moved.</>');
    expect(text).toContain('<cyan strikethrough>One moved.</>\n<cyan strikethrough>- Two moved.</>');
  });

  test('is marked with colours, and white space that would not be seen with signs', () => {
    const text = diffText('a b  c d', 'a x c d\n', [], layout({ marks: tags, columns: 80 }));
    expect(text).toBe('a <red strikethrough>b </><green>x</> c d<green>↵</>\n');
  });

  test('marks what findings are about, in brackets with numbers on both sides', () => {
    const findings = [
      { start: 4, end: 11 },
      { start: 8, end: 15 },
      { start: null, end: null },
    ];
    expect(diffText('one two six', 'one two six ten', findings, layout({ columns: 80 }))).toBe(
      'one <1<two <2<six>1>{+ ten>2>+}',
    );
  });

  test('underlines what findings are about in colours, with the number behind it', () => {
    const text = diffText('one', 'one two', [{ start: 4, end: 7 }], layout({ marks: tags, columns: 80 }));
    expect(text).toBe('one<green> </><green underline>two</><yellow bold>[1]</>');
  });
});

describe('a difference side by side', () => {
  test('has the lines that belong together beside each other, and says what became of them', () => {
    const text = diffText(
      'The first line is here.\nGone for good.\nThe last line.',
      'The first line is there.\nThe last line.\nOne more.',
      [],
      layout({ sideBySide: true, columns: 63 }),
    );
    expect(text.split('\n')).toEqual([
      'original                         refined',
      'The first line is [-here-].    | The first line is {+there+}.',
      '[-Gone for good.-]             <',
      'The last line.                   The last line.',
      '                               > {+One more.+}',
    ]);
  });

  test('breaks lines within their columns', () => {
    const text = diffText('one two three four', 'five', [], layout({ sideBySide: true, columns: 23 }));
    expect(text.split('\n').slice(1)).toEqual(['[-one two  | {+five+}', 'three      |', 'four-]     |']);
  });

  test('keeps the columns straight and within the screen, whatever the characters', () => {
    const random = new Random(5);
    const pieces = [
      'word ',
      'a',
      '漢字',
      '👩‍👩‍👧',
      'e\u0301',
      'ไทย',
      '\t',
      '\n',
      '- an item\n',
      '\u001b[2J',
      '\u202e',
      'ﷺ',
    ];
    for (let round = 0; round < 300; round++) {
      const texts = [random.text(pieces as [string], 20), random.text(pieces as [string], 20)] as const;
      for (const marks of [bracketMarks, sgr]) {
        const rows = diffText(...texts, [{ start: 1, end: 5 }], layout({ marks, sideBySide: true })).split(
          '\n',
        );
        for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(40);
      }
      for (const row of diffText(...texts, [], layout()).split('\n'))
        expect(stringWidth(row)).toBeLessThanOrEqual(40);
    }
  });
});

test('nothing in the texts is obeyed by a terminal', () => {
  const evil = '\u001b[2J\u202e\u0007\u009b1m';
  for (const sideBySide of [false, true]) {
    const text = diffText(`${evil} one`, `two ${evil}`, [{ start: 0, end: 3 }], layout({ sideBySide }));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('\\x1b[2J\\u{202e}');
  }
});

describe('wrapText', () => {
  test.each([
    ['one two three', 7, ['one two', 'three']],
    ['    one two three', 11, ['    one two', 'three']],
    ['onetwothree', 4, ['onet', 'woth', 'ree']],
    ['漢字漢字漢字', 5, ['漢字', '漢字', '漢字']],
    ['one \ntwo', 10, ['one ', 'two']],
    ['', 10, ['']],
  ])('breaks %j at %d columns', (text, columns, rows) => {
    expect(wrapText(text, columns).split('\n')).toEqual(rows);
  });

  test('ends each row with the styles that it began with', () => {
    const rows = wrapText('\u001b[31mone two three\u001b[39m', 7).split('\n');
    expect(rows).toEqual(['\u001b[31mone two\u001b[39m', '\u001b[31mthree\u001b[39m']);
  });
});
