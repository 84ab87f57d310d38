/**
 * A stretch of text that both versions share, that only one of them has, or that stands at another place in each. The
 * parts of a difference, in reading order, add up to both texts: those that are not `added` and not `moved` `to` to the
 * original, those that are not `removed` and not `moved` `from` to the refined text.
 */
export type DiffPart = ChangedPart | MovedPart;

export interface ChangedPart {
  readonly kind: 'same' | 'removed' | 'added';
  /** Never empty. */
  readonly text: string;
}

/** A line, a list item or several lines that both texts have, but at another place. */
export interface MovedPart {
  readonly kind: 'moved';
  /** `from`: here it stood in the original; `to`: here it stands in the refined text. */
  readonly end: 'from' | 'to';
  /** Which move it is, from 1: the part at its other end has the same number and the same text. */
  readonly move: number;
  readonly text: string;
}

/** Whether a part belongs to the original text. */
export function isInOriginal(part: DiffPart): boolean {
  return part.kind === 'moved' ? part.end === 'from' : part.kind !== 'added';
}

/** Whether a part belongs to the refined text. */
export function isInRefined(part: DiffPart): boolean {
  return part.kind === 'moved' ? part.end === 'to' : part.kind !== 'removed';
}
