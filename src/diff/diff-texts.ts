import { readLines } from '../text/lines.js';
import { alignKeys, type FixedPair } from './align-keys.js';
import type { DiffPart } from './diff-part.js';
import { settleLines } from './settle-lines.js';
import { findSharedLines } from './shared-lines.js';
import { tidyPartners } from './tidy-partners.js';
import { readTokens, type Token } from './tokens.js';

/**
 * Compares two texts as a reader sees them: by words, signs, line breaks and lines of code. The parts, in reading order,
 * add up to both texts exactly; what was removed stands before what came in its place. Texts of thousands of words take
 * some milliseconds, and a megabyte about a second, since the search for the least difference is given up in time.
 */
export function diffTexts(original: string, refined: string): DiffPart[] {
  if (original === refined) return original === '' ? [] : [{ kind: 'same', text: original }];
  const [originalLines, refinedLines] = [readLines(original), readLines(refined)];
  const shared = findSharedLines(original, originalLines, refined, refinedLines);
  const left: Side = { text: original, tokens: readTokens(original, originalLines, shared.original) };
  const right: Side = { text: refined, tokens: readTokens(refined, refinedLines, shared.refined) };
  const known = new Map<string, number>();
  const [leftKeys, rightKeys] = [keysOf(left, known), keysOf(right, known)];
  const fixed = pairShared(left.tokens, right.tokens, shared.inOrder);
  const partners = alignKeys(leftKeys, rightKeys, fixed);
  tidyPartners(partners, left.tokens, right.tokens);
  settleLines(partners, { ...left, keys: leftKeys }, { ...right, keys: rightKeys });
  return joinParts(partsOf(left, right, partners));
}

/** A number for each different token. A shared line is paired already, or moved. */
function keysOf({ text, tokens }: Side, known: Map<string, number>): Int32Array {
  return Int32Array.from(tokens, ({ start, end, shared }) => {
    // No other token begins with a line break and goes on.
    const name = shared === undefined ? text.slice(start, end) : `\n${known.size}`;
    const key = known.get(name) ?? known.size;
    known.set(name, key);
    return key;
  });
}

/** The places of the shared lines that are in the same order in both texts. */
function pairShared(
  left: readonly Token[],
  right: readonly Token[],
  inOrder: ReadonlySet<number>,
): FixedPair[] {
  const placesOf = (tokens: readonly Token[]): number[] =>
    [...tokens.entries()].flatMap(([place, { shared }]) =>
      shared !== undefined && inOrder.has(shared) ? [place] : [],
    );
  const places = placesOf(right);
  return placesOf(left).map((place, index) => ({ left: place, right: places[index] ?? -1 }));
}

/** One of both texts, taken apart. */
interface Side {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Tokens of each side, by number, that have no partners, and the characters from the partners before to those after. */
interface Gap {
  readonly tokens: readonly Token[];
  readonly start: number;
  readonly end: number;
}

function* partsOf(left: Side, right: Side, partners: Int32Array): Generator<DiffPart> {
  let [leftFrom, rightFrom, leftAt, rightAt] = [0, 0, 0, 0];
  for (let place = 0; place <= left.tokens.length; place++) {
    const isEnd = place === left.tokens.length;
    const other = isEnd ? right.tokens.length : (partners[place] ?? -1);
    if (other === -1) continue;
    const leftTo = left.tokens[place]?.start ?? left.text.length;
    const rightTo = right.tokens[other]?.start ?? right.text.length;
    yield* gapParts(
      left.text,
      { tokens: left.tokens.slice(leftAt, place), start: leftFrom, end: leftTo },
      right.text,
      { tokens: right.tokens.slice(rightAt, other), start: rightFrom, end: rightTo },
    );
    if (isEnd) break;
    leftFrom = left.tokens[place]?.end ?? leftTo;
    rightFrom = right.tokens[other]?.end ?? rightTo;
    yield { kind: 'same', text: left.text.slice(leftTo, leftFrom) };
    [leftAt, rightAt] = [place + 1, other + 1];
  }
}

/**
 * What stands between two pairs of partners: equal white space at both ends, and changes between. Lines of code and lines
 * that were moved keep their own.
 */
function* gapParts(original: string, left: Gap, refined: string, right: Gap): Generator<DiffPart> {
  const [firstLeft, firstRight] = [left, right].map(({ tokens }) => tokens.find(isLine));
  const mostBefore = Math.min(
    (firstLeft?.start ?? left.end) - left.start,
    (firstRight?.start ?? right.end) - right.start,
  );
  let before = 0;
  while (before < mostBefore && isSameSpace(original, left.start + before, refined, right.start + before))
    before += 1;
  const [lastLeft, lastRight] = [left, right].map(({ tokens }) => tokens.findLast(isLine));
  const mostAfter = Math.min(
    left.end - Math.max(left.start + before, lastLeft?.end ?? 0),
    right.end - Math.max(right.start + before, lastRight?.end ?? 0),
  );
  let after = 0;
  while (after < mostAfter && isSameSpace(original, left.end - after - 1, refined, right.end - after - 1))
    after += 1;
  yield { kind: 'same', text: original.slice(left.start, left.start + before) };
  yield* changedParts(original, left.start + before, left.end - after, left.tokens, 'from');
  yield* changedParts(refined, right.start + before, right.end - after, right.tokens, 'to');
  yield { kind: 'same', text: original.slice(left.end - after, left.end) };
}

function isLine({ kind }: Token): boolean {
  return kind === 'line';
}

const SPACE = /\s/;

function isSameSpace(original: string, left: number, refined: string, right: number): boolean {
  const character = original.charAt(left);
  return character === refined.charAt(right) && SPACE.test(character);
}

function* changedParts(
  text: string,
  from: number,
  to: number,
  tokens: readonly Token[],
  end: 'from' | 'to',
): Generator<DiffPart> {
  const kind = end === 'from' ? 'removed' : 'added';
  let at = from;
  for (const { start, end: moveEnd, shared } of tokens) {
    if (shared === undefined) continue;
    yield { kind, text: text.slice(at, start) };
    yield { kind: 'moved', end, move: shared, text: text.slice(start, moveEnd) };
    at = moveEnd;
  }
  yield { kind, text: text.slice(at, to) };
}

/** Leaves out empty parts, makes one of equal ones that follow each other, and counts the moves in reading order. */
function joinParts(parts: Iterable<DiffPart>): DiffPart[] {
  const joined: DiffPart[] = [];
  const moves = new Map<number, number>();
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.text === '') continue;
    if (part.kind === 'moved') {
      const move = moves.get(part.move) ?? moves.size + 1;
      moves.set(part.move, move);
      joined.push({ ...part, move });
    } else if (last?.kind === part.kind)
      joined[joined.length - 1] = { kind: part.kind, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}
