import { useMemo, useState } from 'preact/hooks';
import type { DiffPart } from '../../diff/diff-part.js';
import { diffTexts } from '../../diff/diff-texts.js';
import { type MarkedPart, markFindings } from '../../diff/mark-findings.js';
import { type DiffLine, sideBySide } from '../../diff/side-by-side.js';
import { formatCount } from '../../report/figures.js';
import type { DiffMode } from '../diff-mode.js';
import { beginningOf } from '../wording/beginning.js';
import type { FindingLinks } from './finding-mark.js';
import { MarkedParts } from './marked-parts.js';

/** Characters of each text that are compared at first; far beyond nearly every pair. */
const COMPARED_AT_FIRST = 50_000;
/** How much more of it each wish for more shows. */
const GROWTH = 4;

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
  const [limit, setLimit] = useState(COMPARED_AT_FIRST);
  const left = beginningOf(original, limit);
  const right = refined === null ? null : beginningOf(refined, limit);
  const difference = useMemo<DiffPart[]>(
    () => (right === null ? [{ kind: 'same', text: left }] : diffTexts(left, right)),
    [left, right],
  );
  const parts = useMemo(
    () => markFindings(difference, right === null ? [] : findings),
    [difference, right, findings],
  );
  const hidden = original.length - left.length + (refined ?? '').length - (right ?? '').length;
  return (
    <div class="diff">
      {refined === null || mode === 'inline' ? (
        <div class="diff-inline data">
          <MarkedParts parts={parts} links={links} />
        </div>
      ) : (
        <SideBySide parts={parts} links={links} />
      )}
      {hidden > 0 && (
        <p class="diff-more muted">
          These are the beginnings of both texts; {formatCount(hidden)} more characters follow.
          <button type="button" class="button" onClick={() => setLimit(limit * GROWTH)}>
            Show more
          </button>
        </p>
      )}
    </div>
  );
}

interface SideBySideProps {
  readonly parts: readonly MarkedPart[];
  readonly links: FindingLinks;
}

function SideBySide({ parts, links }: SideBySideProps) {
  const rows = useMemo(() => sideBySide(parts), [parts]);
  return (
    <table class="diff-side">
      <thead>
        <tr>
          <th scope="col">Original</th>
          <th scope="col">Refined</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ original, refined }, place) => (
          <tr key={place}>
            <Line line={original} alone={refined === null} side="original" links={links} />
            <Line line={refined} alone={original === null} side="refined" links={links} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly line: DiffLine<MarkedPart> | null;
  /** Whether the other text has no such line: then all of it is marked, not only words of it. */
  readonly alone: boolean;
  readonly side: 'original' | 'refined';
  readonly links: FindingLinks;
}

function Line({ line, alone, side, links }: LineProps) {
  if (line === null) return <td class="diff-gap" />;
  const isMoved = line.parts.length > 0 && line.parts.every(({ kind }) => kind === 'moved');
  return (
    <td class={alone && !isMoved ? `diff-only-${side} data` : 'data'}>
      <MarkedParts parts={line.parts} links={links} />
    </td>
  );
}
