import { diffArrays } from 'diff';
import { heaviestChain, type Link } from './heaviest-chain.js';

/**
 * Steps that may be spent on one comparison. The time to find the least difference grows with the square of the
 * number of edits; what remains after this many steps is compared by the tokens that are unique in it instead.
 */
const MOST_STEPS = 150_000;

/** A range in each of both lists. */
interface Range {
  readonly leftFrom: number;
  readonly leftTo: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

/** Places that are known to belong together. */
export interface FixedPair {
  readonly left: number;
  readonly right: number;
}

/**
 * Finds which keys of two lists belong together: for each place on the left the one on the right, or -1. Partners are
 * equal and in the same order in both lists. Short or similar lists get as many partners as possible.
 *
 * @param fixed pairs that are made in any case, in order in both lists
 */
export function alignKeys(left: Int32Array, right: Int32Array, fixed: readonly FixedPair[]): Int32Array {
  const partners = new Int32Array(left.length).fill(-1);
  let stepsLeft = MOST_STEPS;
  const whole = { leftFrom: 0, leftTo: left.length, rightFrom: 0, rightTo: right.length };
  const open = divideRange(whole, fixed, partners).reverse();
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const inner = pairEnds(left, right, range, partners);
    const shared = keepShared(left, right, inner);
    if (shared.left.length === 0) continue;
    const most = Math.floor(Math.sqrt(2 * stepsLeft));
    const edits = pairByLeastEdits(left, right, shared, most, partners);
    stepsLeft = Math.max(0, stepsLeft - (edits ?? most) ** 2 / 2);
    if (edits !== null) continue;
    const pairs = findUniquePairs(left, right, inner);
    if (pairs.length > 0) open.push(...divideRange(inner, pairs, partners).reverse());
  }
  return partners;
}

/** Pairs what is equal at both ends of a range, and gives what is left between. */
function pairEnds(left: Int32Array, right: Int32Array, range: Range, partners: Int32Array): Range {
  let { leftFrom, leftTo, rightFrom, rightTo } = range;
  while (leftFrom < leftTo && rightFrom < rightTo && left[leftFrom] === right[rightFrom])
    partners[leftFrom++] = rightFrom++;
  while (leftFrom < leftTo && rightFrom < rightTo && left[leftTo - 1] === right[rightTo - 1])
    partners[--leftTo] = --rightTo;
  return { leftFrom, leftTo, rightFrom, rightTo };
}

/** The places in a range whose keys are on both sides; no other can have a partner. */
function keepShared(
  left: Int32Array,
  right: Int32Array,
  { leftFrom, leftTo, rightFrom, rightTo }: Range,
): { readonly left: number[]; readonly right: number[] } {
  const onLeft = new Set(left.subarray(leftFrom, leftTo));
  const onRight = new Set(right.subarray(rightFrom, rightTo));
  const places = (keys: Int32Array, from: number, to: number, others: ReadonlySet<number>): number[] => {
    const kept: number[] = [];
    for (let place = from; place < to; place++) if (others.has(keys[place] ?? -1)) kept.push(place);
    return kept;
  };
  return {
    left: places(left, leftFrom, leftTo, onRight),
    right: places(right, rightFrom, rightTo, onLeft),
  };
}

/**
 * Pairs the places so that as few as possible are left over.
 *
 * @returns how many are left over; null, and no pairs, when they are more than `most`
 */
function pairByLeastEdits(
  left: Int32Array,
  right: Int32Array,
  shared: { readonly left: readonly number[]; readonly right: readonly number[] },
  most: number,
  partners: Int32Array,
): number | null {
  const keys = (places: readonly number[], of: Int32Array): number[] => places.map((at) => of[at] ?? -1);
  const changes = diffArrays(keys(shared.left, left), keys(shared.right, right), { maxEditLength: most });
  if (changes === undefined) return null;
  let [leftAt, rightAt, edits] = [0, 0, 0];
  for (const { added, removed, count } of changes) {
    if (added) rightAt += count;
    else if (removed) leftAt += count;
    else {
      for (let index = 0; index < count; index++)
        partners[shared.left[leftAt++] ?? 0] = shared.right[rightAt++] ?? -1;
    }
    if (added || removed) edits += count;
  }
  return edits;
}

/** Keys that are unique on both sides, if their neighbours are equal as well: alone they mostly agree by chance. */
function findUniquePairs(left: Int32Array, right: Int32Array, range: Range): FixedPair[] {
  const { leftFrom, leftTo, rightFrom, rightTo } = range;
  const onRight = uniquePlaces(right, rightFrom, rightTo);
  const links: Link[] = [];
  for (const [key, place] of uniquePlaces(left, leftFrom, leftTo)) {
    const other = onRight.get(key) ?? -1;
    if (place === -1 || other === -1) continue;
    const hasEqual = (step: number): boolean => {
      const [at, there] = [place + step, other + step];
      return (
        at >= leftFrom && at < leftTo && there >= rightFrom && there < rightTo && left[at] === right[there]
      );
    };
    if (hasEqual(-1) || hasEqual(1)) links.push({ left: place, right: other, weight: 1 });
  }
  return heaviestChain(links);
}

/** Makes pairs, and gives the ranges before, between and after them, in order. */
function divideRange(range: Range, pairs: readonly FixedPair[], partners: Int32Array): Range[] {
  const ranges: Range[] = [];
  let { leftFrom, rightFrom } = range;
  for (const pair of pairs) {
    partners[pair.left] = pair.right;
    ranges.push({ leftFrom, leftTo: pair.left, rightFrom, rightTo: pair.right });
    [leftFrom, rightFrom] = [pair.left + 1, pair.right + 1];
  }
  return [...ranges, { ...range, leftFrom, rightFrom }];
}

/** The place of each key that stands once in a range; -1 for the others. */
function uniquePlaces(keys: Int32Array, from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let place = from; place < to; place++) {
    const key = keys[place] ?? -1;
    places.set(key, places.has(key) ? -1 : place);
  }
  return places;
}
