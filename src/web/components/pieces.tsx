import type { Piece } from '../compared-text.js';
import { DataText } from './data-text.js';
import { type FindingLinks, FindingMark } from './finding-mark.js';

interface PiecesProps {
  readonly pieces: readonly Piece[];
  readonly links: FindingLinks;
}

/** Text of a comparison, in the flow: what was removed and added, and what the checks found. */
export function Pieces({ pieces, links }: PiecesProps) {
  const seen = new Set<number>();
  return pieces.map((piece, index) => {
    const isFirst = piece.findings.some((finding) => !seen.has(finding));
    for (const finding of piece.findings) seen.add(finding);
    const text = <DataText text={piece.text} />;
    const marked =
      piece.findings.length === 0 ? (
        text
      ) : (
        <FindingMark findings={piece.findings} first={isFirst} links={links}>
          {text}
        </FindingMark>
      );
    if (piece.kind === 'removed') return <del key={index}>{marked}</del>;
    if (piece.kind === 'added') return <ins key={index}>{marked}</ins>;
    return <span key={index}>{marked}</span>;
  });
}
