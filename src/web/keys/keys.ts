/** What keys can do. */
export type Command =
  | 'next'
  | 'previous'
  | 'open'
  | 'accept'
  | 'reject'
  | 'edit'
  | 'retry'
  | 'undo'
  | 'view'
  | 'finding'
  | 'older'
  | 'newer'
  | 'search'
  | 'list'
  | 'help';

/** `report` is the page of a report in a file, where nothing is decided. */
export type KeyPage = 'records' | 'record' | 'report';

interface KeyRule {
  readonly command: Command;
  /** As `KeyboardEvent.key` gives it, in lower case. */
  readonly key: string;
  /** What the key does, by page; it does nothing on the others. */
  readonly on: { readonly [Page in KeyPage]?: string };
  /** Whether Shift keeps the page at its record. */
  readonly canStay?: boolean;
}

/** Every key, in the order in which help shows them. */
export const KEY_RULES: readonly KeyRule[] = [
  { command: 'next', key: 'j', on: { records: 'Next row', record: 'Next record', report: 'Next example' } },
  {
    command: 'previous',
    key: 'k',
    on: { records: 'Row before', record: 'Record before', report: 'Example before' },
  },
  { command: 'open', key: 'enter', on: { records: 'Open the record' } },
  {
    command: 'accept',
    key: 'a',
    on: { records: 'Accept the refined response', record: 'Accept the response that is shown' },
    canStay: true,
  },
  {
    command: 'reject',
    key: 'r',
    on: { records: 'Reject: keep the original', record: 'Reject: keep the original' },
    canStay: true,
  },
  { command: 'edit', key: 'e', on: { record: 'Edit the refined response' } },
  { command: 'retry', key: 't', on: { records: 'Retry all that match', record: 'Retry this record' } },
  {
    command: 'undo',
    key: 'u',
    on: { records: 'Undo the latest decision', record: 'Undo the latest decision' },
  },
  { command: 'view', key: 'v', on: { record: 'Side by side, or inline', report: 'Side by side, or inline' } },
  { command: 'finding', key: 'n', on: { record: 'Next finding in the text' } },
  { command: 'older', key: '[', on: { records: 'Page before', record: 'Attempt before' } },
  { command: 'newer', key: ']', on: { records: 'Next page', record: 'Next attempt' } },
  { command: 'search', key: '/', on: { records: 'Search', record: 'Search all records', report: 'Search' } },
  { command: 'list', key: 'escape', on: { record: 'Back to the list' } },
  { command: 'help', key: '?', on: { records: 'This help', record: 'This help', report: 'This help' } },
];

/** What is known of a key that was pressed; a `KeyboardEvent` has all of it. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** Whether the key is being held down. */
  readonly repeat: boolean;
}

/** What a key does on a page, and whether the page stays where it is afterwards; undefined for nothing. */
export function commandOf(
  press: KeyPress,
  page: KeyPage,
): { readonly command: Command; readonly stay: boolean } | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const key = press.key.toLowerCase();
  const rule = KEY_RULES.find((known) => known.key === key && known.on[page] !== undefined);
  if (rule === undefined) return undefined;
  const isLetter = /^[a-z]$/.test(key);
  if (press.shiftKey && isLetter && rule.canStay !== true) return undefined;
  // A key that is held down moves on, but never decides about one record after the other.
  if (press.repeat && rule.command !== 'next' && rule.command !== 'previous') return undefined;
  return { command: rule.command, stay: press.shiftKey && isLetter };
}
