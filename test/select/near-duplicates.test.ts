import { describe, expect, test } from 'vitest';
import { findNearDuplicates } from '../../src/select/near-duplicates.js';
import { hashWords } from '../../src/select/word-hashes.js';
import { Random } from '../support/random.js';

/** A text of so many made-up words, different for each seed. */
function makeText(seed: number, words: number): string {
  const random = new Random(seed);
  return Array.from({ length: words }, () => `w${random.below(5000)}`).join(' ');
}

/** The text with the word at each of these places replaced. */
function edited(text: string, ...places: readonly number[]): string {
  const words = text.split(' ');
  for (const place of places) words[place] = 'edited';
  return words.join(' ');
}

function find(texts: readonly string[]): number[][] {
  return findNearDuplicates(texts.map(hashWords));
}

describe('near duplicates', () => {
  test('are found among others, whatever is written large and however they are punctuated', () => {
    const a = makeText(1, 100);
    const b = makeText(2, 150);
    const texts = [
      a,
      makeText(3, 100),
      b,
      edited(a, 50),
      makeText(4, 100),
      `${edited(b, 20, 90)} and some more`,
      `"${a.toUpperCase().replaceAll(' ', ', ')}!"`,
    ];
    expect(find(texts)).toEqual([
      [0, 3, 6],
      [2, 5],
    ]);
  });

  test.each([
    ['texts of their own', [makeText(1, 100), makeText(2, 100)]],
    [
      'texts with the same words in another order',
      [makeText(1, 60), makeText(1, 60).split(' ').reverse().join(' ')],
    ],
    [
      'texts that share half',
      [`${makeText(1, 50)} ${makeText(2, 50)}`, `${makeText(1, 50)} ${makeText(3, 50)}`],
    ],
    ['a text and one that has it as a part', [makeText(1, 50), `${makeText(1, 50)} ${makeText(2, 50)}`]],
    ['empty texts', ['', '', ' \n', '...']],
    ['texts too short to tell', ['one two three four', 'one two three four']],
    ['no texts', []],
    ['one text', [makeText(1, 100)]],
  ])('are not: %s', (_, texts) => {
    expect(find(texts)).toEqual([]);
  });

  test('can be as short as a few words', () => {
    expect(find(['one two three four five', 'One two: three four five!'])).toEqual([[0, 1]]);
  });

  test('share seven tenths of their phrases or more', () => {
    const text = makeText(1, 104); // 100 phrases of five words; an edit far from others changes five of them
    const places = Array.from({ length: 5 }, (_, index) => 10 + 10 * index);
    for (const [edits, near] of [
      [3, true], // 85 of 115
      [4, false], // 80 of 120
    ] as const) {
      expect([edits, find([text, edited(text, ...places.slice(0, edits))]).length > 0]).toEqual([
        edits,
        near,
      ]);
    }
  });

  test('are the same groups in whatever order the texts stand', () => {
    const random = new Random(9);
    const texts = Array.from({ length: 40 }, (_, index) => {
      const text = makeText(index % 25, 120);
      return index < 25 ? text : edited(text, random.below(120));
    });
    const groupsOf = (order: readonly string[]): string[][] =>
      find(order)
        .map((group) => group.map((index) => order[index] ?? '').sort())
        .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    const groups = groupsOf(texts);
    expect(groups).toHaveLength(15);
    for (let round = 0; round < 20; round += 1) expect(groupsOf(random.shuffled(texts))).toEqual(groups);
  });

  test('are found among 2,000 texts, nearly all of them', () => {
    const texts = Array.from({ length: 2000 }, (_, index) =>
      index < 1900 ? makeText(index, 200) : edited(makeText(index - 1900, 200), 60, 140),
    );
    const groups = find(texts);
    for (const group of groups) expect(group[1]).toBe((group[0] ?? 0) + 1900);
    expect(groups.length).toBeGreaterThanOrEqual(99);
  });
});

describe('the words of a text', () => {
  test.each([
    ['Two words', 'two, WORDS!'],
    ['a1 b2', '(A1)\n\tb2.'],
    ['état É', 'état  É'],
    ['', ' . '],
  ])('are the same in %j and %j', (a, b) => {
    expect(hashWords(a)).toEqual(hashWords(b));
  });

  test.each([
    ['ab', 'ba'],
    ['ab c', 'a bc'],
    ['a b', 'a'],
    ['é', 'e'],
    ['東京', '京東'],
    ['[', '{a'],
  ])('are others in %j and %j', (a, b) => {
    expect(hashWords(a)).not.toEqual(hashWords(b));
  });
});
