import { describe, expect, test } from 'vitest';
import { readAskedItems, readPossibleCounts } from '../../../src/checks/request/asked-items.js';

const ANY = Number.POSITIVE_INFINITY;

describe('readAskedItems', () => {
  test.each([
    ['Name ten rivers.', 10, '10'],
    ['List 5 tips for sailors.', 5, '5 tips'],
    ['Give me three good reasons to sail.', 3, 'three good reasons'],
    ['Generate a list of 20 interesting topic ideas.', 20, '20 interesting topic ideas'],
    ['Please come up with at least four names.', 4, 'four names'],
    ['Think of a harbour. Suggest 3-5 improvements.', 3, '3 to 5 improvements'],
    ['What are the seven seas?', 7, 'seven seas'],
    ['Develop 10 multiple choice questions about tides', 10, '10 multiple choice questions'],
  ])('reads %j', (instruction, min, words) => {
    const asked = readAskedItems(instruction);
    expect(asked).toMatchObject({ unit: 'items', min, max: ANY });
    expect(asked?.words.startsWith(words.replace(/^10$/, 'ten'))).toBe(true);
  });

  test.each([
    'Write a story about two brothers.',
    'Compare two harbours.',
    'Write five sentences about gulls.',
    'Create a 3-minute script.',
    'Write a plan for 7 days.',
    'Give one example.',
    'List all rivers since 1900.',
    'List 2000 names.',
    'Describe the sea.',
    'Generate 30 minutes of talk.',
  ])('finds no number of things in %j', (instruction) => {
    expect(readAskedItems(instruction)).toBeNull();
  });
});

describe('readPossibleCounts', () => {
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
    expect(readPossibleCounts(instruction)).toEqual(counts);
  });
});
