import { describe, expect, it } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import type { RowPair } from '../../src/dataset/index.js';
import { filesOverview } from '../../src/report/files-overview.js';
import { pairDetail } from '../../src/report/pair-detail.js';
import { recordDetailSchema } from '../../src/report/record-data.js';

const row = (id: string, response: string) =>
  ({
    id,
    instruction: `Do ${id}.`,
    input: '',
    response,
    row: 0,
    source: {},
  }) as unknown as RowPair['original'];
const pair = (id: string, original: string, refined: string): RowPair =>
  ({ original: row(id, original), refined: row(id, refined) }) as RowPair;

const WALL = 'A wall of stones needs no mortar, since their weight holds them where they lie.';

describe('a pair of rows as a record', () => {
  it('fits the shape of records, with nothing that only a run knows', () => {
    const detail = pairDetail(pair('7', WALL, `${WALL} So it stands.`), 3, DEFAULT_SUITE);
    expect(recordDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      row: { id: '7', place: 3, outcome: 'refined', decision: null, costUsd: null, requests: 0 },
      ...{ original: WALL, exported: `${WALL} So it stands.`, chosen: null, attempts: [] },
    });
  });

  it('has the places of findings in the text as it is, with blanks before it', () => {
    const refined = `\n\n  ${WALL} [End]`;
    const { findings } = pairDetail(pair('7', WALL, refined), 0, DEFAULT_SUITE);
    const residue = findings.find(({ check }) => check === 'marker_residue');
    expect(refined.slice(residue?.start ?? 0, residue?.end ?? 0)).toContain('End');
  });
});

describe('all pairs together', () => {
  it('are counted by verdict, check, length and change', () => {
    const details = [pair('1', WALL, WALL), pair('2', WALL, `${WALL} More of it.`)].map((one, place) =>
      pairDetail(one, place, DEFAULT_SUITE),
    );
    const overview = filesOverview(details, DEFAULT_SUITE);
    const sum = (counts: readonly number[] = []) => counts.reduce((all, count) => all + count, 0);
    expect(sum(Object.values(overview.verdicts))).toBe(2);
    expect(overview.checks.find(({ check }) => check === 'unchanged')).toMatchObject({
      examples: { fail: 0, flag: 1, note: 0 },
    });
    expect(overview.lengths.series.map(({ name }) => name)).toEqual(['original', 'refined']);
    expect(overview.changes.edges.at(-1)).toBe(1);
    expect(sum(overview.changes.series[0]?.counts)).toBe(2);
  });
});
