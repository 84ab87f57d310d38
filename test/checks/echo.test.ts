import { describe, expect, test } from 'vitest';
import { find, pointedAt, words } from './find.js';

const ORDER = 'Write a list of questions about bees.';
const BLOCK = 'Characters:\n- Ada, a beekeeper\n- Karl, her neighbour\n\nSetting:\nA village in spring';
const ANSWER = '- How do bees find flowers?\n- How long does a bee live?';

describe('prompt_echo, of the instruction', () => {
  test.each([
    `${ORDER}\n\n${ANSWER}`,
    `**${ORDER}**\n${ANSWER}`,
    `write a list of questions about bees: ${ANSWER}`,
    `${ORDER} How do they find flowers?`,
    `Instruction: ${ORDER}\n${ANSWER}`,
    `### Instruction:\n${ORDER}\n${ANSWER}`,
    `[Task]: ${ORDER}`,
    ORDER,
  ])('flags %j', (text) => {
    expect(find('prompt_echo', text, { instruction: ORDER })).toMatchObject([
      { severity: 'flag', message: expect.stringMatching(/^The text opens with the instruction itself: "/) },
    ]);
  });

  test('shows the line', () => {
    const text = `\n${ORDER}\n${ANSWER}`.trim();
    const [finding] = find('prompt_echo', text, { instruction: ORDER });
    expect(pointedAt(text, finding)).toBe(ORDER);
  });

  test('flags its first sentence as well', () => {
    const given = { instruction: `${ORDER} Ten will do.` };
    expect(find('prompt_echo', `${ORDER}\n${ANSWER}`, given)).toMatchObject([{ severity: 'flag' }]);
  });

  test.each([
    ['a question', 'Why do bees dance in the hive?', 'Why do bees dance in the hive?\nTo tell of flowers.'],
    ['a topic', 'the dances of bees in the hive', 'The dances of bees in the hive\nThey tell of flowers.'],
    [
      'the beginning of a longer order',
      'Create a dance about the bees',
      'Create a dance about the bees that everybody can learn. Begin slowly.',
    ],
  ])('only notes %s', (_, instruction, text) => {
    expect(find('prompt_echo', text, { instruction })).toMatchObject([{ severity: 'note' }]);
  });

  test.each([
    ['a title', 'Write about the dances of bees', 'Write About The Dances Of Bees\n\nThey tell of flowers.'],
    [
      'a heading',
      'Write about the dances of bees',
      '# Write about the dances of bees\n\nThey tell of flowers.',
    ],
    ['a bold heading', 'why bees dance in the hive', '**Why bees dance in the hive**\n\nTo tell of flowers.'],
    ['a quiz', 'Why do bees dance in the hive?', 'Q: Why do bees dance in the hive?\nA: To tell of flowers.'],
    ['a short topic', 'Dances of bees', 'Dances of bees\nThey tell of flowers.'],
    [
      'a text that was given to go on from',
      'Once there was a bee in a hive. Continue this story.',
      'Once there was a bee in a hive. It danced.',
    ],
    ['an answer in a sentence', ORDER, 'Questions about bees: how do they find flowers?'],
    ['verse', 'Write a poem about bees in spring.', 'Oh bees of spring,\nyou dance and sing.'],
    ['an empty text', ORDER, ''],
  ])('is silent about %s', (_, instruction, text) => {
    expect(find('prompt_echo', text, { instruction })).toEqual([]);
  });

  test('is silent where the original opens like that', () => {
    const given = { instruction: ORDER, response: `${ORDER}\n- Who?` };
    expect(find('prompt_echo', `${ORDER}\n${ANSWER}`, given)).toEqual([]);
  });
});

describe('prompt_echo, of the input', () => {
  const given = { instruction: 'Create a story with these people.', input: BLOCK };
  const story = `In spring Ada opened the hives. ${words(40)}`;

  test.each([
    `${BLOCK}\n\n${story}`,
    `${BLOCK.replaceAll('\n\n', '\n')}\n${story}`,
    `Input:\n${BLOCK}\n${story}`,
  ])('flags %j', (text) => {
    expect(find('prompt_echo', text, given)).toMatchObject([
      { severity: 'flag', message: expect.stringMatching(/^The text opens with the input itself: "/) },
    ]);
  });

  test('flags a part of it behind a label', () => {
    const text = `Input: A village in spring. ${story}`;
    expect(
      find('prompt_echo', text, { ...given, input: 'Setting: A village in spring. In spring Ada.' }),
    ).toHaveLength(1);
  });

  test('only notes an input in one paragraph', () => {
    const input = `${words(20)}.`;
    expect(find('prompt_echo', `${input}\n${story}`, { instruction: 'Analyse it.', input })).toMatchObject([
      { severity: 'note' },
    ]);
  });

  test.each([
    ['a table that was made of it', 'Make a table.', BLOCK],
    ['what was to be put right', 'Correct the spelling.', `${BLOCK}\n${story}`],
    ['what was to be gone on from', 'Add three people to the cast.', `${BLOCK}\n${story}`],
    ['a story', 'Create a story with these people.', story],
  ])('is silent about %s', (_, instruction, text) => {
    expect(find('prompt_echo', text, { instruction, input: BLOCK })).toEqual([]);
  });

  test('is silent where a text may begin with its input', () => {
    const input = `${words(20)}.`;
    expect(
      find('prompt_echo', `${input} ${story}`, { instruction: 'Write a story based on it.', input }),
    ).toEqual([]);
  });
});

describe('prompt_echo, of the prompt around the example', () => {
  test.each([
    ['<instruction>\nWhy?\n</instruction>\nSo.', '<instruction>'],
    ['So.\n</response>', '</response>'],
    ['Below is an instruction that describes a task. So.', 'Below is an instruction that describes a task'],
  ])('flags %j', (text, part) => {
    const [finding, ...more] = find('prompt_echo', text);
    expect(more).toEqual([]);
    expect(finding?.severity).toBe('flag');
    expect(pointedAt(text, finding)).toBe(part);
  });

  test.each(['instruction', 'input', 'response'] as const)('is silent about a tag of the %s', (field) => {
    const given = { response: 'x', [field]: 'An XML file with <input> in it' };
    expect(find('prompt_echo', '<input name="a">\n<input>', given)).toEqual([]);
  });

  test('is silent about other tags', () => {
    expect(find('prompt_echo', '<input type="text">\n<p>So.</p>')).toEqual([]);
  });
});
