import type { Token } from './tokens.js';

/** One text as the comparison sees it. */
export interface KeyedTokens {
  readonly tokens: readonly Token[];
  readonly keys: Int32Array;
}

/**
 * Where the end of a line could as well belong to an earlier line, moves it there: of `here. Gone.` and `there.`, each
 * sentence a line, the whole second line is gone, not the end of the first with the beginning of the second.
 */
export function settleLines(partners: Int32Array, left: KeyedTokens, right: KeyedTokens): void {
  let [leftFrom, rightFrom] = [0, 0];
  for (let at = 0; at < partners.length; at++) {
    const other = partners[at] ?? -1;
    if (other === -1) continue;
    const inLeft = lineEndIn(left, leftFrom, at);
    const inRight = lineEndIn(right, rightFrom, other);
    if (inLeft !== -1 && inRight === -1) {
      const length = lineLength(left, partners, at);
      const start = inLeft + 1 - length;
      if (length > 0 && start >= leftFrom && isEqual(left, start, at, length)) {
        partners.fill(-1, at, at + length);
        for (let index = 0; index < length; index++) partners[start + index] = other + index;
        at = start + length - 1;
      }
    } else if (inRight !== -1 && inLeft === -1) {
      const length = lineLength(left, partners, at);
      const start = inRight + 1 - length;
      if (length > 0 && start >= rightFrom && isEqual(right, start, other, length)) {
        for (let index = 0; index < length; index++) partners[at + index] = start + index;
        at += length - 1;
      }
    }
    [leftFrom, rightFrom] = [at + 1, (partners[at] ?? -1) + 1];
  }
}

/** The first line break in a range; -1 when there is none. */
function lineEndIn({ tokens }: KeyedTokens, from: number, to: number): number {
  for (let at = from; at < to; at++) if (tokens[at]?.kind === 'break') return at;
  return -1;
}

/**
 * How many tokens in a row have partners in a row, up to a line break with it; 0 when there is none among them, or when
 * the next line does not begin with partners as well: what was moved would be mixed with what changed there.
 */
function lineLength({ tokens }: KeyedTokens, partners: Int32Array, from: number): number {
  const isPaired = (at: number): boolean => partners[at] === (partners[from] ?? 0) + at - from;
  let length = 0;
  for (let at = from; at < tokens.length && isPaired(at); at++) {
    const isBreak = tokens[at]?.kind === 'break';
    if (length > 0 && !isBreak) return length;
    if (length === 0 && isBreak) length = at - from + 1;
    else if (tokens[at]?.shared !== undefined) return 0;
  }
  return 0;
}

function isEqual({ keys }: KeyedTokens, one: number, other: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (keys[one + index] !== keys[other + index]) return false;
  return true;
}
