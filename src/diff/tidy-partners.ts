import type { Token } from './tokens.js';

/**
 * Takes partners apart again that stand alone between greater changes: a rewritten phrase reads as one phrase gone and one
 * come, not as a word of each in turn around every "the" that happens to be in both. Line breaks, and lines that are one
 * token, stay as they are.
 */
export function tidyPartners(partners: Int32Array, left: readonly Token[], right: readonly Token[]): void {
  // Taking one apart makes the changes around others greater. Twice is enough to settle nearly all.
  for (let round = 0; round < 2; round++) {
    let [leftAt, rightAt] = [0, 0];
    let before: Weights | null = null;
    let island: Island | null = null;
    while (leftAt < left.length || rightAt < right.length) {
      const change = { left: 0, right: 0 };
      while (leftAt < left.length && partners[leftAt] === -1) change.left += changeOf(left[leftAt++]);
      const rightTo = leftAt < left.length ? (partners[leftAt] ?? 0) : right.length;
      while (rightAt < rightTo) change.right += changeOf(right[rightAt++]);
      if (island !== null && before !== null && isLost(island, before, change)) {
        partners.fill(-1, island.from, island.to);
        before = {
          left: before.left + island.weight + change.left,
          right: before.right + island.weight + change.right,
        };
      } else before = change;
      island = { from: leftAt, to: leftAt, weight: 0, isFixed: false };
      while (leftAt < left.length && partners[leftAt] === rightAt) {
        const token = left[leftAt];
        if (token?.kind === 'break' || token?.kind === 'line') island.isFixed = true;
        island.weight += token?.weight ?? 0;
        leftAt += 1;
        rightAt += 1;
      }
      island.to = leftAt;
    }
  }
}

/** Characters of words that stand in the same order by chance at most: some four words. */
const LONGEST_CHANCE = 24;

/** Characters of the words that changed, on each side. */
interface Weights {
  readonly left: number;
  readonly right: number;
}

/** Tokens that have partners, between two changes. */
interface Island {
  from: number;
  to: number;
  weight: number;
  isFixed: boolean;
}

function isLost({ weight, isFixed }: Island, before: Weights, after: Weights): boolean {
  if (isFixed) return false;
  const smaller = Math.min(larger(before), larger(after));
  return smaller > 0 && weight <= Math.min(smaller, LONGEST_CHANCE);
}

function larger({ left, right }: Weights): number {
  return Math.max(left, right);
}

/** That a line was moved is no change of its words. */
function changeOf(token: Token | undefined): number {
  return token?.shared === undefined ? (token?.weight ?? 0) : 0;
}
