import { expect, test } from 'vitest';
import { directionOf } from '../../../src/web/wording/direction.js';

test.each([
  ['Hello שלום', 'ltr'],
  ['שלום Hello', 'rtl'],
  ['1. "مرحبا"', 'rtl'],
  ['漢字', 'ltr'],
  ['123 ...', 'ltr'],
  ['', 'ltr'],
])('the text %j runs %s', (text, direction) => {
  expect(directionOf(text)).toBe(direction);
});
