import { describe, expect, test } from 'vitest';
import { keptShare, likeness, seemSameLanguage } from '../../src/text/overlap.js';
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

describe('seemSameLanguage', () => {
  const english =
    'The river ran through the old town, and the people of the town lived by it and from it for years.';
  const german =
    'Der Fluss lief durch die alte Stadt, und die Leute der Stadt lebten an ihm und von ihm, viele Jahre lang.';

  test('tells languages apart', () => {
    expect(seemSameLanguage(viewText(english), viewText(german))).toBe(false);
    expect(seemSameLanguage(viewText(german), viewText(english))).toBe(false);
  });

  test('knows one language in two texts about different things', () => {
    const other = 'A teacher of music and of art has the best job in the world, she says to the class.';
    expect(seemSameLanguage(viewText(english), viewText(other))).toBe(true);
  });

  test('tells scripts that put no space between words from others', () => {
    const chinese = '河流穿过古老的城镇，人们世世代代依靠它生活。';
    expect(seemSameLanguage(viewText(chinese), viewText('这个回答不够清楚，应该增加例子。'))).toBe(true);
    expect(seemSameLanguage(viewText(chinese), viewText(english))).toBe(false);
  });

  test('takes what is too short, or all numbers, for the same', () => {
    expect(seemSameLanguage(viewText('Ein kurzer Satz.'), viewText(english))).toBe(true);
    expect(seemSameLanguage(viewText('1 2 3 4 5 6 7 8 9 10 11 12 13 14'), viewText(english))).toBe(true);
  });
});
