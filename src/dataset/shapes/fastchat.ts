import { shorten } from '../../errors.js';
import type { Example } from '../example.js';
import { RowFault } from '../row-fault.js';
import { emptyInstruction, isSourceOf, readInstruction, readOwnId, readText } from './row-text.js';
import type { RowFields, RowObject, Shape } from './shape.js';

// The two openings with which Long Is More for Alignment released its data: Alpaca's prompts, every line break
// a single space.
const ALONE =
  'Below is an instruction that describes a task. Write a response that appropriately completes the request. ### Instruction: ';
const WITH_INPUT =
  'Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request. ### Instruction: ';
const INPUT_MARK = ' ### Input: ';

/**
 * The layout of FastChat's training data: `{id, conversations: [{from: "human", value}, {from: "gpt", value}]}`.
 * Other fields of a turn are kept as long as the layout is; no other layout has a place for them.
 */
export const fastchat: Shape = {
  name: 'fastchat',
  layout: '{id, conversations: [{from: "human", value}, {from: "gpt", value}]}',

  matches(row) {
    return Object.hasOwn(row, 'conversations');
  },

  read,

  write(example, response) {
    const { source } = example;
    if (isSourceOf(read(source), example)) return withResponse(source, response);
    const { id = `identity_${example.row}` } = source;
    const conversations = [
      { from: 'human', value: joinPrompt(example) },
      { from: 'gpt', value: response },
    ];
    return { id, conversations, ...extraFields(example) };
  },
};

function read(row: RowObject): RowFields | RowFault {
  const ownId = readOwnId(row);
  if (ownId instanceof RowFault) return ownId;
  const turns = readTurns(row.conversations);
  if (turns instanceof RowFault) return turns;
  const [human, gpt] = turns;
  const asked = readInstruction(human.value, 'conversations[0].value');
  if (asked instanceof RowFault) return asked;
  const { instruction, input } = splitPrompt(asked);
  if (instruction.trim() === '') return emptyInstruction(asked, 'conversations[0].value');
  const response = readText(gpt.value, 'conversations[1].value');
  if (response instanceof RowFault) return response;
  return { ownId, instruction, input, response };
}

function readTurns(value: unknown): readonly [RowObject, RowObject] | RowFault {
  const field = 'conversations';
  if (value === undefined) return new RowFault('missing field', 'a list of turns', 'no such field', field);
  if (!Array.isArray(value)) return new RowFault('wrong type', 'a list of turns', shorten(value), field);
  const turns: readonly unknown[] = value;
  const [human, gpt] = turns;
  if (turns.length === 2 && speakerOf(human) === 'human' && speakerOf(gpt) === 'gpt') {
    return [human as RowObject, gpt as RowObject];
  }
  const speakers = turns.map(speakerOf).join(', ');
  return new RowFault(
    'unsupported conversation',
    'two turns, from "human" and from "gpt"',
    turns.length === 0 ? 'no turns' : `turns from ${shorten(speakers)}`,
    field,
  );
}

function speakerOf(turn: unknown): string {
  if (typeof turn !== 'object' || turn === null || !('from' in turn)) return 'nobody';
  return typeof turn.from === 'string' ? turn.from : shorten(turn.from);
}

/** A human turn without one of the two openings is the instruction, whole. */
function splitPrompt(asked: string): { readonly instruction: string; readonly input: string } {
  if (asked.startsWith(ALONE)) return { instruction: asked.slice(ALONE.length), input: '' };
  if (!asked.startsWith(WITH_INPUT)) return { instruction: asked, input: '' };
  const rest = asked.slice(WITH_INPUT.length);
  const mark = rest.indexOf(INPUT_MARK);
  if (mark < 0) return { instruction: rest, input: '' };
  return { instruction: rest.slice(0, mark), input: rest.slice(mark + INPUT_MARK.length) };
}

function joinPrompt({ instruction, input }: Example): string {
  return input === '' ? ALONE + instruction : WITH_INPUT + instruction + INPUT_MARK + input;
}

function withResponse(source: RowObject, response: string): RowObject {
  const [human, gpt] = source.conversations as readonly [RowObject, RowObject];
  return { ...source, conversations: [human, { ...gpt, value: response }] };
}

/** What another layout's row carries besides the fields that this layout has a place for. */
function extraFields({ source }: Example): RowObject {
  const { id, conversations, instruction, input, output, ...extra } = source;
  return extra;
}
