import { describe, expect, test } from 'vitest';
import { find, pointedAt, words } from './find.js';

const TIDES =
  'The Moon pulls on the sea. The water on the near side rises, and so does that on the far side, so each coast has two tides a day. When the Sun stands in line with the Moon, the tides are highest.';
const LEAK =
  '9. Instruction: Write a job advertisement for a baker.\n9. Input:\n<noinput>\n9. Output:\nOur bakery seeks an experienced baker. You knead dough before sunrise, shape loaves, and enjoy working in a small team. We offer fair wages and fresh bread.';

describe('leaked_task', () => {
  test('flags another task within the text, up to its end', () => {
    const text = `${TIDES}\n##\n${LEAK}`;
    const [finding, ...more] = find('leaked_task', text, { response: TIDES });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'flag',
      message: 'The text runs on into another task at "9. Instruction:".',
    });
    expect(pointedAt(text, finding)).toBe(LEAK);
  });

  test('flags one that was taken over from the original as well', () => {
    const text = `${TIDES}\n\n${LEAK}`;
    expect(find('leaked_task', text, { response: text })).toMatchObject([
      {
        severity: 'flag',
        message: 'The text runs on into another task at "9. Instruction:", as does the original response.',
      },
    ]);
  });

  test('notes one that only the original has', () => {
    expect(find('leaked_task', TIDES, { response: `${TIDES}\n${LEAK}` })).toEqual([
      {
        check: 'leaked_task',
        severity: 'note',
        message:
          'The original response, not the refined one, runs on into another task at "9. Instruction:".',
        start: null,
        end: null,
      },
    ]);
  });

  test.each(['instruction', 'input'] as const)('is silent where the %s holds such a task itself', (field) => {
    const given = { response: TIDES, [field]: `Answer both.\n8. Instruction: Explain tides.\n${LEAK}` };
    expect(find('leaked_task', `${TIDES}\n${LEAK}`, given)).toEqual([]);
  });

  test.each([
    TIDES,
    'Instructions:\n1. Knead the dough.\n2. Bake it.',
    'Q: Why are there tides?\nA: Because of the Moon.\n\nQ: Who pulls?\nA: The Moon.',
    'ROMEO: Who is there?\nJULIET: I am.',
  ])('is silent about %j', (text) => {
    expect(find('leaked_task', text, { response: TIDES })).toEqual([]);
  });
});

describe('wrong_task, where a task leaked into the original', () => {
  const given = { instruction: 'Why are there tides?', response: `${TIDES}\n##\n${LEAK}` };

  test.each([
    'We are looking for an experienced baker who likes to knead dough before sunrise and to shape loaves in a small team. Fair wages and fresh bread await you at our bakery.',
    'The provided answer explains tides and ignores the instruction, which asks for a job advertisement. It should describe the bakery, the dough, the loaves, the wages and the team, and state how experienced the baker should be.',
  ])('flags %j', (text) => {
    expect(find('wrong_task', text, given)).toMatchObject([
      {
        severity: 'flag',
        message:
          'The text answers the task that leaked into the original response at "9. Instruction:", not its own.',
      },
    ]);
  });

  test('notes a text that takes something from it', () => {
    const text = `${TIDES} In the same way the dough of a baker rises before sunrise at the bakery: loaves, bread, wages and the working team all follow the Moon.`;
    expect(find('wrong_task', text, given)).toMatchObject([{ severity: 'note' }]);
  });

  /** So many words of the text's own task, and so many of the one that leaked. */
  const mixed = (own: number, leaked: number): string => `${words(own, 'own')} ${words(leaked, 'leak')}`;
  test.each([
    [0, 5, ['flag']],
    [0, 4, []],
    [10, 8, ['flag']],
    [10, 7, ['note']],
    [20, 6, ['note']],
    [20, 5, []],
  ])('with %d words of its own and %d of the leaked task has: %j', (own, leaked, expected) => {
    const response = `${words(30, 'own')}\n\n9. Instruction: ${words(30, 'leak')}`;
    const findings = find('wrong_task', mixed(own, leaked), { instruction: 'Go on.', response });
    expect(findings.map(({ severity }) => severity)).toEqual(expected);
  });

  test.each([
    TIDES,
    'The Moon and, less so, the Sun attract the water of the sea, which rises twice a day on each coast.',
  ])('is silent about %j', (text) => {
    expect(find('wrong_task', text, given)).toEqual([]);
  });
});

describe('wrong_task, where no other task is known', () => {
  test('flags a text that has to do with nothing in the example', () => {
    const text =
      'Preheat the oven to two hundred degrees. Knead flour, butter and sugar, roll the dough out, cut biscuits, and bake them on a tray until golden brown and crisp.';
    const response = `${TIDES} Between them the water sinks again, and fishermen sail out through the harbour.`;
    expect(find('wrong_task', text, { instruction: 'Why are there tides?', response })).toMatchObject([
      {
        severity: 'flag',
        message:
          'The text has hardly a word in common with the instruction, the input and the original response.',
      },
    ]);
  });

  test.each([
    [7, 93, 1],
    [8, 92, 0],
    [0, 15, 1],
    [0, 14, 0],
  ])('with %d related content words and %d others finds %d', (related, others, findings) => {
    const text = `the and the and ${words(related)} ${words(others, 'other')}`;
    const given = { instruction: 'Go on.', response: `the and the and ${words(20)}` };
    expect(find('wrong_task', text, given)).toHaveLength(findings);
  });

  test.each([
    [
      'a new story on the same theme',
      'A girl stood on the coast and asked the Moon why it tugged at the water so. It laughed, and the waves laughed with it, until morning came with gulls, salt and fishing boats.',
      'Write a story about tides.',
      '',
    ],
    [
      'what the input is about',
      `${words(20)} biscuits dough flour`,
      'Continue.',
      'Biscuits of dough and flour.',
    ],
    [
      'another language',
      'Der Mond zieht das Wasser an, und es steigt an der Küste zweimal am Tag, wie jeder Fischer weiß, der mit seinem Boot hinausfährt.',
      'Auf Deutsch, bitte.',
      '',
    ],
    ['too few words to judge', 'Bake the biscuits until golden.', 'Why?', ''],
    ['a long answer where the original has but a word or two', words(60, 'other'), 'Why?', '', 'The Moon.'],
  ])('is silent about %s', (_, text, instruction, input, response = TIDES) => {
    expect(find('wrong_task', text, { instruction, input, response })).toEqual([]);
  });
});
