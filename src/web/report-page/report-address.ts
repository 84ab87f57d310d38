import { addressQuery, type RecordAddress, readAddress } from '../addresses/record-address.js';

/** What the address of a report says after `#`: which example, of which filter. */
export interface ReportAddress extends RecordAddress {
  /** Undefined for the report as a whole. */
  readonly id: string | undefined;
}

/** Reads `#ID`, `#?check=loop` or `#ID?check=loop`. An id is encoded, so that its own question marks are none. */
export function readReportAddress(hash: string): ReportAddress {
  const text = hash.replace(/^#/, '');
  const mark = text.indexOf('?');
  const name = mark < 0 ? text : text.slice(0, mark);
  return { ...readAddress(mark < 0 ? '' : text.slice(mark + 1)), id: name === '' ? undefined : decode(name) };
}

/** The same, with `#`. */
export function reportHash({ id, ...address }: ReportAddress): string {
  const query = addressQuery(address);
  return `#${id === undefined ? '' : encodeURIComponent(id)}${query === '' ? '' : `?${query}`}`;
}

/** As it stands when it is badly encoded: somebody typed it. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
