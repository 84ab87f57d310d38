import { describe, expect, test } from 'vitest';
import { find, pointedAt, severitiesOf } from './find.js';

const STORY = 'Write a story about a ferryman.';
const ESSAY = 'Write an essay about bread.';
const ORIGINAL = 'The ferryman rowed until dawn. Nobody thanked him. He laughed and rowed back.';

describe('critique_only', () => {
  const critique =
    'The story provided lacks a conflict. The dialogue feels generic and unclear. The ending fails to surprise.';

  test('fails a judgement in the place of a story, and shows where it begins', () => {
    const [finding, ...more] = find('critique_only', critique, { instruction: STORY, response: ORIGINAL });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'fail',
      message:
        'The text judges or compares responses and does not deliver what was asked for (100 % of its words speak about the text).',
    });
    expect(pointedAt(critique, finding)).toBe('The story provided lacks a conflict.');
  });

  test('flags a judgement with half a story behind it', () => {
    const text = `${critique} ${'He rowed out again at night and sang to the herons on the bank. '.repeat(3)}`;
    expect(severitiesOf('critique_only', { text, instruction: STORY, response: ORIGINAL })).toEqual(['flag']);
  });

  test('fails talk of versions where no work is asked for', () => {
    const text =
      'The provided answer does not say why. To improve the answer, the season should be named. The revised answer would name a hormone.';
    expect(severitiesOf('critique_only', { text, instruction: 'Why do leaves fall?' })).toEqual(['fail']);
  });

  test('counts of an announcement what stands before its colon', () => {
    const text = `Here is the improved answer: ${ORIGINAL.toLowerCase().replaceAll('.', ';')}`;
    expect(severitiesOf('critique_only', { text, instruction: 'Improve the answer.' })).toEqual([]);
  });

  test.each([
    [
      'a story about a text',
      '"Your essay lacks a thesis," said the critic. The introduction was vague. She tore it up and began anew.',
      'Write a story about a writer who cannot finish an essay.',
    ],
    [
      'a letter that goes with a text',
      'Dear Ana, here is the revised version. Compared with the original draft it has a chart. Yours, Jo',
      'Write an email asking for feedback on a draft report.',
    ],
    [
      'an opinion that was asked for',
      'The story lacks a conflict. The dialogue feels generic and unclear. The ending fails to surprise.',
      'Write a paragraph giving your opinion on the story.',
    ],
    ['a story', ORIGINAL, STORY],
    ['a critique that was asked for', critique, 'Critique the following short story.'],
    ['a text that its original resembles', critique, STORY, critique],
  ])('is silent about %s', (_title, text, instruction, response = ORIGINAL) => {
    expect(severitiesOf('critique_only', { text, instruction, response })).toEqual([]);
  });
});

describe('advice_only', () => {
  test.each([
    [
      STORY,
      'The story should open on the river. The ferryman should want something. Include the smell of mud.',
    ],
    [
      ESSAY,
      '- Introduction: Define bread.\n- Body: Discuss grain, water and salt.\n- Conclusion: Restate why bread matters.',
    ],
    [
      'Write a letter to a landlord.',
      'Highlight the broken heating. Explain what it costs you. Mention the law.',
    ],
    [
      'Write a Go program that counts words.',
      'Include the complete program. Provide comments for each function. Describe the input.',
    ],
  ])('fails advice in the place of what was asked for: %s', (instruction, text) => {
    const response = instruction.includes('Go')
      ? 'package main;\nfunc main() {\n\tcount();\n\tprintln(1);\n}'
      : ORIGINAL;
    expect(severitiesOf('advice_only', { text, instruction, response })).toEqual(['fail']);
  });

  test('takes a design in words for one where the original holds no code either', () => {
    const text = 'The app should sort the tasks. It should also remind its user. The app could use colours.';
    const instruction = 'Design an app for forgetful people.';
    expect(severitiesOf('advice_only', { text, instruction, response: ORIGINAL })).toEqual([]);
  });

  test.each([
    [
      'Give tips for young writers.',
      'Include dialogue early. Describe smells. Introduce one character at a time.',
    ],
    [
      'Write an article about ways to write better.',
      'Describe smells. Introduce one character. Explain less.',
    ],
    [ESSAY, 'Bread is flour, water and time. Salt came later, and with it trade.'],
    [
      'Write a Go program that counts words.',
      'The program reads a file. This function returns a map. The code prints it.',
    ],
    ['Suggest a policy against waste.', 'The policy should name a goal. It should also set a date for it.'],
    [
      'You make a commercial. What should the commercial include?',
      'The commercial should name the shop. It should show bread.',
    ],
    ['How do I write a letter?', 'Include your address. Mention the date. Explain your wish.'],
  ])('is silent where advice is asked for, or none is given: %s', (instruction, text) => {
    expect(severitiesOf('advice_only', { text, instruction, response: ORIGINAL })).toEqual([]);
  });
});

describe('synopsis_only', () => {
  test.each([
    [
      STORY,
      'The story follows a ferryman through one night. The narrative explores his loneliness. The tale ends at dawn.',
    ],
    [
      'Create a quiz about rivers.',
      'This quiz covers the rivers of Asia. The questions highlight their length. The quiz offers four levels.',
    ],
  ])('fails a text that tells about the work: %s', (instruction, text) => {
    expect(severitiesOf('synopsis_only', { text, instruction, response: ORIGINAL })).toEqual(['flag']);
  });

  test.each([
    [
      STORY,
      'He rowed out at dusk. "Who calls?" he asked. Nobody answered, and the story was told for years.',
    ],
    [
      'Summarize the novel.',
      'The novel follows a ferryman. The story explores guilt. The tale ends at dawn.',
    ],
    [
      'Give a summary of the article.',
      'The article examines tides. It highlights the Moon. The text ends there.',
    ],
    ['What is Moby Dick about?', 'The novel follows a whaler. The story explores obsession.'],
  ])('is silent about %s', (instruction, text) => {
    expect(severitiesOf('synopsis_only', { text, instruction, response: ORIGINAL })).toEqual([]);
  });
});

test('an empty text stands in for nothing', () => {
  for (const check of ['critique_only', 'advice_only', 'synopsis_only']) {
    expect(severitiesOf(check, { text: '', instruction: STORY })).toEqual([]);
  }
});
