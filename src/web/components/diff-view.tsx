import { useMemo, useState } from 'preact/hooks';
import {
  firstPieces,
  inlinePieces,
  type LinePair,
  type Piece,
  pairLines,
  plainPieces,
} from '../compared-text.js';
import type { DiffMode } from '../diff-mode.js';
import type { FindingLinks } from './finding-mark.js';
import { Pieces } from './pieces.js';

/** Characters of a comparison that are put on the page at first; far beyond nearly every pair. */
const SHOWN_AT_FIRST = 60_000;

interface DiffViewProps {
  readonly original: string;
  /** null when there is no refined response: then only the original is shown. */
  readonly refined: string | null;
  readonly mode: DiffMode;
  /** The findings in `refined`, and how they are tied to their list. */
  readonly links: FindingLinks;
}

/** Original and refined response, compared word by word, with what the checks found marked in place. */
export function DiffView({ original, refined, mode, links }: DiffViewProps) {
  const { findings } = links;
  const pieces = useMemo(
    () => (refined === null ? plainPieces(original, []) : inlinePieces(original, refined, findings)),
    [original, refined, findings],
  );
  const [showsAll, setShowsAll] = useState(false);
  const { shown, hidden } = useMemo(
    () => firstPieces(pieces, showsAll ? Number.POSITIVE_INFINITY : SHOWN_AT_FIRST),
    [pieces, showsAll],
  );
  return (
    <div class="diff">
      {refined === null || mode === 'inline' ? (
        <div class="diff-inline data">
          <Pieces pieces={shown} links={links} />
        </div>
      ) : (
        <SideBySide pieces={shown} links={links} />
      )}
      {hidden > 0 && (
        <button type="button" class="button diff-more" onClick={() => setShowsAll(true)}>
          Show all: {hidden.toLocaleString('en')} more characters
        </button>
      )}
    </div>
  );
}

function SideBySide({ pieces, links }: { readonly pieces: readonly Piece[]; readonly links: FindingLinks }) {
  const pairs = useMemo(() => pairLines(pieces), [pieces]);
  return (
    <table class="diff-side">
      <thead>
        <tr>
          <th scope="col">Original</th>
          <th scope="col">Refined</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair, index) => (
          <tr key={index}>
            <Side pair={pair} side="left" links={links} />
            <Side pair={pair} side="right" links={links} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SideProps {
  readonly pair: LinePair;
  readonly side: 'left' | 'right';
  readonly links: FindingLinks;
}

function Side({ pair, side, links }: SideProps) {
  const pieces = pair[side];
  if (pieces === null) return <td class="diff-gap" />;
  // Within lines that both texts have, marked words are enough; a line that only one has is marked whole.
  const alone = pair[side === 'left' ? 'right' : 'left'] === null;
  return (
    <td class={alone ? `diff-only-${side} data` : 'data'}>
      <Pieces pieces={pieces} links={links} />
    </td>
  );
}
