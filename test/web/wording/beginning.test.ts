import { expect, test } from 'vitest';
import { beginningOf } from '../../../src/web/wording/beginning.js';

test.each([
  ['abc', 3, 'abc'],
  ['abc', 2, 'ab'],
  ['abc', 0, ''],
  ['a😀b', 2, 'a'],
  ['a😀b', 3, 'a😀'],
])('the beginning of %j, to %i units, is %j', (text, limit, beginning) => {
  expect(beginningOf(text, limit)).toBe(beginning);
});

test('a text that ends in half a character stays as it is', () => {
  expect(beginningOf('a\ud83d', 2)).toBe('a\ud83d');
});
