import { type DiffPart, isInRefined } from './diff-part.js';

/** What a check found: where in the refined text, in UTF-16 offsets; null for what concerns the whole. */
export interface FoundSpan {
  readonly start: number | null;
  readonly end: number | null;
}

/** A part, or a piece of one, that lies in the spans of the same findings from its beginning to its end. */
export type MarkedPart = DiffPart & {
  /** Places of these findings in the list that was given, in order; empty for none, and for what is not in the refined text. */
  readonly findings: readonly number[];
};

/**
 * Cuts parts where findings in the refined text begin or end. Spans may lie in each other and overlap; those that are
 * empty, or reach beyond the text, mark what there is of them. Taken together, the pieces are the parts as they were.
 */
export function markFindings(parts: readonly DiffPart[], findings: readonly FoundSpan[]): MarkedPart[] {
  const bounds: { readonly at: number; readonly finding: number; readonly opens: boolean }[] = [];
  for (const [finding, { start, end }] of findings.entries()) {
    if (start === null || end === null || start >= end) continue;
    bounds.push({ at: start, finding, opens: true }, { at: end, finding, opens: false });
  }
  bounds.sort((one, other) => one.at - other.at);

  const pieces: MarkedPart[] = [];
  const open = new Set<number>();
  let next = 0;
  let offset = 0;
  for (const part of parts) {
    if (!isInRefined(part)) {
      pieces.push({ ...part, findings: [] });
      continue;
    }
    const end = offset + part.text.length;
    for (let from = offset; from < end; ) {
      for (let bound = bounds[next]; bound !== undefined && bound.at <= from; bound = bounds[++next]) {
        if (bound.opens) open.add(bound.finding);
        else open.delete(bound.finding);
      }
      const to = Math.min(end, bounds[next]?.at ?? end);
      const text = part.text.slice(from - offset, to - offset);
      pieces.push({ ...part, text, findings: [...open].sort((one, other) => one - other) });
      from = to;
    }
    offset = end;
  }
  return pieces;
}
