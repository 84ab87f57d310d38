import { describe, expect, test } from 'vitest';
import { judgeCodeLine } from '../../src/text/code-line.js';
import { viewText } from '../../src/text/text-view.js';

describe('judgeCodeLine', () => {
  test.each([
    'def area(radius):',
    'import math',
    'from shapely import geometry as g',
    'class Tide(Wave):',
    'if height > 3 and rising:',
    'for buoy in buoys:',
    '@app.route("/tides")',
    '#include <stdio.h>',
    'using namespace std;',
    'public static void main(String[] args) {',
    'int heights[10];',
    'const tides = [];',
    'let depth: number = 4;',
    '} else {',
    'while (depth < 10) {',
    'depth += 2;',
    'logTide(depth);',
    'return depth;',
    'return depth + 1',
    'count++;',
    '});',
    'console.log(depth)',
    'tides.sort()',
    'tides = [1, 2, 3]',
    '<div class="tide">',
    '</table>',
    '<!DOCTYPE html>',
    '.tide { color: blue; }',
    'margin-top: 4px;',
    '"height": 3.5,',
    '{"height": 3.5}',
    'SELECT height FROM tides WHERE id = 4;',
    'select height from tides',
    'WHERE height',
    'INSERT INTO tides VALUES (4);',
    'CREATE TABLE tides (',
    '#!/bin/sh',
    '$ npm install',
    'pip install tides',
    '>>> 4 + 4',
  ])('knows %j for code', (line) => {
    expect(judgeCodeLine(line)).toBe('code');
    expect(judgeCodeLine(`    ${line}`)).toBe('code');
  });

  test.each([
    '',
    '   ',
    '}',
    '],',
    '// the depth',
    '# the depth',
    '/* all',
    'depth = 4',
    'pass',
    'end',
    '...',
    '"a tide",',
  ])('leaves open what %j is', (line) => {
    expect(judgeCodeLine(line)).toBe('filler');
  });

  test.each([
    'The tide comes in twice a day.',
    'If you want to see it, go to the shore:',
    'For example:',
    'Import duties rose in 1902.',
    'Return to the harbour before dark',
    '- Class sizes are small (twenty or so); that helps.',
    'Dear Sir or Madam,',
    'Let the dough rest for an hour.',
    'Select a boat from the list that suits you',
    'Where the river meets the sea',
    '* 2 cups of flour (sifted)',
    'Title: The Sea',
    '"I will go," she said; "wait for me."',
    'And he answered: "No."',
    'x is the length, y is the width; both are known',
    '## The moon',
    'Public houses close at eleven',
    'E = the energy of a body',
  ])('takes %j for prose', (line) => {
    expect(judgeCodeLine(line)).not.toBe('code');
  });
});

const PROGRAM = 'def area(radius):\n    # of a circle\n    return 3.14 * radius ** 2\n\nprint(area(2))';

describe('the code of a text', () => {
  test('is what stands in a fence, whatever it is, with the label of the fence', () => {
    const text = 'See:\n```Python\nx = 1\n```\nand\n~~~\na poem\n~~~';
    const [first, second, ...others] = viewText(text).code;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ label: 'python', code: 'x = 1\n', isFenced: true, isClosed: true });
    expect(text.slice(first?.start, first?.end)).toBe('x = 1\n');
    expect(second).toMatchObject({ label: '', code: 'a poem\n' });
  });

  test('goes to the end of the text where no fence closes it', () => {
    expect(viewText('```js\nlet a = 1;').code).toMatchObject([{ code: 'let a = 1;', isClosed: false }]);
  });

  test.each([
    ['alone', PROGRAM],
    ['after a line of prose', `Here it is:\n${PROGRAM}`],
    ['before prose', `${PROGRAM}\nIt prints the area.`],
    ['between paragraphs', `Here it is:\n\n${PROGRAM}\n\nIt prints the area. It needs no import.`],
  ])('is found without a fence, %s', (_, text) => {
    const [stretch, ...others] = viewText(text).code;
    expect(others).toEqual([]);
    expect(stretch).toMatchObject({ label: '', code: PROGRAM, isFenced: false });
    expect(text.slice(stretch?.start, stretch?.end)).toBe(PROGRAM);
  });

  test('holds the prose of its comments, strings and elements', () => {
    const python =
      'def tide():\n    """\n    Tells the tide. Ask it twice a day.\n    """\n    return 4\nprint(tide())';
    const c = '/*\nTells the tide. Ask it twice a day.\n*/\nint tide() {\n  return 4;\n}';
    const html = '<p>\n  The tide comes in twice a day.\n</p>\n<p>\n  And goes out.\n</p>';
    for (const code of [python, c, html]) expect(viewText(code).code).toMatchObject([{ code }]);
  });

  test.each([
    ['prose', 'The tide comes in.\n\nIt goes out again.'],
    ['a recipe', 'Ingredients:\n- 2 cups flour\n- 1 egg\n\n1. Mix (well).\n2. Bake at 180°; let cool.'],
    ['a letter', 'Dear Ms Hill,\n\nThank you; we shall come.\n\nYours sincerely,\nJo Smith\n[Address]'],
    ['a poem', 'The sea, the sea,\nwhere gulls return\n\nand waves are free;\nlet sailors learn'],
    ['equations', 'x = 4\ny = 2x + 1\ny = 9'],
    ['one line of code', 'Write:\n\nprint(area(2))\n\nand run it.'],
    [
      'quoted prose about nothing',
      '"""\nThis script tells the tide.\n\n- It reads the table.\n- It prints.\n"""',
    ],
    ['a play', 'ANNA: (enters) Who is there?\nBEN: Me; who else?'],
  ])('is not found in %s', (_, text) => {
    expect(viewText(text).code).toEqual([]);
  });

  test('is given up behind twenty thousand lines', () => {
    expect(viewText(`${'word\n'.repeat(20_000)}${PROGRAM}`).code).toEqual([]);
  });
});

describe('a text without its code', () => {
  test('has blanks in the place of code, and all offsets as they were', () => {
    const text = 'Run `a\\n` first.\n```\n"x\\n"\n```\nThen:\nprint("\\n")\nDone.\n\nint a;\nint b;\n';
    const without = viewText(text).withoutCode;
    expect(without).toHaveLength(text.length);
    expect(without).not.toContain('\\n');
    expect(without).not.toContain('int');
    for (const word of ['Run', 'first', 'Then', 'Done'])
      expect(without.indexOf(word)).toBe(text.indexOf(word));
  });

  test('is the text itself where there is no code', () => {
    const text = 'The tide\r\ncomes in.\n\nAnd goes.';
    expect(viewText(text).withoutCode).toBe(text);
  });
});
