import { expect, test } from 'vitest';
import { TopN } from '../../src/select/top-n.js';

test('the longest are what a stable sort puts first, in row order', () => {
  for (let round = 0; round < 200; round += 1) {
    const entries = Array.from({ length: (round * 7) % 60 }, (_, row) => ({
      item: `item ${row}`,
      length: (row * 7919 * (round + 1)) % (2 + (round % 13)),
      row,
    }));
    const capacity = 1 + (round % 20);
    const top = new TopN<string>(capacity);
    for (const entry of entries) top.add(entry);
    const sorted = entries.toSorted((a, b) => b.length - a.length).slice(0, capacity);
    expect(top.inRowOrder()).toEqual(sorted.toSorted((a, b) => a.row - b.row));
    expect(top.weakestLength()).toBe(
      sorted.length < capacity ? Number.NEGATIVE_INFINITY : sorted.at(-1)?.length,
    );
  }
});
