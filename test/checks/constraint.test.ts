import { describe, expect, test } from 'vitest';
import { type Finding, prepareSuite } from '../../src/checks/index.js';
import { findIn } from './find.js';
import type { Case } from './subject.js';

function findings(given: Case, thresholds: Readonly<Record<string, number>> = {}): Finding[] {
  const suite = prepareSuite([], { thresholds: { constraint: thresholds } }, 'test');
  return findIn('constraint', { format: 'plain', ...given }, suite);
}

/** So many words, in sentences of ten. */
function words(count: number): string {
  return Array.from({ length: count }, (_, at) =>
    at % 10 === 9 ? 'wave.' : at % 10 === 0 ? 'The' : 'tide',
  ).join(' ');
}

const paragraphs = (count: number) => Array.from({ length: count }, () => words(40)).join('\n\n');
const bullets = (count: number, text = 'The tide comes in.') =>
  Array.from({ length: count }, () => `- ${text}`).join('\n');
const lines = (count: number) => Array.from({ length: count }, () => 'The tide comes in,').join('\n');

describe('constraint, lengths', () => {
  test.each([
    ['far below the number', 500, 500, 220],
    ['far below it, as the original was', 500, 280, 274],
    ['below it where the original kept it', 500, 480, 280],
    ['far above it where the original kept it', 100, 105, 190],
  ])('flags a text %s', (_, asked, before, now) => {
    const instruction = `Write an essay of ${asked} words.`;
    const [finding, ...others] = findings({ instruction, response: words(before), raw: words(now) });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'flag' });
    expect(finding?.message).toBe(`The instruction asks for "${asked} words"; the text has ${now} words.`);
  });

  test.each([
    ['below it', 500, 500, 350],
    ['below it by less than half, as the original was', 500, 300, 276],
    ['above it, though less than the original', 100, 300, 180],
    ['above it, though less than half as long again', 200, 190, 280],
  ])('notes a text %s', (_, asked, before, now) => {
    const instruction = `Write an essay of ${asked} words.`;
    expect(findings({ instruction, response: words(before), raw: words(now) })).toMatchObject([
      { severity: 'note' },
    ]);
  });

  test.each([
    ['Write an essay of 200 words.', 180],
    ['Write an essay of 200 words.', 225],
    ['Write at least 200 words.', 900],
    ['Tell it in no more than 200 words.', 20],
    ['Write 200-300 words.', 250],
    ['Write an essay. It was 500 years ago.', 20],
  ])('is content for %j with %i words', (instruction, now) => {
    expect(findings({ instruction, response: words(200), raw: words(now) })).toEqual([]);
  });

  test('counts characters, and leaves what is written without spaces alone', () => {
    const instruction = 'Write a post of at most 100 characters.';
    expect(findings({ instruction, response: 'Short.', raw: words(60) })).toMatchObject([
      { severity: 'flag' },
    ]);
    const japanese = '潮の満ち引きは月の引力によって起こります。'.repeat(20);
    expect(findings({ instruction: 'Write 300 words on tides.', response: japanese, raw: japanese })).toEqual(
      [],
    );
  });

  test('goes by the thresholds that are set', () => {
    const given = { instruction: 'Write an essay of 500 words.', response: words(300), raw: words(250) };
    expect(findings(given, { farBelow: 0.55 })).toMatchObject([{ severity: 'flag' }]);
    expect(findings(given, { tolerance: 0.6 })).toEqual([]);
  });

  test('asks as much of a phrase as the original did', () => {
    const instruction = 'Describe the sea in ten words.';
    expect(findings({ instruction, response: words(4), raw: words(3) })).toMatchObject([
      { severity: 'note' },
    ]);
    expect(findings({ instruction, response: words(10), raw: words(60) })).toMatchObject([
      { severity: 'flag' },
    ]);
    expect(findings({ instruction, response: words(10), raw: words(17) })).toMatchObject([
      { severity: 'note' },
    ]);
  });
});

