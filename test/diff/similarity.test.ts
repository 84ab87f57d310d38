import { expect, test } from 'vitest';
import { diffTexts } from '../../src/diff/diff-texts.js';
import { similarity } from '../../src/diff/similarity.js';

test.each([
  ['a b c d', 'a b c d', 1],
  ['a b c d', 'w x y z', 0],
  ['one two three four', 'one two three five', 6 / 8],
  ['one two', 'one two three four', 4 / 6],
  ['one two!', 'one two?', 1],
  ['', '', 1],
  ['', 'a', 0],
  ['...', '!!!', 1],
  ['今天很好', '今天不好', 1 / 2],
  ['- Wash the dishes\n- Feed the old cat', '- Feed the old cat\n- Wash the dishes', 8 / 14],
])('similarity of %j and %j is %d', (original, refined, expected) => {
  expect(similarity(diffTexts(original, refined))).toBeCloseTo(expected, 10);
});
