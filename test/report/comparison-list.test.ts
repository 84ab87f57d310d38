import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import {
  type ComparedRow,
  chooseComparisons,
  comparisonLines,
  countWords,
  type ListChoice,
} from '../../src/report/comparison-list.js';

const rowOf = (parts: Partial<ComparedRow> = {}): ComparedRow => ({
  id: '7',
  instruction: 'Write a poem about rain.',
  verdict: 'pass',
  checks: [],
  changed: 0.5,
  words: { original: 10, refined: 1200 },
  decision: null,
  ...parts,
});
const bodyOf = (row: Partial<ComparedRow>, columns = 80): string =>
  comparisonLines([rowOf(row)], columns)[1] ?? '';

describe('comparisonLines', () => {
  test('puts all there is to know in columns, under their names', () => {
    const rows = [
      rowOf({ id: '3' }),
      rowOf({
        id: '12',
        verdict: 'fail',
        changed: null,
        words: { original: 5, refined: null },
        checks: ['refusal'],
      }),
      rowOf({ id: '100', verdict: 'flag', changed: 0, checks: ['echo', 'length'], decision: 'reject' }),
    ];
    expect(comparisonLines(rows, 90)).toEqual([
      ' id  verdict  change       words  checks                 instruction',
      '  3  pass       50 %  10 > 1,200                         Write a poem about rain.',
      ' 12  fail          -       5 > -  refusal                Write a poem about rain.',
      '100  flag        0 %  10 > 1,200  rejected; echo length  Write a poem about rain.',
    ]);
  });

  test('leaves the column of checks out where none found anything', () => {
    expect(comparisonLines([rowOf()], 80)[0]).toBe('id  verdict  change       words  instruction');
  });

  test.each<[string, Partial<ComparedRow>]>([
    ['a long instruction', { instruction: 'word '.repeat(100) }],
    ['wide characters', { instruction: '漢字'.repeat(100) }],
    ['emoji', { instruction: '👩‍👩‍👧'.repeat(100) }],
    ['many checks', { checks: ['marker_residue', 'content_lost', 'form_changed', 'near_copy'] }],
    ['a long id', { id: 'id-'.repeat(50) }],
    ['a wide id', { id: '漢'.repeat(50) }],
    ['line breaks', { id: 'a\nb', instruction: 'one\ntwo\r\nthree', checks: ['a\nb'] }],
    ['what a terminal obeys', { id: '\u001b]0;x', instruction: '\u001b[2J\u202e', checks: ['\u0007'] }],
    ['half a surrogate pair', { instruction: '\ud83d'.repeat(200) }],
    ['an endless character', { instruction: `e${'\u0301'.repeat(10_000)}` }],
  ])('is one line that fits the screen: %s', (_, row) => {
    for (const columns of [60, 80, 100]) {
      const line = bodyOf(row, columns);
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
      expect(line.isWellFormed()).toBe(true);
    }
  });

  test('counts the checks for which there is no room', () => {
    expect(bodyOf({ checks: ['marker_residue', 'content_lost', 'form_changed'] })).toContain(
      'marker_residue +2',
    );
  });

  test('keeps columns straight where ids are wide', () => {
    const [, one = '', other = ''] = comparisonLines([rowOf({ id: '漢字' }), rowOf({ id: 'a' })], 80);
    expect(stringWidth(one.slice(0, one.indexOf('pass')))).toBe(other.indexOf('pass'));
  });
});

describe('chooseComparisons', () => {
  const rows = [
    rowOf({ id: 'a', verdict: 'pass', changed: 0.2, words: { original: 5, refined: 50 } }),
    rowOf({
      id: 'b',
      verdict: 'fail',
      changed: null,
      words: { original: 5, refined: null },
      checks: ['refusal'],
    }),
    rowOf({
      id: 'c',
      verdict: 'flag',
      changed: 0.9,
      words: { original: 5, refined: 20 },
      checks: ['echo', 'length'],
    }),
  ];
  test.each<[Partial<ListChoice>, string]>([
    [{}, 'abc'],
    [{ only: ['flag', 'fail'] }, 'bc'],
    [{ check: ['length', 'refusal'] }, 'bc'],
    [{ only: ['flag'], check: ['refusal'] }, ''],
    [{ sort: 'change' }, 'cab'],
    [{ sort: 'length' }, 'acb'],
  ])('of %o', (choice, ids) => {
    const chosen = chooseComparisons(rows, { only: [], check: [], sort: 'id', ...choice });
    expect(chosen.map(({ id }) => id).join('')).toBe(ids);
  });
});

test('countWords counts by white space', () => {
  expect(countWords('one, two\n three')).toBe(3);
  expect(countWords(' ')).toBe(0);
});
