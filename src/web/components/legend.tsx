import { formatCount } from '../../report/figures.js';

export interface LegendEntry {
  readonly name: string;
  /** Ending of the class that gives its bars their look. */
  readonly look: string;
  readonly count?: number;
  readonly href?: string | undefined;
}

/** What the bars of a chart stand for, in the order in which they stand. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {entries.map(({ name, look, count, href }) => (
        <li key={name}>
          <svg class="legend-sign" viewBox="0 0 10 10" aria-hidden="true">
            <rect class={`bar bar-${look}`} x="0.5" y="0.5" width="9" height="9" rx="1.5" />
          </svg>
          {href === undefined ? name : <a href={href}>{name}</a>}
          {count !== undefined && <span class="number">{formatCount(count)}</span>}
        </li>
      ))}
    </ul>
  );
}
