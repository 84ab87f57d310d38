import { describe, expect, test } from 'vitest';
import { type DiffPart, diffTexts } from '../../src/diff/diff-texts.js';

const sideOf = (parts: readonly DiffPart[], without: DiffPart['kind']): string =>
  parts
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');
const marked = (parts: readonly DiffPart[]): string =>
  parts
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[${text}]` : `{${text}}`))
    .join('');

/** Numbers from 0 to 1 that are the same in every run (Park and Miller's generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('diffTexts', () => {
  test.each([
    ['The cat sat.', 'The cat sat.', 'The cat sat.'],
    ['The cat sat.', 'The dog sat.', 'The [cat]{dog} sat.'],
    ['The cat sat.', 'The old cat sat.', 'The {old }cat sat.'],
    ['The old cat sat.', 'The cat sat.', 'The [old ]cat sat.'],
    ['', 'New text.', '{New text.}'],
    ['Old text.', '', '[Old text.]'],
    ['', '', ''],
    ['one two three four', 'five six seven four', '[one two three]{five six seven} four'],
    ['a\nb\nc', 'x\ny\nc', '[a\nb]{x\ny}\nc'],
    ['same  space', 'same space', 'same[  ]{ }space'],
  ])('of %j and %j', (original, refined, expected) => {
    expect(marked(diffTexts(original, refined))).toBe(expected);
  });

  test('loses nothing, repeats nothing, and puts what went before what came, whatever the texts', () => {
    const random = randomNumbers(7);
    const pieces = [
      'a',
      'b',
      'the',
      'é',
      '😀',
      '漢字',
      ' ',
      ' ',
      '  ',
      '\n',
      '\n\n',
      '\t',
      '.',
      ',',
      '-',
      '<b>',
      '\u2028',
    ];
    const textOf = (length: number): string =>
      Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    for (let round = 0; round < 1500; round++) {
      const original = textOf(Math.floor(random() * 30));
      const refined = random() < 0.2 ? original.replace(/a|the/, 'b') : textOf(Math.floor(random() * 30));
      const parts = diffTexts(original, refined);
      expect(sideOf(parts, 'added')).toBe(original);
      expect(sideOf(parts, 'removed')).toBe(refined);
      for (const [index, { kind, text }] of parts.entries()) {
        expect(text).not.toBe('');
        const next = parts[index + 1]?.kind;
        expect(next === kind || (kind === 'added' && next === 'removed')).toBe(false);
      }
    }
  });

  const manyWords = (prefix: string, count: number, between: string): string =>
    Array.from({ length: count }, (_, number) => `${prefix}${number}`).join(between);

  test.each([
    ['lines', `\nThe same line.\n`, ' ', ['removed', 'added', 'same', 'removed', 'added']],
    ['wholes', ' ', '\n', ['removed', 'added']],
  ])(
    'compares texts with too many changed words as %s, and still loses nothing',
    (_, shared, between, kinds) => {
      const original = manyWords('a', 3000, between) + shared + manyWords('b', 3000, between);
      const refined = manyWords('x', 3000, between) + shared + manyWords('y', 3000, between);
      const parts = diffTexts(original, refined);
      expect(parts.map(({ kind }) => kind)).toEqual(kinds);
      expect(sideOf(parts, 'added')).toBe(original);
      expect(sideOf(parts, 'removed')).toBe(refined);
    },
  );
});
