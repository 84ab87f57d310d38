import type { Example } from '../example.js';
import { RowFault } from '../row-fault.js';
import { isSourceOf, readInstruction, readOwnId, readText } from './row-text.js';
import type { RowFields, RowObject, Shape } from './shape.js';

/** The layout of Stanford Alpaca: `{instruction, input?, output}`, and an `id` where there is one. */
export const alpaca: Shape = {
  name: 'alpaca',
  layout: '{instruction, input, output}',

  matches(row) {
    return Object.hasOwn(row, 'instruction') || Object.hasOwn(row, 'output');
  },

  read,

  write(example, response) {
    if (isSourceOf(read(example.source), example)) return { ...example.source, output: response };
    const { id = example.id } = example.source;
    const { instruction, input } = example;
    return { id, instruction, input, output: response, ...extraFields(example) };
  },
};

function read(row: RowObject): RowFields | RowFault {
  const ownId = readOwnId(row);
  if (ownId instanceof RowFault) return ownId;
  const instruction = readInstruction(row.instruction, 'instruction');
  if (instruction instanceof RowFault) return instruction;
  // Tables exported by pandas write null where there is no input.
  const input = row.input === undefined || row.input === null ? '' : readText(row.input, 'input');
  if (input instanceof RowFault) return input;
  const response = readText(row.output, 'output');
  if (response instanceof RowFault) return response;
  return { ownId, instruction, input, response };
}

/** What another layout's row carries besides the fields that this layout has names for. */
function extraFields({ source }: Example): RowObject {
  const { id, conversations, instruction, input, output, ...extra } = source;
  return extra;
}
