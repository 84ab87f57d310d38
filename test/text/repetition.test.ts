import { describe, expect, test } from 'vitest';
import { findLongestCycle, readRepeatedEntries, readRepeatedSentences } from '../../src/text/repetition.js';
import { viewText } from '../../src/text/text-view.js';

describe('findLongestCycle', () => {
  test.each<[string, string, number]>([
    ['a b a b a b', 'a b', 3],
    ['no no no no', 'no', 4],
    ['It was so. Go on, go on, go on! He went.', 'go on', 3],
    ['1. Buy milk.\n2. Buy milk.\n3. Buy milk.', 'buy milk', 3],
    ['x x x\n\na b c a b c a b c', 'a b c', 3],
    ['我很好。我很好。我很好。', '我 很 好', 3],
  ])('finds the longest of %j', (text, round, rounds) => {
    const cycle = findLongestCycle(viewText(text));
    expect([cycle?.words.join(' '), cycle?.rounds]).toEqual([round, rounds]);
  });

  test.each([
    '',
    'a b a b',
    'a b a c a b',
    '```\na a a a\n```',
    '| a | a | a | a |',
    'Day 1: rest\nDay 2: rest\nDay 3: rest',
  ])('finds none in %j', (text) => {
    expect(findLongestCycle(viewText(text))).toBeNull();
  });

  test('tells from which line to which it goes', () => {
    const text = 'It was so.\nGo on, go on,\ngo on, go on!\nHe went.';
    const cycle = findLongestCycle(viewText(text));
    expect(text.slice(cycle?.start, cycle?.end)).toBe('Go on, go on,\ngo on, go on!');
    expect(cycle?.length).toBe(8);
  });

  test('looks no further than eighty words ahead', () => {
    const round = (length: number): string => Array.from({ length }, (_, index) => `w${index}`).join(' ');
    expect(findLongestCycle(viewText(`${round(80)} `.repeat(3)))?.rounds).toBe(3);
    expect(findLongestCycle(viewText(`${round(81)} `.repeat(3)))).toBeNull();
  });
});

describe('readRepeatedSentences', () => {
  test('weighs them by their words', () => {
    const sentence = 'The river ran past the old mill.';
    const text = `${sentence} It rained. ${sentence}\n\nThe ${sentence.slice(4)}`;
    expect(readRepeatedSentences(viewText(text))).toEqual({ share: 14 / 23, count: 2, commonest: sentence });
  });

  test('leaves out short ones and lists', () => {
    const text =
      'It rained.\n\nIt rained.\n\n- The river ran past the old mill.\n- The river ran past the old mill.';
    expect(readRepeatedSentences(viewText(text))).toEqual({ share: 0, count: 0, commonest: '' });
  });
});

describe('readRepeatedEntries', () => {
  const names = Array.from({ length: 27 }, (_, index) => `name ${String.fromCharCode(97 + index)}x`);

  test.each([
    ['in one line', [...names, 'name ax', 'Name AX', 'name bx'].join(', ')],
    ['as a list', [...names, 'name ax', 'name ax', 'name bx'].map((name) => `- ${name}`).join('\n')],
  ])('counts them %s', (_, text) => {
    expect(readRepeatedEntries(viewText(text))).toMatchObject({ count: 3, commonest: 'name ax' });
  });

  test.each([
    ['few entries', 'a, b, a, b'],
    ['clauses', Array.from({ length: 40 }, () => 'and then he went away again').join(', ')],
    ['numbers', Array.from({ length: 40 }, () => '7').join(', ')],
    ['options of a quiz', 'What is it that you see?\n- Yes\n- No\n'.repeat(20).replace(/^W/gm, '1. W')],
  ])('takes %s for no enumeration', (_, text) => {
    expect(readRepeatedEntries(viewText(text)).count).toBe(0);
  });
});
