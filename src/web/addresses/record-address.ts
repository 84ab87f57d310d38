import { VERDICTS } from '../../checks/severity.js';
import {
  CHANGE_RANGES,
  DECIDED,
  type FacetCounts,
  RECORD_ORDERS,
  type RecordFilter,
  type RecordOrder,
} from '../../report/record-query.js';
import { OUTCOMES } from '../../run/outcomes.js';
import { DIFF_MODES, type DiffMode } from '../diff-mode.js';

/** What the address of a record list or of a record says after its question mark. */
export interface RecordAddress {
  readonly filter: RecordFilter;
  readonly sort: RecordOrder;
  /** From 1. */
  readonly page: number;
  /** How a record is shown; undefined where the address leaves it to the reader's last choice. */
  readonly view: DiffMode | undefined;
}

export type FacetName = keyof FacetCounts;

export const NO_FILTER: RecordFilter = {
  outcome: [],
  verdict: [],
  check: [],
  change: [],
  decision: [],
  q: '',
};

/** Reads a query; what is unknown in it is left out, for an old link should still lead somewhere. */
export function readAddress(query: string): RecordAddress {
  const fields = new URLSearchParams(query);
  const page = Number(fields.get('page'));
  return {
    filter: {
      outcome: listed(fields, 'outcome', OUTCOMES),
      verdict: listed(fields, 'verdict', VERDICTS),
      check: (fields.get('check') ?? '').split(',').filter((check) => check !== ''),
      change: listed(
        fields,
        'change',
        CHANGE_RANGES.map(({ name }) => name),
      ),
      decision: listed(fields, 'decision', DECIDED),
      q: (fields.get('q') ?? '').slice(0, 200),
    },
    sort: known(fields.get('sort'), RECORD_ORDERS) ?? 'id',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    view: known(fields.get('view'), DIFF_MODES),
  };
}

function listed<Name extends string>(fields: URLSearchParams, key: string, names: readonly Name[]): Name[] {
  const wanted = (fields.get(key) ?? '').split(',');
  return names.filter((name) => wanted.includes(name));
}

function known<Name extends string>(name: string | null, names: readonly Name[]): Name | undefined {
  return names.find((other) => other === name);
}

/** The filter and the order as a query, without what is left at its default; the same choice is always the same text. */
export function filterQuery(filter: RecordFilter, sort: RecordOrder): string {
  return formatQuery([...filterFields(filter), ['sort', sort === 'id' ? '' : sort]]);
}

/** The query of an address; of two equal ones it is the same text. */
export function addressQuery({ filter, sort, page, view }: RecordAddress): string {
  return formatQuery([
    ...filterFields(filter),
    ['sort', sort === 'id' ? '' : sort],
    ['page', page === 1 ? '' : String(page)],
    ['view', view ?? ''],
  ]);
}

/** The filter as fields of text, as the API takes it in addresses and bodies. */
export function filterFields(filter: RecordFilter): [string, string][] {
  const { q, ...lists } = filter;
  return [
    ...Object.entries(lists).map(([key, values]): [string, string] => [key, values.join(',')]),
    ['q', q],
  ];
}

function formatQuery(fields: readonly (readonly [string, string])[]): string {
  return fields
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
}

/** The filter with a value chosen that was not, or the other way round. */
export function toggle(filter: RecordFilter, facet: FacetName, value: string): RecordFilter {
  const chosen: readonly string[] = filter[facet];
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return readAddress(formatQuery(filterFields({ ...filter, [facet]: next }))).filter;
}

export function isFiltered(filter: RecordFilter): boolean {
  return filterQuery(filter, 'id') !== '';
}
