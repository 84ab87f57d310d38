import { type DiffPart, diffTexts } from '../diff/diff-texts.js';
import type { FindingData } from '../report/record-data.js';

/** A stretch of text that is shown in one way: of one kind, and within the same findings. */
export interface Piece {
  readonly kind: DiffPart['kind'];
  readonly text: string;
  /** Which findings it belongs to, by their place in the list. */
  readonly findings: readonly number[];
}

/** A line of both texts beside each other; null where the other side has lines of its own. */
export interface LinePair {
  readonly left: readonly Piece[] | null;
  readonly right: readonly Piece[] | null;
}

type Span = Pick<FindingData, 'start' | 'end'>;

/** Both texts as one, in reading order: what was removed stands before what came in its place. */
export function inlinePieces(original: string, refined: string, findings: readonly Span[]): Piece[] {
  let offset = 0;
  return diffTexts(original, refined).flatMap((part) => {
    if (part.kind === 'removed') return [{ ...part, findings: [] }];
    const start = offset;
    offset += part.text.length;
    return cutAtFindings(part, start, findings);
  });
}

/** A text that is compared with nothing. */
export function plainPieces(text: string, findings: readonly Span[]): Piece[] {
  return text === '' ? [] : cutAtFindings({ kind: 'same', text }, 0, findings);
}

function cutAtFindings({ kind, text }: DiffPart, offset: number, findings: readonly Span[]): Piece[] {
  const end = offset + text.length;
  const borders = new Set([offset, end]);
  for (const span of findings) {
    for (const border of [span.start, span.end]) {
      if (border !== null && border > offset && border < end) borders.add(border);
    }
  }
  const cuts = [...borders].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((start, index) => {
    const stop = cuts[index + 1] ?? end;
    return {
      kind,
      text: text.slice(start - offset, stop - offset),
      findings: findings.flatMap((span, place) => (covers(span, start, stop) ? [place] : [])),
    };
  });
}

function covers({ start, end }: Span, from: number, to: number): boolean {
  return start !== null && end !== null && start <= from && end >= to && end > start;
}

/** The pieces as lines beside each other: a line break that both texts have brings both back to the same height. */
export function pairLines(pieces: readonly Piece[]): LinePair[] {
  const pairs: LinePair[] = [];
  const left = createSide();
  const right = createSide();
  const level = () => {
    left.endLine();
    right.endLine();
    const lefts = left.take();
    const rights = right.take();
    for (let index = 0; index < Math.max(lefts.length, rights.length); index++) {
      pairs.push({ left: lefts[index] ?? null, right: rights[index] ?? null });
    }
  };
  for (const piece of pieces) {
    for (const [index, text] of piece.text.split('\n').entries()) {
      if (index > 0 && piece.kind === 'same') level();
      else if (index > 0) (piece.kind === 'removed' ? left : right).endLine();
      if (text === '') continue;
      if (piece.kind !== 'added') left.add({ ...piece, text, findings: [] });
      if (piece.kind !== 'removed') right.add({ ...piece, text });
    }
  }
  level();
  return pairs;
}

function createSide() {
  let lines: Piece[][] = [];
  let line: Piece[] = [];
  return {
    add: (piece: Piece) => {
      line.push(piece);
    },
    endLine: () => {
      lines.push(line);
      line = [];
    },
    take: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
  };
}

/** What is cut off of a long text, so that a page stays quick: the first `limit` characters of the pieces. */
export function firstPieces(pieces: readonly Piece[], limit: number): { shown: Piece[]; hidden: number } {
  const shown: Piece[] = [];
  let left = limit;
  let hidden = 0;
  for (const piece of pieces) {
    const kept = piece.text.slice(0, Math.max(0, left));
    if (kept !== '') shown.push(kept === piece.text ? piece : { ...piece, text: kept });
    left -= piece.text.length;
    hidden += piece.text.length - kept.length;
  }
  return { shown, hidden };
}
