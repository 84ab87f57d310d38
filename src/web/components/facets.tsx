import { VERDICTS } from '../../checks/severity.js';
import { formatCount } from '../../report/figures.js';
import { CHANGE_RANGES, DECIDED, type FacetCounts, type RecordFilter } from '../../report/record-query.js';
import { OUTCOMES } from '../../run/outcomes.js';
import type { FacetName } from '../addresses/record-address.js';

interface FacetsProps {
  readonly filter: RecordFilter;
  /** Undefined while they are counted. */
  readonly counts: FacetCounts | undefined;
  readonly onToggle: (facet: FacetName, value: string) => void;
  /** Facets that say nothing of these records. */
  readonly without?: readonly FacetName[];
  /** What the checks find, by id: shown where one points at them. */
  readonly descriptions?: ReadonlyMap<string, string>;
}

/** Names of values where the word alone would not say it. */
const LABELS: Readonly<Record<string, string>> = {
  'decision:none': 'undecided',
  'decision:accept': 'accepted',
  'decision:reject': 'rejected',
  'decision:edit': 'edited',
  'change:none': 'none',
  ...Object.fromEntries(
    CHANGE_RANGES.slice(1).map(({ name, from }, index) => {
      const end = CHANGE_RANGES[index + 2]?.from ?? 1;
      return [`change:${name}`, `${name} (${Math.round(from * 100)}–${Math.round(end * 100)} %)`];
    }),
  ),
};

/** The filters beside a list, with how many records each choice would leave. */
export function Facets({ filter, counts, onToggle, without = [], descriptions }: FacetsProps) {
  const checks = Object.entries(counts?.check ?? {})
    .sort(([one, ones], [other, others]) => others - ones || one.localeCompare(other))
    .map(([check]) => check);
  const groups: readonly { facet: FacetName; title: string; values: readonly string[] }[] = [
    { facet: 'decision', title: 'Decision', values: DECIDED },
    { facet: 'verdict', title: 'Verdict', values: VERDICTS },
    { facet: 'outcome', title: 'Outcome', values: OUTCOMES },
    { facet: 'change', title: 'Change', values: CHANGE_RANGES.map(({ name }) => name) },
    { facet: 'check', title: 'Check', values: [...new Set([...filter.check, ...checks])] },
  ];
  return groups.map(({ facet, title, values }) =>
    values.length === 0 || without.includes(facet) ? null : (
      <fieldset key={facet} class="facet">
        <legend>{title}</legend>
        {values.map((value) => {
          const chosen = (filter[facet] as readonly string[]).includes(value);
          const count = counts?.[facet][value] ?? 0;
          return (
            <label
              key={value}
              class={count === 0 && !chosen ? 'facet-value facet-value-empty' : 'facet-value'}
              title={facet === 'check' ? descriptions?.get(value) : undefined}
            >
              <input type="checkbox" checked={chosen} onChange={() => onToggle(facet, value)} />
              <span class="facet-label">{LABELS[`${facet}:${value}`] ?? value}</span>{' '}
              <span class="number">{counts === undefined ? '' : formatCount(count)}</span>
            </label>
          );
        })}
      </fieldset>
    ),
  );
}
