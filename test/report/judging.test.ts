import { expect, test } from 'vitest';
import { judgingText } from '../../src/report/judging.js';

test.each([
  [{ judged: 1234, unjudged: 0, unusable: 0 }, '1,234 judged'],
  [{ judged: 0, unjudged: 1000, unusable: 0 }, '0 judged, 1,000 to be judged'],
  [{ judged: 20, unjudged: 7, unusable: 3 }, '20 judged (3 without a usable answer), 7 to be judged'],
])('%j is told in a few words', (state, text) => {
  expect(judgingText(state)).toBe(text);
});
