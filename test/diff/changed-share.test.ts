import { describe, expect, test } from 'vitest';
import { changedShare } from '../../src/diff/changed-share.js';

describe('changedShare', () => {
  test.each([
    ['a b c d', 'a b c d', 0],
    ['a b c d', 'w x y z', 1],
    ['a b c d', 'a b c z', 2 / 8],
    ['a b', 'a b c d', 2 / 6],
    ['a b c d', 'd', 3 / 5],
    ['a b', 'b a', 0],
    ['a a a b', 'a b', 2 / 6],
    ['', 'a', 1],
    ['a', '', 1],
    ['', '', 0],
    ['a  b', 'a b', 0],
    [' \n', '\t', 0],
    ['今天很好', '今天不好', 2 / 8],
    ['Das Wort 日本語', 'Das Wort 日本人', 2 / 10],
    ['“curly” – dash', '“curly” – dish', 2 / 6],
  ])('finds between %j and %j that %d of the words changed', (original, refined, share) => {
    expect(changedShare(original, refined)).toBeCloseTo(share, 10);
  });

  test('takes no longer for texts that have nothing in common', () => {
    const many = (prefix: string) => Array.from({ length: 200_000 }, (_, index) => prefix + index).join(' ');
    expect(changedShare(many('a'), many('b'))).toBe(1);
  });
});
