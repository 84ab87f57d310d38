import { describe, expect, test } from 'vitest';
import { readAskedCounts } from '../../src/text/asked-count.js';
import { type AskedLength, missedBy, readAskedLengths } from '../../src/text/asked-length.js';
import { viewText } from '../../src/text/text-view.js';

const NO_END = Number.POSITIVE_INFINITY;

describe('readAskedLengths', () => {
  test.each<[string, AskedLength['unit'], number, number]>([
    ['Write a 300-word report.', 'word', 300, 300],
    ['Write a report in 1,200 words.', 'word', 1200, 1200],
    ['An article of 500-700 words.', 'word', 500, 700],
    ['Between 70 to 80 words, please.', 'word', 70, 80],
    ['At least 500 words.', 'word', 500, NO_END],
    ['A minimum of 40 words.', 'word', 40, NO_END],
    ['No less than 150 words.', 'word', 150, NO_END],
    ['Use 100 words or more.', 'word', 100, NO_END],
    ['Less than 200 words.', 'word', 0, 200],
    ['No more than 50 words.', 'word', 0, 50],
    ['A story in <100 words.', 'word', 0, 100],
    ['300 words or less.', 'word', 0, 300],
    ['Four articles of 300 words each.', 'word', 300, NO_END],
    ['A five-paragraph essay.', 'paragraph', 5, 5],
    ['Two complete sentences.', 'sentence', 2, 2],
    ['An eight-line rap.', 'line', 8, 8],
    ['A post of 280 characters.', 'character', 280, 280],
    ['Erkläre es in 200 Wörtern.', 'word', 200, 200],
    ['Un texto de 150 palabras.', 'word', 150, 150],
    ['写一篇 300 字的文章', 'word', 300, 300],
    ['用300字介绍北京', 'word', 300, 300],
  ])('reads %j', (instruction, unit, least, most) => {
    expect(readAskedLengths(instruction)).toEqual([{ unit, least, most }]);
  });

  test.each([
    'Write about the words of the year 2000.',
    'Use these two words: moon, river.',
    'Make a story out of the following three sentences.',
    'Write a story with two characters.',
    'Tell a story from a single sentence.',
    'Version 2.5 words',
    'Add 20 lineages.',
  ])('finds no length in %j', (instruction) => {
    expect(readAskedLengths(instruction)).toEqual([]);
  });

  test('reads several', () => {
    expect(readAskedLengths('Three paragraphs of at least five sentences')).toEqual([
      { unit: 'paragraph', least: 3, most: 3 },
      { unit: 'sentence', least: 5, most: NO_END },
    ]);
  });
});

describe('missedBy', () => {
  test.each<[AskedLength, string, number]>([
    [{ unit: 'word', least: 4, most: 4 }, 'one two three four', 0],
    [{ unit: 'word', least: 4, most: 4 }, 'one two three', 0.25],
    [{ unit: 'word', least: 0, most: 2 }, 'one two three', 0.5],
    [{ unit: 'word', least: 2, most: NO_END }, 'one two three', 0],
    [{ unit: 'character', least: 4, most: 4 }, 'abcdef', 0.5],
    [{ unit: 'sentence', least: 2, most: 2 }, 'It rains. We stay.', 0],
    [{ unit: 'line', least: 2, most: 2 }, 'It rains.\n\nWe stay.\n', 0],
    [{ unit: 'paragraph', least: 2, most: 2 }, 'It rains.\nHard.\n\nWe stay.', 0],
  ])('tells for %j how far %j is from it', (asked, text, missed) => {
    expect(missedBy(viewText(text), asked)).toBe(missed);
  });
});

describe('readAskedCounts', () => {
  test.each<[string, number[]]>([
    ['Name three ways to save water.', [3]],
    ['Develop 10 multiple-choice questions about birds.', [10]],
    ['Give five good short reasons.', [5]],
    ['Compare two books and list four themes.', [2, 4]],
    ['Name a bird.', []],
    ['Explain World War 2.', []],
    ['Why did 1,500 people leave?', []],
    ['In 1990 things changed.', []],
    ['It costs 3.50 dollars.', []],
  ])('reads those of %j', (instruction, counts) => {
    expect(readAskedCounts(instruction)).toEqual(counts);
  });
});
