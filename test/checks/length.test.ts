import { describe, expect, test } from 'vitest';
import { find, words } from './find.js';

/** The severities of what a check says about a text of so many words, the original having so many. */
function severities(
  check: string,
  refined: number,
  original: number,
  given: { instruction?: string; input?: string } = {},
) {
  return find(check, words(refined), { response: words(original), ...given }).map(({ severity }) => severity);
}

describe('length_collapse', () => {
  test.each([
    [99, 200, ['flag']],
    [100, 200, ['note']],
    [123, 200, ['note']],
    [124, 200, []],
    [49, 100, ['flag']],
    [49, 99, []],
    [0, 200, []],
  ])('has for %d words of %d: %j', (refined, original, expected) => {
    expect(severities('length_collapse', refined, original)).toEqual(expected);
  });

  test('says how long both are', () => {
    expect(find('length_collapse', words(50), { response: words(200) })).toEqual([
      {
        check: 'length_collapse',
        severity: 'flag',
        message: 'The text has 50 words, the original response 200.',
        start: null,
        end: null,
      },
    ]);
  });

  test.each([
    ['Write 70 words about tides.', []],
    ['Write at most 100 words about tides.', []],
    ['Write about tides in one paragraph of 60 to 90 words.', []],
    ['Write 500 words about tides.', ['flag']],
    ['Write about the tides of the last 70 years.', ['flag']],
    ['Summarize what is known about tides.', ['note']],
    ['Explain tides briefly.', ['note']],
    ['Erkläre kurz die Gezeiten.', ['note']],
    ['简洁地解释潮汐', ['note']],
  ])('takes %j into account', (instruction, expected) => {
    expect(severities('length_collapse', 80, 200, { instruction })).toEqual(expected);
  });

  test('reads a length at the beginning of the input, not one far within it', () => {
    const instruction = 'Write an article.';
    expect(severities('length_collapse', 80, 200, { instruction, input: 'Topic: tides, 80 words' })).toEqual(
      [],
    );
    const input = `${words(60)} 80 words`;
    expect(severities('length_collapse', 80, 200, { instruction, input })).toEqual(['flag']);
  });

  test('only notes a text that has as many items as were asked for', () => {
    const items = (count: number): string =>
      Array.from({ length: count }, (_, index) => `- ${words(20, `a${index}x`)}\n  - ${words(2)}`).join('\n');
    const given = { instruction: 'Give three reasons for tides.', response: words(200) };
    expect(find('length_collapse', items(3), given)).toMatchObject([{ severity: 'note' }]);
    expect(find('length_collapse', items(2), given)).toMatchObject([{ severity: 'flag' }]);
    const longer = { ...given, instruction: 'Give three reasons in at least 150 words.' };
    expect(find('length_collapse', items(3), longer)).toMatchObject([{ severity: 'flag' }]);
  });

  test('measures the original without the task that leaked into it', () => {
    const response = `${words(90)}\n\n9. Instruction: Name a bird.\n9. Output: ${words(300, 'bird')}`;
    expect(find('length_collapse', words(60), { response })).toEqual([]);
  });

  test('counts the characters of scripts that do without spaces', () => {
    const response = '潮汐是由月球的引力引起的。'.repeat(10);
    expect(find('length_collapse', '潮汐是由月球的引力引起的。', { response })).toMatchObject([
      { severity: 'flag' },
    ]);
    expect(find('length_collapse', '潮汐是由月球的引力引起的。'.repeat(9), { response })).toEqual([]);
  });
});

describe('length_explosion', () => {
  test.each([
    [1001, 100, ['flag']],
    [1000, 100, ['note']],
    [401, 100, ['note']],
    [400, 100, []],
    [329, 30, []],
    [330, 30, ['flag']],
    [2000, 29, []],
  ])('has for %d words of %d: %j', (refined, original, expected) => {
    expect(severities('length_explosion', refined, original)).toEqual(expected);
  });

  test('is silent where the instruction asks for a length that the text comes nearer to', () => {
    const given = { instruction: 'Write an essay of 1500 words.' };
    expect(severities('length_explosion', 1400, 100, given)).toEqual([]);
    expect(severities('length_explosion', 1400, 100, { instruction: 'Write 100 words.' })).toEqual(['flag']);
  });
});
