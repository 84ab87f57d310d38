import { describe, expect, test } from 'vitest';
import { readSeries } from '../../src/text/series.js';
import { viewText } from '../../src/text/text-view.js';

/** The families of a text's series, and how many parts each has. */
function seriesOf(text: string): Record<string, number> {
  return Object.fromEntries(readSeries(viewText(text)).map(({ family, parts }) => [family, parts.length]));
}

describe('readSeries', () => {
  test.each<[string, Record<string, number>]>([
    ['1. Eat.\n2. Sleep.\n3. Work.', { '': 3 }],
    ['Day 1: Eat.\nDay 2: Sleep.', { day: 2 }],
    ['## Chapter 1\nIt rained.\n\n## Chapter 2\nIt did not.', { chapter: 2 }],
    ['**Step 1:** Eat.\n**Step 2:** Sleep.', { step: 2 }],
    ['Q1. Who?\nA. Me\nQ2. When?\nA. Now', { q: 2 }],
    ['Tag 1: Essen.\nTag 2: Schlafen.', { tag: 2 }],
    ['Monday: Eat.\n- Bread\nTuesday: Sleep.', { weekday: 2 }],
    ['Day 1: a\n1. b\n2. c\nDay 2: d', { day: 2, '': 2 }],
    // The steps of two recipes.
    ['1. Stir.\n2. Bake.\n\n1. Cut.\n2. Fry.', {}],
    ['1. Stir.\n3. Bake.', {}],
    ['1954: A ruling.\n1957: An act.', {}],
    ['It took 2 days.\nOn Monday it rained.', {}],
    ['```\n1. a\n2. b\n```', {}],
    ['', {}],
  ])('finds those of %j', (text, series) => {
    expect(seriesOf(text)).toEqual(series);
  });

  test('gives each part with what belongs to it', () => {
    expect(readSeries(viewText('Plan\nDay 1: Eat.\n- Bread\nDay 2: Sleep.'))).toEqual([
      { family: 'day', parts: ['Day 1: Eat.\n- Bread\n', 'Day 2: Sleep.'] },
    ]);
  });
});
