import { type DiffPart, isInRefined } from './diff-part.js';

/** What a check found: where in the refined text, in UTF-16 offsets; null for what concerns the whole. */
export interface FoundSpan {
  readonly start: number | null;
  readonly end: number | null;
}

/** A part, or a piece of one, that lies in the spans of the same findings from its beginning to its end. */
export type MarkedPart = DiffPart & FindingMarks;

/** Findings by their places in the list that was given, in order; none for what is not in the refined text. */
export interface FindingMarks {
  /** In whose spans the piece lies. */
  readonly findings: readonly number[];
  /** Of these, those whose span begins here, and those whose span ends here: each in one piece only. */
  readonly opens: readonly number[];
  readonly closes: readonly number[];
}

/**
 * Cuts parts where findings in the refined text begin or end. Spans may lie in each other and overlap; those that are
 * empty, or reach beyond the text, mark what there is of them. No piece in a span goes on beyond a line break. Taken
 * together, the pieces are the parts as they were.
 */
export function markFindings(parts: readonly DiffPart[], findings: readonly FoundSpan[]): MarkedPart[] {
  const bounds: { readonly at: number; readonly finding: number; readonly opens: boolean }[] = [];
  for (const [finding, { start, end }] of findings.entries()) {
    if (start === null || end === null || start >= end) continue;
    bounds.push({ at: start, finding, opens: true }, { at: end, finding, opens: false });
  }
  bounds.sort((one, other) => one.at - other.at);

  const pieces: { readonly part: DiffPart; readonly findings: readonly number[] }[] = [];
  const open = new Set<number>();
  let next = 0;
  let offset = 0;
  for (const part of parts) {
    if (!isInRefined(part)) {
      pieces.push({ part, findings: [] });
      continue;
    }
    const end = offset + part.text.length;
    for (let from = offset; from < end; ) {
      for (let bound = bounds[next]; bound !== undefined && bound.at <= from; bound = bounds[++next]) {
        if (bound.opens) open.add(bound.finding);
        else open.delete(bound.finding);
      }
      const lineEnd = open.size === 0 ? 0 : part.text.indexOf('\n', from - offset) + 1;
      const to = Math.min(end, bounds[next]?.at ?? end, lineEnd === 0 ? end : offset + lineEnd);
      const text = part.text.slice(from - offset, to - offset);
      pieces.push({ part: { ...part, text }, findings: [...open].sort((one, other) => one - other) });
      from = to;
    }
    offset = end;
  }
  return withEnds(pieces);
}

/** Tells where each span begins and ends: where its text does, if it is not all white space. */
function withEnds(
  pieces: readonly { readonly part: DiffPart; readonly findings: readonly number[] }[],
): MarkedPart[] {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [place, { part, findings }] of pieces.entries()) {
    const isBlank = part.text.trim() === '';
    for (const finding of findings) {
      const begun = first.get(finding);
      if (begun === undefined || (!isBlank && pieces[begun]?.part.text.trim() === ''))
        first.set(finding, place);
      if (last.get(finding) === undefined || !isBlank) last.set(finding, place);
    }
  }
  return pieces.map(({ part, findings }, place) => ({
    ...part,
    findings,
    opens: findings.filter((finding) => first.get(finding) === place),
    closes: findings.filter((finding) => last.get(finding) === place),
  }));
}
