import { describe, expect, test } from 'vitest';
import { type CandidateCheck, type CheckSuite, type Finding, prepareSuite } from '../../src/checks/index.js';
import {
  findingLines,
  inOrderOfSeverity,
  rowLines,
  verdictLines,
  worstRows,
} from '../../src/report/check-lines.js';
import { type CheckedRow, summariseChecks } from '../../src/report/check-summary.js';
import { checkedText } from '../../src/report/checked-text.js';

/** What a terminal would obey. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;

function findingOf(check: string, severity: Finding['severity'], parts: Partial<Finding> = {}): Finding {
  return { check, severity, message: `About ${check}.`, start: null, end: null, ...parts };
}

function rowOf(id: string, verdict: CheckedRow['verdict'], ...findings: Finding[]): CheckedRow {
  return { id, verdict, findings, reason: null };
}

function suiteOf(...ids: readonly string[]): CheckSuite {
  const own = ids.map(
    (id): CandidateCheck => ({
      ...{ id, version: 1, severity: 'flag', description: `What ${id} finds.`, reads: 'candidate' },
      find: () => [],
    }),
  );
  return prepareSuite(own, {}, '').slice(-ids.length);
}

const SUITE = suiteOf('short', 'long', 'odd');
const ROWS = [
  rowOf('a', 'pass', findingOf('odd', 'note')),
  rowOf('b', 'flag', findingOf('short', 'flag'), findingOf('short', 'flag'), findingOf('odd', 'note')),
  rowOf('c', 'fail', findingOf('odd', 'note'), findingOf('short', 'flag'), findingOf('short', 'fail')),
  rowOf('d', 'flag', findingOf('short', 'flag')),
  rowOf('e', null),
  rowOf('f', 'fail', findingOf('judge', 'fail'), findingOf('short', 'fail')),
];

describe('the summary', () => {
  test('counts rows by verdict, and by check under the worst that it found in each', () => {
    expect(summariseChecks(ROWS, SUITE)).toEqual({
      rows: 6,
      byVerdict: { fail: 2, flag: 2, pass: 1 },
      byCheck: {
        short: { rows: 4, fail: 2, flag: 2, note: 0 },
        long: { rows: 0, fail: 0, flag: 0, note: 0 },
        odd: { rows: 3, fail: 0, flag: 0, note: 3 },
        judge: { rows: 1, fail: 1, flag: 0, note: 0 },
      },
    });
  });

  test('of no rows is all zeros', () => {
    const summary = summariseChecks([], SUITE);
    expect(summary).toMatchObject({ rows: 0, byVerdict: { fail: 0, flag: 0, pass: 0 } });
    expect(verdictLines(summary).join('\n')).not.toContain('NaN');
    expect(findingLines(summary, SUITE, 80)).toEqual([]);
  });

  test('is shown by verdict, with what was not answered yet', () => {
    expect(verdictLines(summariseChecks(ROWS, SUITE))).toEqual([
      '  fail        2   33.3 %   certainly bad',
      '  flag        2   33.3 %   probably bad',
      '  pass        1   16.7 %   nothing found, or only notes',
      '  -           1   16.7 %   not answered yet',
    ]);
    expect(verdictLines(summariseChecks(ROWS.slice(0, 1), SUITE)).join()).not.toContain('not answered');
  });

  test('is shown by severity and check, the worst and most frequent first', () => {
    expect(findingLines(summariseChecks(ROWS, SUITE), SUITE, 80)).toEqual([
      '  fail        2   short  What short finds.',
      '  fail        1   judge',
      '  flag        2   short  What short finds.',
      '  note        3   odd    What odd finds.',
    ]);
  });
});

describe('a list of rows', () => {
  test('has the worst first: by verdict, then by how many findings led to it', () => {
    expect(worstRows(ROWS).map(({ id }) => id)).toEqual(['f', 'c', 'b', 'd']);
  });

  test('shows the worst finding of each, and how many more there are', () => {
    expect(rowLines(ROWS, 80)).toEqual([
      '  a  pass  odd: About odd.',
      '  b  flag  short: About short. (+2)',
      '  c  fail  short: About short. (+2)',
      '  d  flag  short: About short.',
      '  e  -',
      '  f  fail  judge: About judge. (+1)',
    ]);
  });

  test('tells the reason where no text was checked', () => {
    const row = { ...rowOf('x', 'fail'), reason: 'refused by the server: no' };
    const noted = { ...rowOf('x', 'fail', findingOf('odd', 'note')), reason: 'no text' };
    expect(rowLines([row, noted], 80)).toEqual([
      '  x  fail  refused by the server: no',
      '  x  fail  no text',
    ]);
  });

  test('keeps to the columns of the terminal, however long ids and messages are', () => {
    const long = findingOf('odd', 'flag', { message: 'so '.repeat(200) });
    const rows = [rowOf('i'.repeat(100), 'flag', long, long), rowOf('short', 'flag', long)];
    for (const line of rowLines(rows, 80)) expect(line.length).toBeLessThanOrEqual(80);
    for (const line of findingLines(summariseChecks(rows, SUITE), SUITE, 40)) {
      expect(line.length).toBeLessThanOrEqual(45);
    }
  });

  test('obeys nothing that stands in ids and messages', () => {
    const hostile = '\u001b[2J\u202e\r\n\u0007';
    const rows = [rowOf(hostile, 'flag', findingOf(hostile, 'flag', { message: hostile }))];
    const lines = [...rowLines(rows, 80), ...findingLines(summariseChecks(rows, SUITE), SUITE, 80)];
    expect(lines.join('')).not.toMatch(OBEYED);
    expect(lines).toHaveLength(2);
  });

  test('orders findings by severity and otherwise leaves them as they are', () => {
    const findings = [
      findingOf('a', 'note'),
      findingOf('b', 'fail'),
      findingOf('c', 'flag'),
      findingOf('d', 'fail'),
    ];
    expect(inOrderOfSeverity(findings).map(({ check }) => check)).toEqual(['b', 'd', 'c', 'a']);
  });
});

describe('one row', () => {
  const TEXT = `${'Once more. '.repeat(10)}Here it is. ${'And on. '.repeat(10)}`.trim();
  const START = TEXT.indexOf('Here');
  const show = (finding: Finding, refined: string | null = TEXT) =>
    checkedText(
      { ...rowOf('7', 'flag', finding), instruction: 'Why?', input: '', refined },
      (text) => `<${text}>`,
    );

  test('shows texts and findings, the worst first', () => {
    const row = {
      ...rowOf('7', 'fail', findingOf('odd', 'note'), findingOf('short', 'fail')),
      ...{ instruction: 'Why?', input: 'One\ntwo', refined: 'Because.' },
    };
    expect(checkedText(row, (text) => text)).toBe(
      [
        'example: 7 (fail)',
        'instruction: Why?',
        'input:\nOne\ntwo\n',
        'refined: Because.',
        'fail: short: About short.',
        'note: odd: About odd.',
      ].join('\n'),
    );
  });

  test('quotes the span of a finding, marked, with the text around it', () => {
    const text = show(findingOf('odd', 'flag', { start: START, end: START + 11 }));
    expect(text).toContain(
      `  | …${TEXT.slice(START - 40, START)}<Here it is.>${TEXT.slice(START + 11, START + 51)}…\n`,
    );
    expect(text).toContain(`  characters ${START} to ${START + 11}`);
  });

  test('quotes at the edges of the text without dots', () => {
    const text = show(findingOf('odd', 'flag', { start: 0, end: 5 }), 'Short and good.');
    expect(text).toContain('  | <Short> and good.\n');
  });

  test('quotes every line of a span, and no more than a part of a long one', () => {
    expect(show(findingOf('odd', 'flag', { start: 4, end: 9 }), 'One\n\ntwo\nthree')).toContain(
      '  | One\n  | <\n  | two\n  | >three\n',
    );
    const text = show(findingOf('odd', 'flag', { start: 0, end: 5000 }), 'x'.repeat(5000));
    expect(text).toContain(`  | <${'x'.repeat(300)}>…\n  characters 0 to 5,000`);
  });

  test('quotes nothing without a span or without a text', () => {
    expect(show(findingOf('odd', 'flag'))).not.toContain('|');
    expect(show(findingOf('odd', 'flag', { start: 0, end: 0 }))).not.toContain('|');
    expect(show(findingOf('odd', 'flag', { start: 0, end: 3 }), null)).not.toContain('|');
  });

  test('cuts no character in two', () => {
    const text = show(
      findingOf('odd', 'flag', { start: 41, end: 43 }),
      `${'😀'.repeat(20)}!ab${'😀'.repeat(30)}`,
    );
    expect(text.isWellFormed()).toBe(true);
  });

  test('says so when nothing was found, or nothing was there to be checked', () => {
    const row = { ...rowOf('7', 'pass'), instruction: 'Why?', input: '', refined: 'So.' };
    expect(checkedText(row, String)).toContain('The checks found nothing.');
    expect(checkedText({ ...row, verdict: null, refined: null }, String)).toContain('7 (not answered yet)');
    expect(checkedText({ ...row, verdict: null }, String)).not.toContain('found nothing');
    const refused = checkedText({ ...row, verdict: 'fail', refined: null, reason: 'refused' }, String);
    expect(refused).toContain('reason: refused');
    expect(refused).not.toContain('found nothing');
  });

  test('obeys nothing that stands in the texts', () => {
    const hostile = `a\u001b[2J\u202e${'\r'.repeat(50)}\u0007`;
    const finding = findingOf('odd', 'flag', { message: hostile, start: 2, end: 6 });
    const row = {
      ...rowOf(hostile, 'flag', finding),
      instruction: hostile,
      input: hostile,
      refined: hostile,
    };
    expect(checkedText(row, String)).not.toMatch(OBEYED);
  });
});
