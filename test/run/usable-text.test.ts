import { expect, test } from 'vitest';
import { isUsableText } from '../../src/run/usable-text.js';

test.each<[string, string | null, boolean]>([
  ['a text', 'Better.', true],
  ['a text of several lines and scripts', ' 1.\n\tZwölf 😀 ', true],
  ['none', null, false],
  ['an empty one', '', false],
  ['white space', ' \n\t', false],
  ['a NUL character', 'Nothing\0.', false],
  ['half a surrogate pair', 'Half \ud83d a smile.', false],
])('%s: %j is usable: %s', (_, text, usable) => {
  expect(isUsableText(text)).toBe(usable);
});
