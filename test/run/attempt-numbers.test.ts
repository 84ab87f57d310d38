import { expect, test } from 'vitest';
import { AttemptNumbers } from '../../src/run/attempt-numbers.js';

test('each example has its own numbers, from 1 or after the highest so far, and none is given twice', () => {
  const numbers = new AttemptNumbers([
    { example: '1', attempt: 3 },
    { example: '1', attempt: 2 },
  ]);
  expect(['0', '0', '1', '1', '0'].map((example) => numbers.take(example))).toEqual([1, 2, 4, 5, 3]);
});
