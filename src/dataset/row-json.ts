import { isUtf8 } from 'node:buffer';
import { MAX_ROW_BYTES, type RawRow } from './raw-row.js';
import { RowFault } from './row-fault.js';
import type { RowObject } from './shapes/shape.js';

/** A row that is JSON: its text, and the object it stands for. */
export interface ParsedRow {
  readonly text: string;
  readonly object: RowObject;
}

/** How deep values in a row may be nested; beyond, recursion over them could exhaust the stack. */
const MAX_DEPTH = 200;

/** Parses the bytes of a row; a fault when they are no JSON object. */
export function parseRow(raw: RawRow): ParsedRow | RowFault {
  switch (raw.fault) {
    case 'cut off':
      return new RowFault('cut off', 'a "]" at the end of the array', cutOff(raw.bytes));
    case 'row too long':
      return new RowFault(
        'row too long',
        `a row of at most ${MAX_ROW_BYTES} bytes`,
        'more, or an open quote',
      );
    case 'missing comma':
      return new RowFault('missing comma', 'a "," before the row', 'none');
  }
  if (!isUtf8(raw.bytes)) return new RowFault('not UTF-8', 'UTF-8 text', 'other bytes');
  const text = raw.bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return new RowFault('broken JSON', 'a JSON object', text.trim() === '' ? 'nothing' : oneLine(error));
  }
  if (!isObject(value)) return new RowFault('not an object', 'a JSON object', kindOf(value));
  if (isDeeper(value, MAX_DEPTH)) {
    return new RowFault('nested too deeply', `values nested at most ${MAX_DEPTH} deep`, 'deeper ones');
  }
  return { text, object: value };
}

function cutOff(bytes: Buffer): string {
  return bytes.length === 0 ? 'the end of the file' : 'the end of the file, within the row';
}

/** The parser's message quotes the text around the fault, line breaks and all. */
function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function isObject(value: unknown): value is RowObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDeeper(value: object, limit: number): boolean {
  if (limit === 0) return true;
  for (const key in value) {
    const inner: unknown = (value as RowObject)[key];
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, limit - 1)) return true;
  }
  return false;
}
