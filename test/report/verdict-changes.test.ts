import { describe, expect, test } from 'vitest';
import { atLastCheck, changedRowLines, verdictChangeLines } from '../../src/report/verdict-changes.js';
import type { VerdictChanges } from '../../src/run/verdict-changes.js';

const NOTHING: VerdictChanges = {
  since: '2025-02-03T04:05:06.000Z',
  ...{ rows: [], checks: [], checksFile: null, burnish: null },
};

const ROWS = [
  { id: '7', before: 'pass', now: 'flag' },
  { id: '9', before: 'fail', now: 'pass' },
  { id: '12', before: 'pass', now: 'flag' },
] as const;

const STAMP = { id: 'odd', version: 1, severity: 'note', thresholds: { most: 1, least: 2 } } as const;

const changesOf = (parts: Partial<VerdictChanges>): VerdictChanges => ({ ...NOTHING, rows: ROWS, ...parts });

describe('the lines about verdicts that differ from the last check', () => {
  test('are none when no verdict differs, whatever else does', () => {
    expect(verdictChangeLines(null, 80)).toEqual([]);
    expect(verdictChangeLines({ ...NOTHING, burnish: { before: '1', now: '2' } }, 80)).toEqual([]);
  });

  test('tell which examples, by kind of change', () => {
    expect(verdictChangeLines(changesOf({}), 80)).toEqual([
      '3 examples judged otherwise than at the check of 2025-02-03 04:05 UTC:',
      '  pass -> flag      2   7, 12',
      '  fail -> pass      1   9',
    ]);
  });

  test.each([
    [{ checks: [{ check: 'odd', before: null, now: STAMP }] }, 'odd: new'],
    [{ checks: [{ check: 'odd', before: STAMP, now: null }] }, 'odd: gone'],
    [
      { checks: [{ check: 'odd', before: STAMP, now: { ...STAMP, version: 2, severity: 'flag' as const } }] },
      'odd: version 1 -> 2, severity note -> flag',
    ],
    [
      { checks: [{ check: 'odd', before: STAMP, now: { ...STAMP, thresholds: { most: 0.5, first: 3 } } }] },
      'odd: most 1 -> 0.5, least 2 -> none, first none -> 3',
    ],
    [{ checksFile: { before: 'a', now: null } }, 'the checks file is another one'],
    [{ burnish: { before: '1.0.0', now: '1.1.0' } }, 'Burnish: 1.0.0 -> 1.1.0'],
  ])('tell what has changed since: %j', (parts, cause) => {
    expect(verdictChangeLines(changesOf(parts), 80).at(-1)).toBe(`  since then ${cause}`);
  });

  test('keep to the columns, and obey nothing in ids', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...({ id: `\u001b[2J${index}`, before: 'pass', now: 'fail' } as const),
    }));
    for (const line of verdictChangeLines(changesOf({ rows }), 80)) {
      expect(line.length).toBeLessThanOrEqual(80);
      expect(line).not.toContain('\u001b');
    }
  });
});

describe('the list of the examples', () => {
  const FOUND = { check: 'odd', severity: 'flag', message: 'It is odd.', start: null, end: null } as const;
  const rows = ROWS.map(({ id, now }) => ({
    id,
    verdict: now,
    findings: now === 'flag' ? [FOUND] : [],
    reason: null,
  }));

  const OTHER = { id: '99', verdict: 'fail', findings: [], reason: null } as const;

  test('says what was found in each', () => {
    expect(changedRowLines(changesOf({}), [...rows, OTHER], 80, 9)).toEqual([
      '  7   pass -> flag  odd: It is odd.',
      '  9   fail -> pass',
      '  12  pass -> flag  odd: It is odd.',
    ]);
  });

  test('ends with how many more there are, and why', () => {
    const changes = changesOf({ burnish: { before: '1', now: '2' } });
    expect(changedRowLines(changes, rows, 80, 2).slice(2)).toEqual([
      '  ... and 1 more; --json has them all',
      '  since then Burnish: 1 -> 2',
    ]);
  });
});

test('the last check is named by its time', () => {
  expect(atLastCheck(NOTHING)).toBe('at the check of 2025-02-03 04:05 UTC');
});
