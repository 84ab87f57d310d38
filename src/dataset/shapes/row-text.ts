import { shorten } from '../../errors.js';
import type { Example } from '../example.js';
import { isRawJson } from '../lossless-json.js';
import { RowFault } from '../row-fault.js';
import type { RowFields, RowObject } from './shape.js';

/** Reads a text that a row must have; `field` is how a message names it. */
export function readText(value: unknown, field: string): string | RowFault {
  if (value === undefined) return new RowFault('missing field', 'a text', 'no such field', field);
  if (typeof value !== 'string') return new RowFault('wrong type', 'a text', shorten(value), field);
  // NUL ends strings in much of what reads training sets, and half a surrogate pair cannot be written as UTF-8.
  if (value.includes('\0')) return new RowFault('invalid text', 'text without NUL', shorten(value), field);
  if (!value.isWellFormed()) {
    return new RowFault('invalid text', 'text without lone surrogates', shorten(value), field);
  }
  return value;
}

/** Reads an instruction: a text that says something. */
export function readInstruction(value: unknown, field: string): string | RowFault {
  const text = readText(value, field);
  if (typeof text === 'string' && text.trim() === '') return emptyInstruction(text, field);
  return text;
}

/** The fault of a row that asks for nothing. */
export function emptyInstruction(text: string, field: string): RowFault {
  return new RowFault('empty instruction', 'an instruction that says something', shorten(text), field);
}

/** Reads a row's own id: a text or an integer, given back as text; undefined when the row has none. */
export function readOwnId(row: RowObject): string | undefined | RowFault {
  const { id } = row;
  if (id === undefined) return undefined;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  if (isRawJson(id) && /^-?\d+$/.test(id.rawJSON)) return id.rawJSON;
  if (typeof id === 'string' && id !== '') return readText(id, 'id');
  return new RowFault('wrong type', 'a text that is not empty, or an integer', shorten(id), 'id');
}

/** Whether an example came from a row that reads as these fields. */
export function isSourceOf(fields: RowFields | RowFault, example: Example): boolean {
  return (
    !(fields instanceof RowFault) &&
    fields.instruction === example.instruction &&
    fields.input === example.input
  );
}
