import { type DiffPart, isInOriginal, isInRefined } from './diff-part.js';
import { heaviestChain, type Link } from './heaviest-chain.js';

/** A line of one text. */
export interface DiffLine<Part extends DiffPart = DiffPart> {
  /** Its number, from 1. */
  readonly line: number;
  /** What it consists of, without the line break; empty for a blank line. */
  readonly parts: readonly Part[];
}

/** Lines of both texts that stand beside each other; null where one has no such line. Never both null. */
export interface DiffRow<Part extends DiffPart = DiffPart> {
  readonly original: DiffLine<Part> | null;
  readonly refined: DiffLine<Part> | null;
  /** Whether the two lines are the same. */
  readonly isSame: boolean;
}

/**
 * Lays a difference out in lines: those that have most text in common beside each other, in order, and what stands between
 * them side by side as far as it goes. Parts with marks of findings keep them. All rows together have each line of both
 * texts once, in order; a line break at the end of a text is followed by an empty line.
 */
export function sideBySide<Part extends DiffPart>(parts: readonly Part[]): DiffRow<Part>[] {
  const original: Part[][] = [[]];
  const refined: Part[][] = [[]];
  const links: Link[] = [];
  for (const part of parts) {
    for (const [index, text] of part.text.split('\n').entries()) {
      if (index > 0 && isInOriginal(part)) original.push([]);
      if (index > 0 && isInRefined(part)) refined.push([]);
      const [left, right] = [original.length - 1, refined.length - 1];
      const weight = text.trim().length;
      if (part.kind === 'same' && weight > 0) addLink(links, { left, right, weight });
      if (text === '') continue;
      const piece = { ...part, text };
      if (isInOriginal(part)) original[left]?.push(piece);
      if (isInRefined(part)) refined[right]?.push(piece);
    }
  }
  return toRows(original, refined, heaviestChain(links));
}

function addLink(links: Link[], link: Link): void {
  const last = links.at(-1);
  if (last?.left === link.left && last.right === link.right)
    links[links.length - 1] = { ...last, weight: last.weight + link.weight };
  else links.push(link);
}

function toRows<Part extends DiffPart>(
  original: readonly Part[][],
  refined: readonly Part[][],
  chain: readonly Link[],
): DiffRow<Part>[] {
  const rows: DiffRow<Part>[] = [];
  let [left, right] = [0, 0];
  for (const link of [...chain, { left: original.length, right: refined.length }]) {
    while (left < link.left || right < link.right) {
      const [isLeft, isRight] = [left < link.left, right < link.right];
      const [isBlankLeft, isBlankRight] = [isBlank(original[left]), isBlank(refined[right])];
      const areLast = left + 1 === link.left && right + 1 === link.right;
      // A blank line is beside another blank one, or beside nothing, unless no other line is left.
      const areAlike = isBlankLeft === isBlankRight || areLast;
      const takesLeft = isLeft && (!isRight || areAlike || isBlankRight);
      const takesRight = isRight && (!isLeft || areAlike || isBlankLeft);
      rows.push(
        toRow(takesLeft ? lineOf(original, left++) : null, takesRight ? lineOf(refined, right++) : null),
      );
    }
    if (left < original.length || right < refined.length)
      rows.push(toRow(lineOf(original, left++), lineOf(refined, right++)));
  }
  return rows;
}

function isBlank(parts: readonly DiffPart[] | undefined): boolean {
  return parts?.every(({ text }) => text.trim() === '') ?? false;
}

function lineOf<Part extends DiffPart>(lines: readonly Part[][], index: number): DiffLine<Part> | null {
  const parts = lines[index];
  return parts === undefined ? null : { line: index + 1, parts };
}

function toRow<Part extends DiffPart>(
  original: DiffLine<Part> | null,
  refined: DiffLine<Part> | null,
): DiffRow<Part> {
  const isSame = original !== null && refined !== null && textOf(original) === textOf(refined);
  return { original, refined, isSame };
}

function textOf({ parts }: DiffLine): string {
  return parts.map(({ text }) => text).join('');
}
