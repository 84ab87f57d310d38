import type { ComponentChildren } from 'preact';
import type { FindingData } from '../../report/record-data.js';

/** How the places of findings in a text and their list know of each other. */
export interface FindingLinks {
  readonly findings: readonly FindingData[];
  /** The finding that is pointed at, by its place in the list; null for none. */
  readonly active: number | null;
  /** Beginning of the ids of marks and list items, unique on the page. */
  readonly idPrefix: string;
  point(finding: number | null): void;
  /** Goes to a finding's item in the list. */
  goToItem(finding: number): void;
}

export const markId = ({ idPrefix }: FindingLinks, finding: number) => `${idPrefix}-mark-${finding}`;
export const itemId = ({ idPrefix }: FindingLinks, finding: number) => `${idPrefix}-item-${finding}`;

interface FindingMarkProps {
  /** Places in the list of findings; never empty. */
  readonly findings: readonly number[];
  /** Those that begin here: by them it can be reached with the keyboard. */
  readonly opens: readonly number[];
  readonly links: FindingLinks;
  readonly children: ComponentChildren;
}

const WORST_FIRST = ['fail', 'flag', 'note'] as const;

/** The place of one or more findings in a text: underlined by severity, and tied to their explanations. */
export function FindingMark({ findings, opens, links, children }: FindingMarkProps) {
  const [finding = 0] = opens.length === 0 ? findings : opens;
  const severities = new Set(findings.map((place) => links.findings[place]?.severity));
  const worst = WORST_FIRST.find((severity) => severities.has(severity)) ?? 'note';
  const active = links.active !== null && findings.includes(links.active);
  const shared = {
    class: `finding finding-${worst}${active ? ' finding-active' : ''}`,
    onMouseEnter: () => links.point(finding),
    onMouseLeave: () => links.point(null),
  };
  if (opens.length === 0) return <span {...shared}>{children}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button would not break across lines
    <span
      {...shared}
      id={markId(links, finding)}
      role="button"
      tabIndex={0}
      aria-describedby={findings.map((place) => itemId(links, place)).join(' ')}
      onFocus={() => links.point(finding)}
      onBlur={() => links.point(null)}
      onClick={() => links.goToItem(finding)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        links.goToItem(finding);
      }}
    >
      {children}
    </span>
  );
}