describe('constraint, parts', () => {
  test.each([
    ['Write a three paragraph essay.', paragraphs(3), paragraphs(1)],
    ['Write a three paragraph essay.', paragraphs(4), paragraphs(1)],
    ['Tell it in two paragraphs.', paragraphs(2), `${words(30)}\n\n${bullets(4)}\n\n${words(20)}`],
    ['Write a five-paragraph essay.', paragraphs(3), `${words(20)}\n${bullets(6)}`],
    ['Write a five-paragraph essay.', paragraphs(5), `${words(40)}\n${bullets(2, words(30))}\n${words(40)}`],
    ['Name ten rivers of Asia.', bullets(10, 'Ob'), bullets(5, 'Lena')],
    ['Name ten rivers.', bullets(10), bullets(4, `${words(20)}, and ${words(10)}, ${words(10)}`)],
    ['Suggest 8 ways to save water.', bullets(8), bullets(3)],
    ['Generate 20 questions.', '1.Who?\n'.repeat(20), '1. Who?\n'.repeat(7)],
    ['Tell it in one sentence.', words(10), words(40)],
    ['Tell it in 10 sentences.', words(100), words(40)],
    ['Write a four-line poem.', lines(4), lines(12)],
    ['Write a poem of four stanzas.', `${lines(4)}\n\n`.repeat(4), lines(16)],
  ])('flags what %j asked for and the original had', (instruction, response, raw) => {
    expect(findings({ instruction, response, raw })).toMatchObject([{ severity: 'flag', start: null }]);
  });

  test.each([
    ['missed by one', 'Name ten rivers of Asia.', bullets(10, 'Ob'), bullets(9, 'Lena')],
    ['missed before as well', 'Write a four-line poem.', lines(20), lines(8)],
    ['missed before in the same way', 'Write a three paragraph essay.', paragraphs(1), paragraphs(1)],
    ['missed mildly', 'Tell it in 8 sentences.', words(80), words(60)],
    [
      'kept as a list of so many parts',
      'Write three paragraphs.',
      paragraphs(3),
      `${words(20)}\n\n${['A:', 'B:', 'C:'].map((title) => `${title}\n${bullets(3, words(10))}`).join('\n\n')}`,
    ],
  ])('at most notes what was %s', (_, instruction, response, raw) => {
    expect(findings({ instruction, response, raw }).every(({ severity }) => severity === 'note')).toBe(true);
  });

  test.each([
    ['Write a three paragraph essay.', paragraphs(3), `# Tides\n\n${paragraphs(3)}`],
    ['Write a three paragraph essay.', paragraphs(3), paragraphs(3).replaceAll('\n\n', '\n')],
    [
      'Name ten rivers.',
      bullets(10),
      `- Ob, Lena, Yenisei\n- Ganges, Indus\n- Nile, Congo\n- Rhine, Elbe, Oder`,
    ],
    ['Name ten rivers.', bullets(10), 'The Ob, the Lena, and eight others.'],
    ['Suggest 3 ways to save water.', bullets(3), `${bullets(3)}\n  - And more.\n  - And more.`],
    ['Give five tips.', bullets(5), '## One\na\n## Two\nb\n## Three\nc\n## Four\n- d\n- e\n## Five\nf'],
    ['Write a four-line poem.', lines(4), `**The Sea**\n\n${lines(2)}\n\n${lines(2)}`],
    ['Tell it in 3-4 sentences.', words(30), words(40)],
    ['Tell of two brothers.', bullets(4), bullets(1)],
    ['Tell it in two paragraphs.', paragraphs(2), `${words(30)}\n\n${bullets(2)}\n\n${words(20)}`],
    [
      'Tell it in two paragraphs.',
      `${paragraphs(2)}\n${bullets(2)}`,
      `${words(30)}\n${bullets(4)}\n${words(20)}`,
    ],
  ])('is content for %j', (instruction, response, raw) => {
    expect(findings({ instruction, response, raw })).toEqual([]);
  });
});

