import { describe, expect, test } from 'vitest';
import { selectionLines, warningLines } from '../../src/report/selection-report.js';
import type { CurationWarning, Selection, SelectionRule } from '../../src/select/index.js';
import { someExamples } from '../support/run-parts.js';

const RULE: SelectionRule = { kind: 'top', top: 4, by: 'words', of: 'response', where: ['kind=a\u001b[31m'] };

const SELECTION: Selection = {
  examples: someExamples(4),
  dataset: {
    path: '/data.json',
    container: 'json',
    gzip: false,
    shape: 'alpaca',
    rows: 12_345,
    emptyResponses: 0,
    badRows: {},
    fingerprint: null,
  },
  available: 12_000,
  lengths: [1900, 10, 20, 30],
  threshold: 10,
  ties: { length: 10, rows: 1, chosen: ['1'] },
  lengthCounts: new Map(),
};

describe('what a selection did', () => {
  test('is told a line each, control characters made visible', () => {
    expect(selectionLines('data\n.json', RULE, SELECTION)).toEqual([
      'read:      data\\n.json: 12,345 rows (alpaca)',
      'selected:  4 of 12,000: the longest by words, where kind=a\\x1b[31m',
      'lengths:   10 (least), 20 (25 %), 30 (median), 30 (75 %), 1,900 (most)',
      'threshold: 1 row of length 10, chosen',
    ]);
  });

  test('tells of rows that were passed over', () => {
    const dataset = { ...SELECTION.dataset, emptyResponses: 1, badRows: { 'broken JSON': 2 } };
    expect(selectionLines('data.json', RULE, { ...SELECTION, dataset }).slice(1, 3)).toEqual([
      '           2 rows skipped: broken JSON',
      '           1 row with an empty response, never selected',
    ]);
  });

  test('says nothing of lengths that were not measured', () => {
    const unmeasured = { ...SELECTION, lengths: [], threshold: null, ties: null };
    expect(selectionLines('d', { kind: 'all', where: [] }, unmeasured)).toEqual([
      'read:      d: 12,345 rows (alpaca)',
      'selected:  4 of 12,000: all with a response',
    ]);
  });

  test.each<[string, NonNullable<Selection['ties']>, string]>([
    [
      'all of which are in',
      { length: 192, rows: 2, chosen: ['a', 'b'] },
      'threshold: 2 rows of length 192, chosen',
    ],
    [
      'of which some are in',
      { length: 1192, rows: 15, chosen: ['4988', 'x\u001b[0m'] },
      'threshold: 15 rows of length 1,192; the earliest 2 chosen: 4988, x\\x1b[0m',
    ],
    [
      'of which many are in',
      { length: 1, rows: 5000, chosen: Array.from({ length: 1200 }, (_, index) => String(index)) },
      'threshold: 5,000 rows of length 1; the earliest 1,200 chosen: 0, 1, 2, 3, 4, 5, 6, 7, ...',
    ],
    [
      'of which as many are in as are named',
      { length: 1, rows: 9, chosen: [...'abcdefgh'] },
      'threshold: 9 rows of length 1; the earliest 8 chosen: a, b, c, d, e, f, g, h',
    ],
  ])('tells of rows as long as the shortest, %s', (_, ties, line) => {
    expect(selectionLines('d', RULE, { ...SELECTION, ties }).at(-1)).toBe(line);
  });
});

describe('warnings', () => {
  const many = Array.from({ length: 1001 }, (_, index) => String(index));

  test.each<[CurationWarning, string]>([
    [
      { kind: 'leaked_task', message: 'runs on', groups: [['7', 'x\u202e']] },
      'warning:   2 examples: runs on: 7, x\\u{202e}',
    ],
    [{ kind: 'leaked_task', message: 'runs on', groups: [['7']] }, 'warning:   1 example: runs on: 7'],
    [
      { kind: 'repeated_phrase', message: 'repeats', groups: [many] },
      'warning:   1,001 examples: repeats: 0, 1, 2, 3, 4, 5, 6, 7, ...',
    ],
    [
      {
        kind: 'near_duplicates',
        message: 'shares',
        groups: [
          ['1', '2'],
          ['3', '4', '5'],
        ],
      },
      'warning:   5 examples: shares: 1, 2; 3, 4, 5',
    ],
    [
      { kind: 'exact_duplicates', message: 'same', groups: many.slice(0, 9).map((id) => [id, `${id}b`]) },
      'warning:   18 examples: same: 0, 0b; 1, 1b; 2, 2b; 3, 3b; 4, 4b; 5, 5b; 6, 6b; 7, 7b, ...',
    ],
  ])('%j are told as one line', (warning, line) => {
    expect(warningLines([warning])).toEqual([line]);
  });

  test('come in their order, none when there is nothing to say', () => {
    expect(warningLines([])).toEqual([]);
    const one: CurationWarning = { kind: 'leaked_task', message: 'a', groups: [['1']] };
    expect(warningLines([one, { ...one, message: 'b' }])).toEqual([
      'warning:   1 example: a: 1',
      'warning:   1 example: b: 1',
    ]);
  });
});
