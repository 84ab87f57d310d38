import type { Line, LineKind } from '../text/lines.js';
import { heaviestChain, type Link } from './heaviest-chain.js';
import type { SharedLine } from './tokens.js';

/** The lines that both texts have, each list in the order of its text. */
export interface SharedLines {
  readonly original: readonly SharedLine[];
  readonly refined: readonly SharedLine[];
  /** Numbers of those that are in the same order in both texts. */
  readonly inOrder: ReadonlySet<number>;
}

/** Fewest characters of a line that says enough to be known again elsewhere, where it is not `SHORTEST_LINE`. */
const SHORTEST: Partial<Record<LineKind, number>> = { item: 3, code: 6 };
const SHORTEST_LINE = 12;

interface Span {
  readonly start: number;
  readonly end: number;
}

interface LineLink extends Link {
  readonly original: Span;
  readonly refined: Span;
}

/**
 * Finds the lines that both texts have, once each, whatever their number or bullet is, and which of them are in the same
 * order in both, as many characters as possible.
 */
export function findSharedLines(
  original: string,
  originalLines: readonly Line[],
  refined: string,
  refinedLines: readonly Line[],
): SharedLines {
  const there = uniqueLines(refined, refinedLines);
  const links: LineLink[] = [];
  for (const [key, here] of uniqueLines(original, originalLines)) {
    const other = there.get(key);
    if (here === null || other === undefined || other === null) continue;
    links.push({
      ...{ left: here.start, right: other.start, weight: here.end - here.start },
      ...{ original: here, refined: other },
    });
  }
  const chain = heaviestChain(links);
  const stayed = new Set(chain);
  const moved = links.filter((link) => !stayed.has(link));
  const all = [...chain, ...joinMoves(moved, original, refined)];
  const linesOf = (side: 'original' | 'refined'): SharedLine[] =>
    all.map((link, shared) => ({ ...link[side], shared })).sort((one, other) => one.start - other.start);
  return {
    original: linesOf('original'),
    refined: linesOf('refined'),
    inOrder: new Set(chain.keys()),
  };
}

/** The lines that say enough, by their words; null for words that stand on several. */
function uniqueLines(text: string, lines: readonly Line[]): Map<string, Span | null> {
  const found = new Map<string, Span | null>();
  for (const { kind, start, from, end, content } of lines) {
    const shortest = SHORTEST[kind] ?? SHORTEST_LINE;
    if (kind === 'fence' || content.length < shortest || !/[\p{L}\p{N}]/u.test(content)) continue;
    const span = kind === 'code' ? { start, end } : { start: from, end: from + content.length };
    const key = text.slice(span.start, span.end);
    found.set(key, found.has(key) ? null : span);
  }
  return found;
}

/** Makes one of lines between which the same stands in both texts. */
function joinMoves(links: readonly LineLink[], original: string, refined: string): LineLink[] {
  const joined: LineLink[] = [];
  for (const link of links) {
    const last = joined.at(-1);
    const between = last && original.slice(last.original.end, link.original.start);
    if (last !== undefined && between === refined.slice(last.refined.end, link.refined.start)) {
      const [before, after] = [
        { ...last.original, end: link.original.end },
        { ...last.refined, end: link.refined.end },
      ];
      joined[joined.length - 1] = { ...last, original: before, refined: after };
    } else joined.push(link);
  }
  return joined;
}
