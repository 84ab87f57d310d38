import { describe, expect, test } from 'vitest';
import type { Unit } from '../../../src/checks/request/amounts.js';
import { measure, missedBy } from '../../../src/checks/request/measures.js';
import { viewText } from '../../../src/text/text-view.js';

const NO_END = Number.POSITIVE_INFINITY;

describe('measure', () => {
  test.each<[Unit, string, number, number]>([
    ['words', 'one two - three', 3, 3],
    ['characters', ' 三个字 ', 3, 3],
    ['sentences', 'It rains. We stay.', 2, 2],
    ['sentences', 'Rain\n\nIt rains.', 1, 2],
    ['lines', 'It rains.\n\nWe stay.\n', 2, 2],
    ['stanzas', 'It rains,\nall day.\n\nWe stay.', 2, 2],
    ['items', '1. Rain\n2. Snow\n3. Hail', 3, 3],
  ])('counts the %s of %j', (unit, text, fewest, most) => {
    expect(measure(unit, viewText(text))).toEqual({ fewest, most });
  });

  test('counts no words where none are spaced, and no items where there is no list', () => {
    expect(measure('words', viewText('昨天下雨我们都在家里看书'))).toBeNull();
    expect(measure('items', viewText('It rains.'))).toBeNull();
  });
});

describe('missedBy', () => {
  test.each([
    [4, 4, 4, 4, 1],
    [4, 4, 3, 3, 0.75],
    [4, 4, 3, 5, 1],
    [0, 2, 3, 3, 1.5],
    [0, 2, 2, 9, 1],
    [2, NO_END, 3, 3, 1],
    [2, NO_END, 1, 1, 0.5],
  ])('tells of %d to %d, where there are %d to %d: %d', (min, max, fewest, most, missed) => {
    const asked = { unit: 'words', words: '', isPlain: true } as const;
    expect(missedBy({ ...asked, min, max }, { fewest, most })).toBe(missed);
  });
});
