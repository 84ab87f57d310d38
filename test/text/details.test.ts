import { describe, expect, test } from 'vitest';
import { type DetailKind, ITEMS, LINKS, NAMES, NUMBERS } from '../../src/text/details.js';
import { viewText } from '../../src/text/text-view.js';

describe('details', () => {
  test.each<[DetailKind, string, string[]]>([
    [NUMBERS, 'In 1962, 3.5 % of 1,200 at 7:30, and 3.5 again.', ['1962', '3.5', '1,200', '7:30']],
    [NUMBERS, '1. Take 2 eggs.\n2. Add 1/2 cup of milk.', ['2', '1/2']],
    [NUMBERS, 'Verse 1:\nStep 2. Stir for 5 minutes\nB2 and H2O', ['5']],
    [NUMBERS, '```\nlet a = 12;\n```', []],
    [
      NAMES,
      'In May the writer Ada King met Charles Babbage in London. Then they left, so Ada says. It rained on and on there, for days and days.',
      ['May', 'Ada King', 'Charles Babbage', 'London', 'Ada'],
    ],
    [NAMES, 'Der Fluss in der Stadt hat eine Brücke und ein Haus am Ufer.', []],
    [
      LINKS,
      'See https://example.org/a?b=c. Or www.example.com, or (http://example.net).',
      ['https://example.org/a?b=c', 'www.example.com', 'http://example.net'],
    ],
    [ITEMS, 'Buy:\n- milk\n- **bread**\n- milk\n\n1. Go home.', ['milk', '**bread**', 'Go home.']],
  ])('%o finds them', (kind, text, details) => {
    expect(kind.find(viewText(text))).toEqual(details);
  });

  test.each<[DetailKind, string, string, boolean]>([
    [NUMBERS, '12', 'There are 12.', true],
    [NUMBERS, '12', 'There are 120.', false],
    [NUMBERS, '12', '12. Eggs', true],
    [NAMES, 'Ada King', 'ada, the king', true],
    [NAMES, 'Ada King', 'Ada', false],
    [LINKS, 'http://a.example', 'See http://a.example.', true],
    [LINKS, 'http://a.example', 'See http://a.example/b.', false],
    [ITEMS, 'Ride your bicycle to work', 'Cycling: a bicycle saves fuel.', true],
    [ITEMS, 'Ride your bicycle to work', 'Plant trees.', false],
    [ITEMS, '???', 'Plant trees.', true],
  ])('%o tells of %j whether %j has it', (kind, detail, text, isThere) => {
    expect(kind.lookIn(viewText(text))(detail)).toBe(isThere);
  });
});
