import { describe, expect, test } from 'vitest';
import { alignKeys } from '../../src/diff/align-keys.js';
import { Random } from '../support/random.js';

const keysOf = (text: string): Int32Array => Int32Array.from(text, (character) => character.charCodeAt(0));
const partnersOf = (left: string, right: string): number[] => [...alignKeys(keysOf(left), keysOf(right), [])];

describe('alignKeys', () => {
  test.each([
    ['abc', 'abc', [0, 1, 2]],
    ['abc', 'axc', [0, -1, 2]],
    ['abc', 'bc', [-1, 0, 1]],
    ['abc', 'xyz', [-1, -1, -1]],
    ['', 'abc', []],
    ['abcd', 'acbd', [0, -1, 1, 3]],
  ])('of %j and %j', (left, right, partners) => {
    const found = partnersOf(left, right);
    // Of several ways that are as good, any will do.
    if (left === 'abcd') expect(found.filter((place) => place !== -1)).toHaveLength(3);
    else expect(found).toEqual(partners);
  });

  test('makes the pairs that are fixed, and others between them', () => {
    const fixed = [{ left: 3, right: 0 }];
    expect([...alignKeys(keysOf('abcdef'), keysOf('dabcef'), fixed)]).toEqual([-1, -1, -1, 0, 4, 5]);
  });

  test('pairs as many keys as can be, in order', () => {
    const random = new Random(2);
    for (let round = 0; round < 500; round++) {
      const [left, right] = [random.text(['a', 'b', 'c'], 9), random.text(['a', 'b', 'c'], 9)];
      const partners = partnersOf(left, right);
      const paired = partners.filter((place) => place !== -1);
      expect(paired).toEqual(paired.toSorted((one, other) => one - other));
      expect(new Set(paired).size).toBe(paired.length);
      for (const [place, other] of partners.entries())
        if (other !== -1) expect(right[other]).toBe(left[place]);
      expect(paired.length).toBe(longestCommon(left, right));
    }
  });

  test('finds what is unique with its neighbours where there are too many edits to try', () => {
    const random = new Random(4);
    const noise = (): number[] => Array.from({ length: 20_000 }, () => random.below(500));
    const kept = [1000, 1001, 1002];
    const [early, late] = [noise(), noise()];
    const left = Int32Array.from([...early, ...kept, ...late, 2000, ...early]);
    const right = Int32Array.from([...late, ...kept, ...late.toReversed(), 2000, ...late]);
    const partners = alignKeys(left, right, []);
    expect([...partners.subarray(20_000, 20_003)]).toEqual([20_000, 20_001, 20_002]);
    // By itself it would be chance.
    expect(partners[40_003]).toBe(-1);
  });
});

/** Length of the longest common subsequence. */
function longestCommon(left: string, right: string): number {
  let row: number[] = new Array(right.length + 1).fill(0);
  for (const character of left) {
    const next = [0];
    for (const [index, other] of [...right].entries())
      next.push(
        character === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
