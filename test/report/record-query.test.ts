import { describe, expect, test } from 'vitest';
import type { RecordRow } from '../../src/report/record-data.js';
import {
  CHANGE_RANGES,
  changeRangeOf,
  chooseRecords,
  type RecordFilter,
} from '../../src/report/record-query.js';

const ALL: RecordFilter = { outcome: [], verdict: [], check: [], change: [], decision: [], q: '' };

function rowOf(id: string, parts: Partial<RecordRow> = {}): RecordRow {
  return {
    id,
    place: Number(id),
    instruction: `Ask ${id}`,
    outcome: 'refined',
    reason: null,
    verdict: 'pass',
    checks: [],
    changed: 0.6,
    words: { original: 10, refined: 20 },
    decision: null,
    requests: 1,
    costUsd: 0.01,
    ...parts,
  };
}

const ROWS = [
  rowOf('0', { words: { original: 5, refined: 5 }, costUsd: null }),
  rowOf('1', { outcome: 'kept', verdict: 'flag', checks: ['echo', 'loss'], changed: 0.1 }),
  rowOf('2', { outcome: 'kept', verdict: 'fail', checks: ['loss'], changed: null, costUsd: 0.03 }),
  rowOf('3', { outcome: 'kept', decision: 'reject', words: { original: 40, refined: 9 }, changed: 1 }),
  rowOf('4', { outcome: 'pending', verdict: null, changed: null, requests: 0, costUsd: 0 }),
];

const choose = (filter: Partial<RecordFilter>, order: Parameters<typeof chooseRecords>[2] = 'id') =>
  chooseRecords(ROWS, { ...ALL, ...filter }, order, ({ instruction }, text) => instruction.includes(text));
const idsOf = (...given: Parameters<typeof choose>) => choose(...given).rows.map(({ id }) => id);

describe('chosen records', () => {
  test.each<[string, Partial<RecordFilter>, string[]]>([
    ['all without a choice', {}, ['0', '1', '2', '3', '4']],
    ['one of several outcomes', { outcome: ['refined', 'pending'] }, ['0', '4']],
    ['a verdict, which pending ones lack', { verdict: ['pass'] }, ['0', '3']],
    ['any of the checks', { check: ['echo', 'loss'] }, ['1', '2']],
    ['a range of change', { change: ['small', 'whole'] }, ['1', '3']],
    ['undecided ones', { decision: ['none'] }, ['0', '1', '2', '4']],
    ['all choices together', { outcome: ['kept'], check: ['loss'], verdict: ['fail'] }, ['2']],
    ['a text', { q: 'Ask 3' }, ['3']],
    ['none', { outcome: ['dropped'] }, []],
  ])('are %s', (_, filter, ids) => {
    expect(idsOf(filter)).toEqual(ids);
  });

  test.each([
    ['id', ['0', '1', '2', '3', '4']],
    ['change', ['3', '0', '1', '2', '4']],
    ['length', ['3', '1', '2', '4', '0']],
    ['cost', ['2', '1', '3', '4', '0']],
  ] as const)(
    'come by %s, the larger first, equals and unknowns in the order of the dataset',
    (order, ids) => {
      expect(idsOf({}, order)).toEqual(ids);
    },
  );

  test('leave the rows that they are chosen from as they were', () => {
    const before = structuredClone(ROWS);
    choose({}, 'length');
    expect(ROWS).toEqual(before);
  });
});

describe('facet counts', () => {
  test('tell how many records each value has', () => {
    expect(choose({}).facets).toEqual({
      outcome: { refined: 1, kept: 3, pending: 1 },
      verdict: { pass: 2, flag: 1, fail: 1 },
      check: { echo: 1, loss: 2 },
      change: { large: 1, small: 1, whole: 1 },
      decision: { none: 4, reject: 1 },
    });
  });

  test('take the choices of other facets into account, but not those of their own', () => {
    const { facets } = choose({ outcome: ['kept'], verdict: ['fail'] });
    expect(facets.outcome).toEqual({ kept: 1 });
    expect(facets.verdict).toEqual({ pass: 1, flag: 1, fail: 1 });
    expect(facets.check).toEqual({ loss: 1 });
  });

  test('are what choosing each value alone would bring', () => {
    const chosen = { outcome: ['kept'] } as const;
    for (const [check, count] of Object.entries(choose(chosen).facets.check)) {
      expect(choose({ ...chosen, check: [check] }).rows).toHaveLength(count);
    }
  });

  test('bear names that objects have of their own', () => {
    const rows = [rowOf('0', { checks: ['__proto__', 'constructor'] })];
    const { facets } = chooseRecords(rows, ALL, 'id', () => true);
    expect(Object.entries(facets.check)).toEqual([
      ['__proto__', 1],
      ['constructor', 1],
    ]);
  });
});

describe('ranges of change', () => {
  test('follow one another from 0 to 1 without a gap', () => {
    expect(CHANGE_RANGES[0].from).toBe(0);
    const edges = CHANGE_RANGES.map(({ from }) => from);
    expect(edges).toEqual(edges.toSorted((one, other) => one - other));
    for (const { name, from } of CHANGE_RANGES) expect(changeRangeOf(from)).toBe(name);
    expect(changeRangeOf(1)).toBe('whole');
    expect(changeRangeOf(null)).toBeNull();
  });
});
