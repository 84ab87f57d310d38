import type { ComponentChildren } from 'preact';
import type { MarkedPart } from '../../diff/mark-findings.js';
import { DataText } from './data-text.js';
import { type FindingLinks, FindingMark } from './finding-mark.js';

interface MarkedPartsProps {
  readonly parts: readonly MarkedPart[];
  readonly links: FindingLinks;
}

/** Text of a comparison, in the flow: what was removed, added and moved, and what the checks found. */
export function MarkedParts({ parts, links }: MarkedPartsProps) {
  return parts.map((part, place) => {
    const text = <DataText text={part.text} />;
    return (
      <Changed key={place} part={part}>
        {part.findings.length === 0 ? (
          text
        ) : (
          <FindingMark findings={part.findings} opens={part.opens} links={links}>
            {text}
          </FindingMark>
        )}
      </Changed>
    );
  });
}

interface ChangedProps {
  readonly part: MarkedPart;
  readonly children: ComponentChildren;
}

function Changed({ part, children }: ChangedProps) {
  switch (part.kind) {
    case 'same':
      return <span>{children}</span>;
    case 'removed':
      return <del>{children}</del>;
    case 'added':
      return <ins>{children}</ins>;
    case 'moved':
      return (
        <span class={`moved moved-${part.end}`}>
          <span class="moved-sign">
            <span class="hidden">{part.end === 'from' ? 'moved away ' : 'moved here '}</span>
            <span aria-hidden="true">{part.end === 'from' ? '↱' : '↳'}</span>
            {part.move}
          </span>
          {children}
        </span>
      );
  }
}
