import { Chip } from './chip.js';
import { DataText } from './data-text.js';
import { type FindingLinks, itemId, markId } from './finding-mark.js';

/** What the checks say, each tied to its place in the text. */
export function FindingList({ links }: { readonly links: FindingLinks }) {
  if (links.findings.length === 0) return <p class="muted">The checks found nothing.</p>;
  return (
    <ol class="finding-list">
      {links.findings.map((finding, place) => (
        <li
          key={place}
          id={itemId(links, place)}
          class={links.active === place ? 'finding-item finding-item-active' : 'finding-item'}
          onMouseEnter={() => links.point(place)}
          onMouseLeave={() => links.point(null)}
        >
          <span class="finding-head">
            <Chip kind={finding.severity} />
            {finding.start === null ? (
              <code>{finding.check}</code>
            ) : (
              <button
                type="button"
                class="finding-go"
                onFocus={() => links.point(place)}
                onBlur={() => links.point(null)}
                onClick={() => goToMark(links, place)}
              >
                <span class="hidden">Show in the text: </span>
                <code>{finding.check}</code>
              </button>
            )}
          </span>
          <span class="data">
            <DataText text={finding.message} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Focuses the place of a finding, which may begin within that of another. */
function goToMark(links: FindingLinks, place: number): void {
  const own = document.getElementById(markId(links, place));
  const described = document.querySelector<HTMLElement>(`[aria-describedby~="${itemId(links, place)}"]`);
  const mark = own ?? described;
  mark?.scrollIntoView({ block: 'center' });
  mark?.focus({ preventScroll: true });
}
