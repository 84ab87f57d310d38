import { describe, expect, test } from 'vitest';
import { keptShare, likeness } from '../../src/text/overlap.js';
import { viewText } from '../../src/text/text-view.js';

describe('keptShare', () => {
  test.each([
    ['garden river garden stone', 'the garden and the river', 0.5],
    ['garden river', 'A river. A garden. And more, much more.', 1],
    ['garden river', 'desert', 0],
    ['', 'desert', 1],
    ['and the', 'desert', 1],
    ['gardens rivers', 'gardening rivers', 1],
  ])('tells how much of %j stands in %j', (text, other, share) => {
    expect(keptShare(viewText(text), viewText(other))).toBe(share);
  });
});

describe('likeness', () => {
  test.each([
    ['a b c', 'c b a', 1],
    ['a a b', 'a b b', 2 / 3],
    ['- a\n- b', 'A, B.', 1],
    ['a', 'b', 0],
    ['', '', 1],
  ])('of %j and %j', (one, other, share) => {
    expect(likeness(viewText(one), viewText(other))).toBeCloseTo(share);
  });
});
