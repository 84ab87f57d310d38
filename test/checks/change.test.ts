import { describe, expect, test } from 'vitest';
import { find, words } from './find.js';

const RECIPE =
  'Slice two onions and fry them slowly in butter. Add a spoon of flour, then a litre of stock. Simmer for half an hour.';

describe('near_copy', () => {
  test.each([
    [
      'one word changed',
      RECIPE.replace('slowly', 'gently'),
      'Only 4 % of the words differ from the original response.',
    ],
    ['a list made of it', RECIPE.replaceAll('. ', '.\n- '), 'No word differs from the original response.'],
    ['another order', RECIPE.split(' ').reverse().join(' '), 'No word differs from the original response.'],
    [
      'a word added to many',
      `${words(300)} more`,
      'Only less than 1 % of the words differ from the original response.',
    ],
  ])('notes %s', (_, text, message) => {
    const response = text.startsWith('lorem') ? words(300) : RECIPE;
    expect(find('near_copy', text, { response })).toMatchObject([{ severity: 'note', message }]);
  });

  test.each([
    ['the same text', RECIPE, RECIPE],
    [
      'a rewrite',
      'Fry sliced onions in butter until golden, stir in flour, pour on stock, and let the soup simmer thirty minutes.',
      RECIPE,
    ],
    ['the original and as much again', `${RECIPE} ${words(30)}`, RECIPE],
    ['short texts', 'The sky is blue!', 'The sky is blue.'],
  ])('is silent about %s', (_, text, response) => {
    expect(find('near_copy', text, { response })).toEqual([]);
  });
});
