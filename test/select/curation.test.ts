import { describe, expect, test } from 'vitest';
import { curate } from '../../src/select/curation.js';
import { exampleOf } from '../support/run-parts.js';

/** The warnings about examples with these responses, whose ids are a, b, c, ... */
function warningsOf(responses: readonly string[]): [kind: string, groups: readonly (readonly string[])[]][] {
  const examples = responses.map((output, row) =>
    exampleOf(JSON.stringify({ id: String.fromCharCode(97 + row), instruction: 'Ask.', output }), row),
  );
  return curate(examples).map(({ kind, groups }) => [kind, groups]);
}

const LONG = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');
const OTHER = LONG.replaceAll('word', 'other');

describe('curate', () => {
  test.each([
    ['nothing', []],
    ['different texts', ['A.', 'B.', LONG, OTHER]],
    ['texts that differ in case', ['The same.', 'the same.']],
  ])('has nothing to say of %s', (_, responses) => {
    expect(warningsOf(responses)).toEqual([]);
  });

  test('groups responses that are the same but for white space', () => {
    expect(warningsOf(['One two.', 'B.', ' One\n two. ', 'B.', 'C.', 'One two.'])).toEqual([
      [
        'exact_duplicates',
        [
          ['a', 'c', 'f'],
          ['b', 'd'],
        ],
      ],
    ]);
  });

  test('groups responses that are nearly the same, an exact copy of one of them apart', () => {
    expect(warningsOf([LONG, OTHER, `${LONG} indeed`, LONG])).toEqual([
      ['exact_duplicates', [['a', 'd']]],
      ['near_duplicates', [['a', 'c']]],
    ]);
  });

  test('names responses that mostly repeat one phrase, unless they are short', () => {
    const repeated = 'I am very happy to help you. '.repeat(20);
    expect(warningsOf([LONG, repeated, 'no '.repeat(39), 'yes '.repeat(40)])).toEqual([
      ['repeated_phrase', [['b', 'd']]],
    ]);
  });

  test.each([
    [39, true],
    [40, false],
  ])('takes a text of which %d of 100 phrases are different for repetitive: %j', (different, repetitive) => {
    const words = Array.from({ length: 103 }, (_, index) => `word${index % different}`);
    expect(warningsOf([words.join(' ')]).length > 0).toBe(repetitive);
  });

  test('says nothing of a text that says enough besides what it repeats', () => {
    const half = `${LONG} ${'again and again '.repeat(25)}`;
    expect(warningsOf([half])).toEqual([]);
    expect(warningsOf([`${half} ${'again and again '.repeat(60)}`])).toEqual([['repeated_phrase', [['a']]]]);
  });

  test.each([
    'Sure.\n\n14. Instruction: Name a colour.',
    'Sure. 3) instruction : Name a colour.',
    '7. Instruction:\nName a colour.',
    'Sure.\n20 . INSTRUCTION: x',
    'Sure.\n120. Instruction: x',
  ])('names a response that runs on into another task: %j', (response) => {
    expect(warningsOf(['Good.', response])).toEqual([['leaked_task', [['b']]]]);
  });

  test.each([
    'Follow the instruction: go.',
    'Instruction: go.',
    '2. Instructions: go.',
    'v1.2. Instruction: go.',
    '1234. Instruction: go.',
    '3. Instruction manual',
  ])('but not %j', (response) => {
    expect(warningsOf([response])).toEqual([]);
  });
});
