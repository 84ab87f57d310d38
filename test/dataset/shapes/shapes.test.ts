import { describe, expect, test } from 'vitest';
import type { Example } from '../../../src/dataset/example.js';
import { parseLossless } from '../../../src/dataset/lossless-json.js';
import { RowFault } from '../../../src/dataset/row-fault.js';
import { alpaca } from '../../../src/dataset/shapes/alpaca.js';
import { readSource, recogniseShape, shapeNamed } from '../../../src/dataset/shapes/catalogue.js';
import { fastchat } from '../../../src/dataset/shapes/fastchat.js';
import type { RowObject, Shape } from '../../../src/dataset/shapes/shape.js';

const alone =
  'Below is an instruction that describes a task. Write a response that appropriately completes the request. ### Instruction: ';
const paired =
  'Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request. ### Instruction: ';

const talk = (human: unknown, gpt: unknown) => [
  { from: 'human', value: human },
  { from: 'gpt', value: gpt },
];

function exampleOf(shape: Shape, source: RowObject, row = 7): Example {
  const fields = shape.read(source);
  if (fields instanceof RowFault) throw new Error(fields.reason);
  return { ...fields, id: fields.ownId ?? String(row), row, source };
}

describe('reading', () => {
  test.each<[string, Shape, RowObject, object]>([
    [
      'an Alpaca row',
      alpaca,
      { instruction: 'a', input: 'b', output: 'c' },
      { instruction: 'a', input: 'b', response: 'c', ownId: undefined },
    ],
    [
      'an Alpaca row without input',
      alpaca,
      { instruction: 'a', output: 'c' },
      { instruction: 'a', input: '', response: 'c' },
    ],
    ['an integer id', alpaca, { id: 12, instruction: 'a', output: '' }, { ownId: '12', response: '' }],
    [
      'an id beyond exact integers',
      alpaca,
      parseLossless('{"id":12345678901234567890,"instruction":"a","output":"c"}') as RowObject,
      { ownId: '12345678901234567890' },
    ],
    [
      'a prompt without input',
      fastchat,
      { id: 'x', conversations: talk(`${alone}do\nit`, 'c') },
      { ownId: 'x', instruction: 'do\nit', input: '', response: 'c' },
    ],
    [
      'a prompt with input',
      fastchat,
      { conversations: talk(`${paired}do ### Input: a ### Input: b`, 'c') },
      { instruction: 'do', input: 'a ### Input: b' },
    ],
    [
      'null for an input, as pandas writes it',
      alpaca,
      { instruction: 'a', input: null, output: 'x' },
      { instruction: 'a', input: '', response: 'x' },
    ],
    [
      'a human turn without the opening',
      fastchat,
      { conversations: talk('### Instruction: do', 'c') },
      { instruction: '### Instruction: do', input: '' },
    ],
  ])('gives the fields of %s', (_title, shape, row, expected) => {
    expect(shape.read(row)).toMatchObject(expected);
  });

  test.each<[string, Shape, RowObject, string, string]>([
    ['no output', alpaca, { instruction: 'a' }, 'missing field', 'output'],
    ['no instruction', alpaca, { output: 'a' }, 'missing field', 'instruction'],
    ['a number for an output', alpaca, { instruction: 'a', output: 3 }, 'wrong type', 'output'],
    ['a number for an input', alpaca, { instruction: 'a', input: 5, output: 'x' }, 'wrong type', 'input'],
    ['a blank instruction', alpaca, { instruction: ' \n', output: 'x' }, 'empty instruction', 'instruction'],
    ['NUL in the output', alpaca, { instruction: 'a', output: 'x\0' }, 'invalid text', 'output'],
    [
      'half a surrogate pair in the input',
      alpaca,
      { instruction: 'a', input: '\ud800', output: 'x' },
      'invalid text',
      'input',
    ],
    ['a list for an id', alpaca, { id: [1], instruction: 'a', output: 'x' }, 'wrong type', 'id'],
    ['an empty id', alpaca, { id: '', instruction: 'a', output: 'x' }, 'wrong type', 'id'],
    ['a fraction for an id', alpaca, { id: 1.5, instruction: 'a', output: 'x' }, 'wrong type', 'id'],
    ['no conversation', fastchat, { id: 'x' }, 'missing field', 'conversations'],
    ['a text for a conversation', fastchat, { conversations: 'hi' }, 'wrong type', 'conversations'],
    ['an empty conversation', fastchat, { conversations: [] }, 'unsupported conversation', 'conversations'],
    [
      'several turns',
      fastchat,
      { conversations: [...talk('a', 'b'), ...talk('c', 'd')] },
      'unsupported conversation',
      'conversations',
    ],
    [
      'another role',
      fastchat,
      {
        conversations: [
          { from: 'system', value: 's' },
          { from: 'gpt', value: 'b' },
        ],
      },
      'unsupported conversation',
      'conversations',
    ],
    [
      'turns that are null',
      fastchat,
      { conversations: [null, null] },
      'unsupported conversation',
      'conversations',
    ],
    [
      'a turn without value',
      fastchat,
      { conversations: [{ from: 'human', value: 'a' }, { from: 'gpt' }] },
      'missing field',
      'conversations[1].value',
    ],
    [
      'an opening with nothing behind it',
      fastchat,
      { conversations: talk(alone, 'b') },
      'empty instruction',
      'conversations[0].value',
    ],
  ])('finds fault with %s', (_title, shape, row, reason, field) => {
    expect(shape.read(row)).toMatchObject({ reason, field });
  });

  test('names the speakers of a conversation that is not supported', () => {
    const fault = fastchat.read({ conversations: [...talk('a', 'b'), ...talk('c', 'd')] });
    expect(fault).toMatchObject({ found: 'turns from "human, gpt, human, gpt"' });
  });
});