describe('constraint, words', () => {
  const STORY = 'The lighthouse stood dark, and the sparrows slept. A vase fell.';
  test.each([
    ['Write a story that uses the words "lighthouse", "sparrow" and "vase".', '', STORY],
    ['Write a story using the following words: lighthouse, sparrow, vase.', '', STORY],
    ['Write a story with the given words.', 'lighthouse, sparrow, vase', STORY],
    ['Write a story with these keywords.', 'Keywords: lighthouse, vase', STORY],
    ['Write a poem that contains the word "sparrow".', '', STORY],
    ["Write a story including the phrase 'stood dark'.", '', STORY],
    ['Write a story that starts with "The lighthouse stood dark".', '', STORY],
    ['Write a story that begins with the following sentence.', 'The lighthouse stood dark.', STORY],
    ['Write a story that ends with the line: “A vase fell.”', '', STORY],
    ['Tell it without using the word "gull".', '', STORY],
  ])('flags that %j is no longer obeyed', (instruction, input, response) => {
    const raw = `It was night and a gull cried. ${words(60)}`;
    const [finding, ...others] = findings({ instruction, input, response, raw });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'flag' });
    expect(finding?.message).toMatch(/^The text .*: ".*"\.$/);
  });

  test('notes that one of several words is gone, and names it', () => {
    const instruction = 'Write a story using the words "lighthouse", "sparrow" and "vase".';
    const [finding] = findings({ instruction, response: STORY, raw: 'A lighthouse. The sparrow.' });
    expect(finding).toMatchObject({ severity: 'note', message: expect.stringContaining('"vase"') });
  });

  test.each([
    [
      'in another form',
      'Use the words "sparrow" and "city".',
      'A sparrow in the city.',
      'Sparrows fly over cities.',
    ],
    ['that the original lacks', 'Use the words "sparrow" and "vase".', 'A bird.', 'A gull.'],
    [
      'with a title above',
      'Write a story that starts with "It was dark".',
      'It was dark.',
      '# Night\n\n"It was dark," she said.',
    ],
    ['without the marks', "Begin with 'We're here'.", "We're here at last.", 'We’re here, at last!'],
    ['that stand in an input of prose', 'Rewrite it using the given words.', 'It rained.', 'The sun shone.'],
  ])('is content with words %s', (_, instruction, response, raw) => {
    expect(
      findings({ instruction, input: 'It rained. Then, slowly, the sun came out again.', response, raw }),
    ).toEqual([]);
  });
});

describe('constraint, forms', () => {
  test.each([
    ['Write it in all caps.', 'THE TIDE COMES IN.', 'The tide comes in.'],
    ['Write it in lowercase.', 'the tide comes in.', 'The Tide Comes In.'],
    ['Write a sentence without the letter "e".', 'A tiny day is gay.', 'The tide comes here.'],
    ['Answer with JSON only.', '{"tide": 4}', 'Here you are: {"tide": 4}'],
    ['Return only the JSON object.', '{"tide": 4}', 'Sure!\n```json\n{"tide": 4}\n```'],
    ['Show it in a table.', '| a | b |\n|---|---|\n| 1 | 2 |', 'a is 1 and b is 2.'],
    ['Answer in bullet points.', bullets(3), words(20)],
    ['Tell it without bullet points.', words(20), bullets(3)],
  ])('flags that %j is no longer obeyed', (instruction, response, raw) => {
    expect(findings({ instruction, response, raw })).toMatchObject([{ severity: 'flag' }]);
  });

  test.each([
    ['Write it in all caps.', 'The tide comes in.', 'The tide goes out.'],
    ['Write it in all caps.', 'THE TIDE COMES IN.', 'THE TIDE GOES OUT, Jo.'],
    ['Make a password in upper case and lower case.', 'PASSWORDPASSWORD', 'Password'],
    ['Write a sentence without the letter "e".', 'A tiny day.', 'A day at sea.'],
    ['Answer with JSON only.', '{"tide": 4}', '```json\n{"tide": 5}\n```'],
    ['Turn the JSON into prose.', '{"tide": 4}', 'The tide is four.'],
    ['Show it in a table.', '| a |\n| 1 |', '<table><tr><td>1</td></tr></table>'],
    ['Answer in bullet points.', bullets(3), bullets(4)],
    ['Tell it.', words(20), bullets(3)],
  ])('is content for %j', (instruction, response, raw) => {
    expect(findings({ instruction, response, raw })).toEqual([]);
  });
});

test('constraint reads instructions and texts of a megabyte', { tags: 'stress', timeout: 120_000 }, () => {
  for (const piece of [
    '5 words ',
    'using the words "',
    'ten ',
    'a 5-word ',
    'List five ',
    '"',
    'at least ',
    '(',
  ]) {
    const text = piece.repeat(1_000_000 / piece.length);
    const given = { instruction: `Write 500 words. ${text}`, input: text, response: text, raw: `x${text}` };
    expect(Array.isArray(findings(given))).toBe(true);
  }
});
