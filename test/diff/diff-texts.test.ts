import { describe, expect, test } from 'vitest';
import { type DiffPart, isInOriginal, isInRefined } from '../../src/diff/diff-part.js';
import { diffTexts } from '../../src/diff/diff-texts.js';
import { marked, originalOf, refinedOf } from '../support/diff-marks.js';
import { Random } from '../support/random.js';

describe('diffTexts', () => {
  test.each([
    ['The cat sat.', 'The cat sat.', 'The cat sat.'],
    ['The cat sat.', 'The dog sat.', 'The [cat]{dog} sat.'],
    ['The cat sat.', 'The old cat sat.', 'The {old }cat sat.'],
    ['The old cat sat.', 'The cat sat.', 'The [old ]cat sat.'],
    ['The cat sat', 'The cat sat!', 'The cat sat{!}'],
    ['', 'New text.', '{New text.}'],
    ['Old text.', '', '[Old text.]'],
    ['', '', ''],
    ['a\nb\nc', 'x\ny\nc', '[a]{x}\n[b]{y}\nc'],
    ['same  space', 'same space', 'same [ ]space'],
    ["don't stop", "don't go", "don't [stop]{go}"],
    ['It costs 1,000.50 now.', 'It costs 1,000.75 now.', 'It costs [1,000.50]{1,000.75} now.'],
    ['**bold** word', '__bold__ word', '[**bold**]{__bold__} word'],
  ])('of %j and %j', (original, refined, expected) => {
    expect(marked(diffTexts(original, refined))).toBe(expected);
  });

  test.each([
    ['I was here.\nGone.\nEnd.', 'I was there.\nEnd.', 'I was [here]{there}.\n[Gone.\n]End.'],
    ['I was there.\nEnd.', 'I was here.\nNew.\nEnd.', 'I was [there]{here}.\n{New.\n}End.'],
    ['x y.\nGone x y.\nEnd.', 'x y x y.\nEnd.', null],
    ['x y x y.\nEnd.', 'x y.\nNew x y.\nEnd.', null],
  ])('lets whole lines come and go where it can: %j', (original, refined, expected) => {
    const parts = diffTexts(original, refined);
    if (expected !== null) expect(marked(parts)).toBe(expected);
    expect([originalOf(parts), refinedOf(parts)]).toEqual([original, refined]);
  });

  test.each([
    [
      'aaaaaaaaaa sixsix bbbb the cccccccccc',
      'dddddddddd sixsix eeee the ffffffffff',
      '[aaaaaaaaaa sixsix bbbb the cccccccccc]{dddddddddd sixsix eeee the ffffffffff}',
    ],
    [
      'aaaaaaaa 北京大学 bbbbbbbb',
      'cccccccc 北京大学 dddddddd',
      '[aaaaaaaa]{cccccccc} 北京大学 [bbbbbbbb]{dddddddd}',
    ],
    [
      'This line is moved.\nword aaaa\nThis line stays where it is.',
      'word bbbb\nThis line stays where it is.\nThis line is moved.',
      '<1<This line is moved.>[\n]word [aaaa]{bbbb}\nThis line stays where it is.{\n}>1>This line is moved.<',
    ],
    ['one two three four', 'five six seven four', '[one two three]{five six seven} four'],
    [
      'The reefs are in danger of being destroyed by the sea.',
      'The meadows suffer from the constant attention of tourists by the sea.',
      'The [reefs are in danger of being destroyed]{meadows suffer from the constant attention of tourists} by the sea.',
    ],
  ])('shows a rewritten phrase as one gone and one come: %j', (original, refined, expected) => {
    expect(marked(diffTexts(original, refined))).toBe(expected);
  });

  test.each([
    ['Chinese', '今天天气很好，我们去公园玩。', '今天天气很好，我们去学校玩。', '公园', '学校'],
    ['Japanese', '私は東京に住んでいます。', '私は大阪に住んでいます。', '東京', '大阪'],
    ['Thai', 'ฉันชอบกินข้าวที่บ้าน', 'ฉันชอบกินข้าวที่โรงเรียน', 'บ้าน', 'โรงเรียน'],
  ])('finds the words of a script without spaces: %s', (_, original, refined, gone, come) => {
    const changes = diffTexts(original, refined).filter(({ kind }) => kind !== 'same');
    expect(changes).toEqual([
      { kind: 'removed', text: gone },
      { kind: 'added', text: come },
    ]);
  });

  test.each([
    ['a family', 'Hi 👩‍👩‍👧 all', 'Hi 👩‍👩‍👦 all', 'Hi [👩‍👩‍👧]{👩‍👩‍👦} all'],
    ['a skin colour', 'Hi 👍🏽 all', 'Hi 👍🏿 all', 'Hi [👍🏽]{👍🏿} all'],
    ['a flag', 'Go 🇩🇪🇫🇷 go', 'Go 🇩🇪🇮🇹 go', 'Go 🇩🇪[🇫🇷]{🇮🇹} go'],
    ['a mark', 'cafe\u0301 noir', 'cafe noir', '[cafe\u0301]{cafe} noir'],
  ])('keeps characters whole that are written as several: %s', (_, original, refined, expected) => {
    expect(marked(diffTexts(original, refined))).toBe(expected);
  });

  test('keeps lines of code whole, within fences only', () => {
    const of = (line: string): string => `Use \`let x = 1\`.\n\`\`\`js\n${line}\nreturn x;\n\`\`\``;
    expect(marked(diffTexts(of('  let x = 1;'), of('  let y = 1;')))).toBe(
      'Use `let x = 1`.\n```js\n[  let x = 1;]{  let y = 1;}\nreturn x;\n```',
    );
    expect(marked(diffTexts('let x = 1;', 'let y = 1;'))).toBe('let [x]{y} = 1;');
  });

  test.each([
    [
      'an item that goes to the top',
      '- Wash the dishes\n- Feed the cat\n- Pay the rent',
      '- Pay the rent\n- Wash the dishes\n- Feed the cat',
      '- >1>Pay the rent<{\n- }Wash the dishes\n- Feed the cat[\n- ]<1<Pay the rent>',
    ],
    ['items under other numbers', '1. Apples\n2. Pears\n3. Plums', '1. Plums\n2. Apples\n3. Pears', null],
    [
      'a paragraph',
      'The first paragraph here.\n\nThe second paragraph here, which is longer.',
      'The second paragraph here, which is longer.\n\nThe first paragraph here.',
      null,
    ],
    ['lines of code', '```\nfirst(1);\nsecond(22);\n```', '```\nsecond(22);\nfirst(1);\n```', null],
  ])('shows what was moved as moved: %s', (_, original, refined, expected) => {
    const parts = diffTexts(original, refined);
    const letters = parts.filter(
      ({ kind, text }) => kind !== 'same' && kind !== 'moved' && /\p{L}/u.test(text),
    );
    expect(letters).toEqual([]);
    const moved = parts.filter((part) => part.kind === 'moved');
    expect(moved).toHaveLength(2);
    for (const { move, end, text } of moved) {
      const other = moved.filter((part) => part.move === move && part.end !== end);
      expect(other.map((part) => part.text)).toEqual([text]);
    }
    if (expected !== null) expect(marked(parts)).toBe(expected);
  });

  test('takes lines that were moved together for one move', () => {
    const head = 'This line stays where it is, and it is long enough to be the one that stays.';
    const block = ['- One thing to do', '- Another thing to do', '- A third thing to do'].join('\n');
    const parts = diffTexts(`${head}\n${block}`, `${block}\n${head}`);
    expect(parts.filter(({ kind }) => kind === 'moved').map(({ text }) => text)).toEqual([
      block.slice(2),
      block.slice(2),
    ]);
  });

  test('tells nothing of moves where a line stands several times', () => {
    const parts = diffTexts('- the same\n- the same\n- other', '- other\n- the same\n- the same');
    expect(parts.some((part) => part.kind === 'moved' && part.text === 'the same')).toBe(false);
  });

  test('loses nothing, repeats nothing, and puts what went before what came, whatever the texts', () => {
    const random = new Random(7);
    const pieces = [
      ...[
        'a',
        'b',
        'the',
        'é',
        'e\u0301',
        '😀',
        '👩‍👩‍👧',
        '🇩🇪',
        '\ud83d',
        '\udc00',
        '漢字',
        'ไทย',
        '\u200d',
        '\0',
      ],
      ...[' ', ' ', '  ', '\n', '\n\n', '\r\n', '\r', '\t', '\u2028', '.', ',', '-', '<b>', '```\n'],
      ...['- one item\n', '1. an item\n', 'This is a line of its own.\n'],
    ] as [string, ...string[]];
    for (let round = 0; round < 3000; round++) {
      const original = random.text(pieces, 40);
      const refined = random.pick([
        () => original.replace(/a|the/, 'b'),
        () => random.shuffled(original.split('\n')).join('\n'),
        () => random.text(pieces, 40),
      ])();
      const parts = diffTexts(original, refined);
      expect(originalOf(parts)).toBe(original);
      expect(refinedOf(parts)).toBe(refined);
      for (const [index, part] of parts.entries()) {
        expect(part.text).not.toBe('');
        const next = parts[index + 1];
        if (next === undefined || part.kind === 'same') continue;
        expect(next.kind !== part.kind || part.kind === 'moved').toBe(true);
        expect(isInRefined(part) && isInOriginal(next) && next.kind !== 'same').toBe(false);
      }
    }
  });

  test('says the same of the same texts every time', () => {
    const [original, refined] = ['a b c\nd e f', 'f e d\nc b a'];
    expect(diffTexts(original, refined)).toEqual(diffTexts(original, refined));
  });

  const manyWords = (prefix: string, count: number, between: string): string =>
    Array.from({ length: count }, (_, number) => `${prefix}${number}`).join(between);

  test.each<[string, string, string, string]>([
    ['no word in common', manyWords('a', 30_000, ' '), manyWords('b', 30_000, ' '), 'all changed'],
    [
      'words in another order',
      manyWords('a', 5000, ' '),
      manyWords('a', 5000, ' ').split(' ').reverse().join(' '),
      '',
    ],
    ['few words in all', 'a b a c '.repeat(8000), 'c a b b '.repeat(8000), ''],
    ['one line of a megabyte', 'x'.repeat(1_000_000), 'x'.repeat(999_999), 'all changed'],
    ['Chinese without an end', '漢字仮名'.repeat(30_000), '仮名漢字'.repeat(30_000), ''],
    [
      'a single word that changed in 200,000',
      manyWords('a', 200_000, ' '),
      `b ${manyWords('a', 200_000, ' ')}`,
      '',
    ],
  ])('comes to an end, and still loses nothing: %s', (_, original, refined, expected) => {
    const parts = diffTexts(original, refined);
    expect(originalOf(parts) === original).toBe(true);
    expect(refinedOf(parts) === refined).toBe(true);
    if (expected === 'all changed') expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  test('finds what stayed in long texts in which most was rewritten', () => {
    const kept = 'This one sentence with many rare words survived unharmed.';
    const original = `${manyWords('a', 3000, ' the ')} ${kept} ${manyWords('b', 3000, ' of ')}`;
    const refined = `${manyWords('x', 3000, ' of ')} ${kept} ${manyWords('y', 3000, ' the ')}`;
    const same = diffTexts(original, refined).filter(({ kind }: DiffPart) => kind === 'same');
    expect(same.some(({ text }) => text.includes(kept))).toBe(true);
  });
});
