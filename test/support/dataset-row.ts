import type { DatasetRow } from '../../src/dataset/row-reader.js';

/** A row in Alpaca's layout, as reading a dataset gives it. */
export function datasetRow(fields: Readonly<Record<string, unknown>>, row = 0): DatasetRow {
  const { id, instruction = 'Ask.', input = '', output = 'Answer.' } = fields;
  return {
    id: String(id ?? row),
    hasOwnId: id !== undefined,
    row,
    instruction: String(instruction),
    input: String(input),
    response: String(output),
    text: JSON.stringify(fields),
    fields,
  };
}
