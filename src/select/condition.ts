import type { DatasetRow } from '../dataset/row-reader.js';
import { UserError } from '../errors.js';

/** Whether a row fulfils a condition. */
export type Condition = (row: DatasetRow) => boolean;

const OPERATORS: Readonly<Record<string, (found: number, wanted: number) => boolean>> = {
  '>=': (found, wanted) => found >= wanted,
  '<=': (found, wanted) => found <= wanted,
  '>': (found, wanted) => found > wanted,
  '<': (found, wanted) => found < wanted,
};
const FORM = /^\s*([^=!<>]+?)\s*(>=|<=|!=|=|>|<)(?![=<>!])\s*(.*?)\s*$/s;

/**
 * Reads a condition on a field of the row: `NAME=VALUE` and `NAME!=VALUE` compare text as text and a number as a
 * number (4.0 is 4), `>=`, `<=`, `>` and `<` only numbers. A row without the field, or with another kind of value,
 * fulfils none but `!=`.
 *
 * @throws UserError when the text is no condition
 */
export function parseCondition(text: string): Condition {
  const [, name = '', operator = '', wanted = ''] = FORM.exec(text) ?? [];
  const compare = OPERATORS[operator];
  const number = Number(wanted);
  if (name === '' || (compare !== undefined && (wanted === '' || Number.isNaN(number)))) {
    throw new UserError('usage', 'This is no condition on a field.', {
      expected: 'NAME=VALUE, NAME!=VALUE, or NAME>=NUMBER and likewise with <=, > and <',
      found: text,
      where: '--where',
    });
  }
  return ({ fields }) => {
    const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (compare !== undefined) return typeof found === 'number' && compare(found, number);
    const same =
      typeof found === 'number'
        ? wanted !== '' && found === number
        : (typeof found === 'string' || typeof found === 'boolean') && String(found) === wanted;
    return operator === '=' ? same : !same;
  };
}
