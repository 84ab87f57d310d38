import { expect, test } from 'vitest';
import { heaviestChain, type Link } from '../../src/diff/heaviest-chain.js';
import { Random } from '../support/random.js';

const links = (...given: readonly (readonly [number, number, number])[]): Link[] =>
  given.map(([left, right, weight]) => ({ left, right, weight }));
const weightOf = (chain: readonly Link[]): number => chain.reduce((sum, { weight }) => sum + weight, 0);

/** The same by trying every combination. */
function heaviestByTrying(all: readonly Link[]): number {
  let best = 0;
  for (let choice = 0; choice < 2 ** all.length; choice++) {
    const chosen = all.filter((_, index) => (choice >> index) % 2 === 1);
    const isChain = chosen.every(({ left, right }, index) => {
      const before = chosen[index - 1];
      return before === undefined || (before.left < left && before.right < right);
    });
    if (isChain) best = Math.max(best, weightOf(chosen));
  }
  return best;
}

test.each([
  [links(), []],
  [links([0, 0, 1], [1, 1, 1]), [0, 1]],
  [links([0, 2, 1], [1, 0, 1], [2, 1, 1]), [1, 2]],
  [links([0, 2, 5], [1, 0, 1], [2, 1, 1]), [0]],
  [links([0, 0, 1], [0, 1, 3], [1, 1, 3]), [0, 2]],
])('of %j it takes those at %j', (all, expected) => {
  expect(heaviestChain(all)).toEqual(expected.map((index) => all[index]));
});

test('is never lighter than any other chain, and always in order', () => {
  const random = new Random(9);
  for (let round = 0; round < 400; round++) {
    const all = Array.from({ length: random.below(10) }, () => ({
      left: random.below(6),
      right: random.below(6),
      weight: 1 + random.below(5),
    })).sort((one, other) => one.left - other.left || one.right - other.right);
    const chain = heaviestChain(all);
    expect(weightOf(chain)).toBe(heaviestByTrying(all));
    for (const [index, { left, right }] of chain.slice(1).entries()) {
      expect(chain[index]?.left).toBeLessThan(left);
      expect(chain[index]?.right).toBeLessThan(right);
    }
  }
});
