import { describe, expect, test } from 'vitest';
import { find, pointedAt, words } from './find.js';

const SENTENCE = 'The river ran past the old mill and on to the sea.';
const VERSE = 'Row on and on\nThe night is long\nThe stars are out\nAnd so my song\n';

describe('loop, at once', () => {
  test.each([
    ['a sentence', `It began in May. ${`${SENTENCE} `.repeat(4)}`],
    ['a phrase, up to a cut', `It began in May, ${'and so on and so forth, '.repeat(6)}and so`],
    [
      'list items, however they are numbered',
      Array.from({ length: 12 }, (_, index) => `${index + 1}. Buy fresh milk.`).join('\n'),
    ],
    ['two items in turns', '- Who was it that came?\n- What did they bring home?\n'.repeat(5)],
    ['a word', 'no '.repeat(40)],
    ['Chinese', '我今天很高兴。'.repeat(6)],
  ])('fails %s', (_, text) => {
    expect(find('loop', text)).toMatchObject([
      { severity: 'fail', message: expect.stringMatching(/ stand there \d+ times running\.$/) },
    ]);
  });

  test('shows the lines and says what is repeated', () => {
    const text = `It began.\n${SENTENCE} ${SENTENCE}\n${SENTENCE} ${SENTENCE}\nIt ended.`;
    const [finding] = find('loop', text);
    expect(finding?.message).toBe(
      'The words "the river ran past the old mill and on to the sea" stand there 4 times running.',
    );
    expect(pointedAt(text, finding)).toBe(`${SENTENCE} ${SENTENCE}\n${SENTENCE} ${SENTENCE}`);
  });

  test.each([
    ['three times', `${SENTENCE} `.repeat(3)],
    ['a laugh', `He laughed: ${'ha '.repeat(20)}`],
    ['a refrain', `${VERSE}\n`.repeat(6)],
    ['zeros', '0 '.repeat(100)],
    ['code', `\`\`\`\n${'print("go on and on")\n'.repeat(20)}\`\`\``],
    ['a table', '| yes | no | yes | no | yes |\n'.repeat(20)],
    [
      'the days of a plan',
      Array.from({ length: 7 }, (_, day) => `Day ${day + 1}: Walk for half an hour.`).join('\n'),
    ],
  ])('is silent about %s', (_, text) => {
    expect(find('loop', text)).toEqual([]);
  });

  test('is silent where the original repeats itself like that', () => {
    const text = 'I shall not talk in class. '.repeat(20);
    expect(find('loop', text, { response: 'I shall not talk in class. '.repeat(10) })).toEqual([]);
    expect(find('loop', text, { response: 'I shall not talk in class. '.repeat(9) })).toHaveLength(1);
  });

  test('only flags verse, and expects more of it', () => {
    const given = { instruction: 'Write a song about a boat.' };
    expect(find('loop', 'row the boat and sing '.repeat(9), given)).toEqual([]);
    expect(find('loop', 'row the boat and sing '.repeat(10), given)).toMatchObject([{ severity: 'flag' }]);
  });
});

describe('loop, at a distance', () => {
  const numbered = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => `${words(8, `n${'x'.repeat(from + index)}y`)}.`)
      .map((sentence) => sentence[0]?.toUpperCase() + sentence.slice(1))
      .join(' ');

  test('flags sentences that come again', () => {
    const text = `${numbered(0, 6)} ${SENTENCE} ${numbered(0, 6)}`;
    expect(find('loop', text)).toMatchObject([
      { severity: 'flag', message: expect.stringMatching(/^6 sentences stand there again, most often /) },
    ]);
  });

  test('flags the entries of an enumeration that come again', () => {
    const names = Array.from(
      { length: 40 },
      (_, index) => `bib ${'abcdefghij'[index % 10]}${'uvwxyz'[Math.floor(index / 10)]}`,
    );
    const [finding] = find(
      'loop',
      `For the word search: ${[...names, ...names.slice(0, 9), 'bib au'].join(', ')}`,
    );
    expect(finding).toMatchObject({
      severity: 'flag',
      message: '10 entries stand there again, most often "bib au".',
    });
  });

  test.each([
    ['few of them', `${numbered(0, 12)} ${numbered(0, 3)}`, 'Explain it.', 'x'],
    ['verse', `${numbered(0, 6)} ${numbered(0, 6)}`, 'Write a song.', 'x'],
    [
      'what comes again in the original',
      `${numbered(0, 6)} ${numbered(0, 6)}`,
      'Explain it.',
      `${numbered(0, 6)} ${numbered(0, 6)}`,
    ],
  ])('is silent about %s', (_, text, instruction, response) => {
    expect(find('loop', text, { instruction, response })).toEqual([]);
  });
});

describe('loop, of one character', () => {
  test('flags it and shows the run', () => {
    const text = `Help! ${'A'.repeat(60)}!`;
    const [finding] = find('loop', text);
    expect(finding).toMatchObject({
      severity: 'flag',
      message: 'The character "A" stands there 60 times running.',
    });
    expect(pointedAt(text, finding)).toBe('A'.repeat(60));
    expect(find('loop', '😀'.repeat(60))[0]?.message).toBe(
      'The character "😀" stands there 60 times running.',
    );
  });

  test.each([
    'A'.repeat(59),
    '-'.repeat(80),
    '_'.repeat(80),
    '. '.repeat(80),
    `Chapter 1 ${'.'.repeat(80)} 7`,
    ' '.repeat(80),
  ])('is silent about %j', (text) => {
    expect(find('loop', text)).toEqual([]);
  });

  test('is silent where the original has such a run', () => {
    expect(find('loop', 'A'.repeat(90), { response: 'a'.repeat(60) })).toEqual([]);
  });
});
