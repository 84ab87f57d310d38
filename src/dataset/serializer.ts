import type { Container } from './file-format.js';
import { isRawJson } from './lossless-json.js';

/** The text of a container, in pieces: what stands before the rows, each row, and what stands behind. */
export interface Serializer {
  readonly open: string;
  /** @param index 0-based position among the rows written */
  row(row: object, index: number): string;
  close(count: number): string;
}

/** The one way in which each container is written. */
export const serializers: Readonly<Record<Container, Serializer>> = {
  // Byte for byte what Python's `json.dumps(rows, indent=4)` gives, because that is how Alpaca, and most that
  // came of it, were written: a row that was not changed does not show in a diff.
  json: {
    open: '[',
    row: (row, index) => `${index === 0 ? '' : ','}\n    ${indented(row, '    ')}`,
    close: (count) => (count === 0 ? ']' : '\n]'),
  },
  jsonl: {
    open: '',
    row: (row) => `${lineSafe(JSON.stringify(row))}\n`,
    close: () => '',
  },
};

/** The text of a dataset in pieces, one row in memory at a time. */
export function* serializeRows(rows: Iterable<object>, container: Container): Generator<string, void> {
  const serializer = serializers[container];
  yield serializer.open;
  let count = 0;
  for (const row of rows) {
    yield serializer.row(row, count);
    count += 1;
  }
  yield serializer.close(count);
}

function indented(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null || isRawJson(value)) return ascii(JSON.stringify(value));
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + indented(item, inner)).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  const lines = members.map(
    ([key, item]) => `${inner}${ascii(JSON.stringify(key))}: ${indented(item, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** Python escapes each half of a surrogate pair by itself, and DEL. */
function ascii(json: string): string {
  return json.replaceAll(/[\u007f-\uffff]/g, escapeCharacter);
}

/** Readers that split at every Unicode line end would else find two lines where a text has one of these. */
function lineSafe(json: string): string {
  return json.replaceAll(/[\u0085\u2028\u2029]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
