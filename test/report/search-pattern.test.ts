import { describe, expect, it } from 'vitest';
import { searchPattern } from '../../src/report/record-query.js';

describe('a search', () => {
  it.each(['well-known', 'C++ (17)', '[Better Answer]', '^$.*+?()[]{}|/\\-', 'Über', '\u2028', '<b>'])(
    'takes %j as it stands',
    (text) => {
      expect(searchPattern(text).test(`before ${text} after`)).toBe(true);
      expect(searchPattern(text).test('something else')).toBe(false);
    },
  );

  it('makes no difference between small and capital letters', () => {
    expect(searchPattern('straße').test('STRAßE')).toBe(true);
  });
});
