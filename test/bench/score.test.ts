import { describe, expect, test } from 'vitest';
import type { Grade, LabelledRow } from '../../bench/checks/labels.ts';
import { flaggingChecks, type MeasuredRow, measureRows } from '../../bench/checks/measured-row.ts';
import { labelsOf, scoreRows } from '../../bench/checks/score.ts';
import { isMet, TARGETS } from '../../bench/checks/target.ts';
import type { Finding, Severity } from '../../src/checks/index.js';

function finding(check: string, severity: Severity): Finding {
  return { check, severity, message: 'm', start: null, end: null };
}

function labelled(id: string, grade: Grade, labels: readonly string[] = []): LabelledRow {
  return { id, grade, labels, isRandom: true, secondGrade: null };
}

function measured(grade: Grade, checks: readonly string[], over: Partial<MeasuredRow> = {}): MeasuredRow {
  const verdict = checks.length === 0 ? 'pass' : 'flag';
  return { ...labelled('x', grade), verdict, checks, ...over };
}

describe('measureRows', () => {
  test('gives each labelled row its verdict and the checks that led to it', () => {
    const findings = new Map([
      ['a', [finding('loop', 'flag'), finding('empty', 'fail'), finding('loop', 'flag')]],
      ['b', [finding('loop', 'note')]],
      ['unread', [finding('loop', 'fail')]],
    ]);
    expect(measureRows([labelled('b', 'ok'), labelled('a', 'bad', ['loop'])], findings)).toEqual([
      { ...labelled('b', 'ok'), verdict: 'pass', checks: [] },
      { ...labelled('a', 'bad', ['loop']), verdict: 'fail', checks: ['loop', 'empty'] },
    ]);
  });

  test('names a labelled row that the pairs lack, and how many more there are', () => {
    const rows = ['a', 'b', 'c'].map((id) => labelled(id, 'ok'));
    expect(() => measureRows(rows, new Map([['a', []]]))).toThrow(
      expect.objectContaining({
        code: 'dataset',
        facts: expect.objectContaining({ expected: 'ids of the 1 pairs', found: '"b" and 1 more' }),
      }),
    );
    expect(() => measureRows([labelled('z', 'ok')], new Map())).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ found: '"z"' }) }),
    );
  });

  test('leaves notes out of the checks that flag', () => {
    expect(flaggingChecks([finding('a', 'note'), finding('b', 'flag'), finding('c', 'fail')])).toEqual([
      'b',
      'c',
    ]);
  });
});

describe('scoreRows', () => {
  const rows = [
    measured('bad', ['one'], { labels: ['loop'], secondGrade: 'bad' }),
    measured('bad', ['one', 'two'], { labels: ['loop', 'orig_loop'], verdict: 'fail', secondGrade: 'minor' }),
    measured('bad', [], { labels: ['cut'] }),
    measured('minor', ['two'], { labels: ['loop'], secondGrade: 'ok' }),
    measured('minor', [], { labels: ['cut', 'orig_loop'], secondGrade: 'minor' }),
    measured('ok', ['one']),
    measured('ok', []),
  ];
  const scores = scoreRows(rows, ['loop', 'cut', 'absent'], ['one', 'two', 'three']);

  test('counts the flagged and the failed of each grade', () => {
    expect(scores.rows).toBe(7);
    expect(scores.byGrade).toMatchObject([
      { grade: 'bad', flagged: { count: 2, total: 3 }, failed: { count: 1, total: 3 } },
      { grade: 'minor', flagged: { count: 1, total: 2 }, failed: { count: 0, total: 2 } },
      { grade: 'ok', flagged: { count: 1, total: 2 }, failed: { count: 0, total: 2 } },
    ]);
  });

  test('counts the flagged of each label, and of its bad rows', () => {
    expect(scores.byLabel).toMatchObject([
      { label: 'loop', flagged: { count: 3, total: 3 }, badFlagged: { count: 2, total: 2 } },
      { label: 'cut', flagged: { count: 0, total: 2 }, badFlagged: { count: 0, total: 1 } },
      { label: 'absent', flagged: { total: 0, share: null }, badFlagged: { total: 0 } },
    ]);
  });

  test('counts what each check flags, what it flags alone, and how often it is right', () => {
    expect(scores.byCheck).toMatchObject([
      {
        check: 'one',
        flagged: { bad: 2, minor: 0, ok: 1 },
        alone: { bad: 1, minor: 0, ok: 1 },
        precision: { count: 2, total: 3 },
      },
      {
        check: 'two',
        flagged: { bad: 1, minor: 1, ok: 0 },
        alone: { bad: 0, minor: 1, ok: 0 },
        precision: { count: 1, total: 2 },
      },
      { check: 'three', flagged: { bad: 0, minor: 0, ok: 0 }, precision: { total: 0, share: null } },
    ]);
  });

  test('compares the readers where there are two: on the grade, and on bad or not', () => {
    expect(scores.agreement).toMatchObject({ grade: { count: 2, total: 4 }, bad: { count: 3, total: 4 } });
  });

  test('orders labels by how many rows have them, those of the original last', () => {
    expect(labelsOf(rows)).toEqual(['loop', 'cut', 'orig_loop']);
    expect(labelsOf([measured('ok', [], { labels: ['b', 'orig_z', 'a'] })])).toEqual(['a', 'b', 'orig_z']);
  });
});

describe('targets', () => {
  const scoresOf = (flagged: number, grade: Grade) =>
    scoreRows(
      Array.from({ length: 100 }, (_, row) => measured(grade, row < flagged ? ['one'] : [])),
      [],
      [],
    );

  test.each<[Grade, number, boolean]>([
    ['bad', 90, true],
    ['bad', 89, false],
    ['minor', 20, true],
    ['minor', 21, false],
    ['ok', 3, true],
    ['ok', 4, false],
  ])('%s rows with %d of 100 flagged: met is %s', (grade, flagged, met) => {
    const target = TARGETS.find((one) => one.grade === grade) ?? expect.fail('no such target');
    expect(isMet(target, scoresOf(flagged, grade))).toBe(met);
  });

  test('cannot tell without rows of the grade', () => {
    expect(TARGETS.map((target) => isMet(target, scoreRows([], [], [])))).toEqual([null, null, null]);
  });
});
