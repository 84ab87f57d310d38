import { expect, test } from 'vitest';
import { judgingText } from '../../src/report/judging.js';

test.each([
  [{ judged: 1234, unjudged: 0 }, '1,234 judged'],
  [{ judged: 0, unjudged: 1000 }, '0 judged, 1,000 to be judged'],
])('%j is told in a few words', (state, text) => {
  expect(judgingText(state)).toBe(text);
});