describe('writing in the shape of the source', () => {
  test.each<[Shape, string, string]>([
    [
      alpaca,
      '{"score":4.0,"output":"old","instruction":"a","tags":{"__proto__":[1e5]}}',
      '{"score":4.0,"output":"new","instruction":"a","tags":{"__proto__":[1e5]}}',
    ],
    [
      alpaca,
      '{"__proto__":{"x":1},"instruction":"a","input":"","output":"old"}',
      '{"__proto__":{"x":1},"instruction":"a","input":"","output":"new"}',
    ],
    [
      fastchat,
      '{"conversations":[{"from":"human","value":"a","w":1.0},{"w":2.0,"value":"old","from":"gpt"}],"id":9}',
      '{"conversations":[{"from":"human","value":"a","w":1.0},{"w":2.0,"value":"new","from":"gpt"}],"id":9}',
    ],
  ])('changes nothing but the response (%#)', (shape, before, after) => {
    const example = exampleOf(shape, parseLossless(before) as RowObject);
    expect(JSON.stringify(shape.write(example, 'new'))).toBe(after);
    expect(JSON.stringify(example.source)).toBe(before);
  });
});

describe('converting', () => {
  test.each<[string, Shape, Shape, object, object]>([
    [
      "an Alpaca row gets the paper's id and opening",
      alpaca,
      fastchat,
      { instruction: 'a', input: '', output: 'c', tag: 1 },
      { id: 'identity_7', conversations: talk(`${alone}a`, 'new'), tag: 1 },
    ],
    [
      'an input gets the other opening, and an own id stays',
      alpaca,
      fastchat,
      { instruction: 'a', input: 'b', output: 'c', id: 3 },
      { id: 3, conversations: talk(`${paired}a ### Input: b`, 'new') },
    ],
    [
      'a conversation becomes fields',
      fastchat,
      alpaca,
      { score: 2, conversations: talk(`${paired}a ### Input: b`, 'c'), id: 'identity_4' },
      { id: 'identity_4', instruction: 'a', input: 'b', output: 'new', score: 2 },
    ],
    [
      'a conversation without id goes by its row',
      fastchat,
      alpaca,
      { conversations: talk('a', 'c') },
      { id: '7', instruction: 'a', input: '', output: 'new' },
    ],
  ])('%s', (_title, from, to, source, expected) => {
    const written = to.write(exampleOf(from, source as RowObject), 'new');
    expect(JSON.stringify(written)).toBe(JSON.stringify(expected));
  });

  test('extra fields survive, numbers as they were spelled and __proto__ included', () => {
    const source = parseLossless(
      '{"instruction":"a","output":"c","score":4.0,"__proto__":{"x":1.0}}',
    ) as RowObject;
    const there = fastchat.write(exampleOf(alpaca, source), 'c');
    expect(JSON.stringify(there)).toMatch(/,"score":4\.0,"__proto__":\{"x":1\.0\}\}$/);
    const back = alpaca.write(exampleOf(fastchat, there), 'c');
    expect(JSON.stringify(back)).toBe(
      '{"id":"identity_7","instruction":"a","input":"","output":"c","score":4.0,"__proto__":{"x":1.0}}',
    );
  });
});

describe('the catalogue', () => {
  test('recognises a shape by its keys', () => {
    expect(recogniseShape({ instruction: 1 })?.name).toBe('alpaca');
    expect(recogniseShape({ conversations: 1, output: 'x' })?.name).toBe('fastchat');
    expect(recogniseShape({ prompt: 'x', toString: 1 })).toBeUndefined();
    expect(shapeNamed('fastchat')).toBe(fastchat);
  });

  test('reads a stored source, and says so when it was changed', () => {
    expect(readSource('alpaca', { instruction: 'a', output: 'c' })).toEqual({
      instruction: 'a',
      input: '',
      response: 'c',
    });
    expect(() => readSource('alpaca', { instruction: 'a' })).toThrow(
      expect.objectContaining({ code: 'run_damaged' }),
    );
  });
});
