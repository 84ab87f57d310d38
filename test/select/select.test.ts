import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { inflateIfGzip } from '../../src/dataset/byte-source.js';
import { Dataset, openDataset } from '../../src/dataset/dataset.js';
import { curate } from '../../src/select/curation.js';
import { type Selection, selectExamples } from '../../src/select/select-examples.js';
import type { SelectionRule } from '../../src/select/selection-rule.js';
import { Random } from '../support/random.js';
import { realData } from '../support/real-data.js';

const folder = mkdtempSync(join(tmpdir(), 'burnish-select-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function datasetOf(rows: readonly object[]): Dataset {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, JSON.stringify(rows));
  return openDataset(path);
}

function dataset(outputs: readonly string[]): Dataset {
  return datasetOf(outputs.map((output) => ({ instruction: 'a', output, score: 1 })));
}

function idsOf({ examples }: Selection): string[] {
  return examples.map(({ id }) => id);
}

const BY_WORDS = { by: 'words', of: 'response', where: [] } as const;

describe('selectExamples', () => {
  const outputs = ['one two', 'a b c d', ' ', 'longestword', 'x y', 'p q r s'];

  test.each<[string, SelectionRule, string[], number[], number | null]>([
    ['the most words', { kind: 'top', top: 2, ...BY_WORDS }, ['1', '5'], [4, 4], 4],
    ['the earlier of equals', { kind: 'top', top: 3, ...BY_WORDS }, ['0', '1', '5'], [2, 4, 4], 2],
    ['the most characters', { kind: 'top', top: 1, ...BY_WORDS, by: 'chars' }, ['3'], [11], 11],
    [
      'all there are, when more are asked for',
      { kind: 'top', top: 99, ...BY_WORDS },
      ['0', '1', '3', '4', '5'],
      [2, 4, 1, 2, 4],
      1,
    ],
    ['a share of those with a response', { kind: 'share', percent: 40, ...BY_WORDS }, ['1', '5'], [4, 4], 4],
    ['at least one of them', { kind: 'share', percent: 0.01, ...BY_WORDS }, ['1'], [4], 4],
    ['a share, rounded', { kind: 'share', percent: 50, ...BY_WORDS }, ['0', '1', '5'], [2, 4, 4], 2],
    [
      'a share that is all',
      { kind: 'share', percent: 100, ...BY_WORDS },
      ['0', '1', '3', '4', '5'],
      [2, 4, 1, 2, 4],
      1,
    ],
    ['all that are long enough', { kind: 'min', min: 2, ...BY_WORDS }, ['0', '1', '4', '5'], [2, 4, 2, 4], 2],
    ['all with a response', { kind: 'all', where: [] }, ['0', '1', '3', '4', '5'], [], null],
    ['ids, in dataset order', { kind: 'ids', ids: ['4', '0'], where: [] }, ['0', '4'], [], null],
  ])('takes %s', async (_title, rule, ids, lengths, threshold) => {
    const selection = await selectExamples(dataset(outputs), rule);
    expect(idsOf(selection)).toEqual(ids);
    expect(selection).toMatchObject({ lengths, threshold, available: 5 });
    expect(selection.dataset).toMatchObject({ rows: 6, emptyResponses: 1 });
    expect(selection.examples[0]?.source).toMatchObject({ instruction: 'a', score: 1 });
  });

  test.each<[string, SelectionRule, string]>([
    ['unknown ids', { kind: 'ids', ids: ['0', '77', 'x'], where: [] }, '"77, x"'],
    ['repeated ids', { kind: 'ids', ids: ['0', '1', '0'], where: [] }, '"0"'],
    ['ids of blank responses', { kind: 'ids', ids: ['2', '1'], where: [] }, '"2"'],
    ['ids that a condition leaves out', { kind: 'ids', ids: ['0', '1'], where: ['score>1'] }, '"0, 1"'],
    ['a top of nothing', { kind: 'top', top: 0, ...BY_WORDS }, '0'],
    ['a top that is no number', { kind: 'top', top: Number.NaN, ...BY_WORDS }, 'NaN'],
    ['none at random', { kind: 'random', count: 0, seed: 0, where: [] }, '0'],
    ['a metric that is not known', { kind: 'top', top: 1, ...BY_WORDS, by: 'letters' }, 'letters'],
    ['a condition that is none', { kind: 'all', where: ['score'] }, 'score'],
  ])('refuses %s and names them', async (_title, rule, found) => {
    await expect(selectExamples(dataset(outputs), rule)).rejects.toMatchObject({
      code: 'usage',
      facts: { found },
    });
  });

  test.each<[string, string[], SelectionRule]>([
    ['without any response', ['', ' '], { kind: 'all', where: [] }],
    ['without any response, of which a share is asked for', [''], { kind: 'share', percent: 5, ...BY_WORDS }],
    ['in which nothing is long enough', ['one', 'two'], { kind: 'min', min: 2, ...BY_WORDS }],
    ['in which no row fulfils the condition', ['one'], { kind: 'all', where: ['score>1'] }],
  ])('refuses a dataset %s', async (_, texts, rule) => {
    await expect(selectExamples(dataset(texts), rule)).rejects.toMatchObject({
      code: 'dataset',
      message: 'There is nothing to select.',
      facts: { found: `none among ${texts.length} rows` },
    });
  });

  test('takes only rows that fulfil every condition, which then count as all there are', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => ({
      instruction: 'a',
      output: 'word '.repeat(row + 1),
      score: row % 10,
      kind: row % 2 === 0 ? 'even' : 'odd',
    }));
    const where = ['score>=4', 'kind=even'];
    const top = await selectExamples(datasetOf(rows), { kind: 'top', top: 3, ...BY_WORDS, where });
    expect([idsOf(top), top.available]).toEqual([['34', '36', '38'], 12]);
    const share = await selectExamples(datasetOf(rows), { kind: 'share', percent: 25, ...BY_WORDS, where });
    expect([idsOf(share), share.available]).toEqual([['34', '36', '38'], 12]);
    const random = await selectExamples(datasetOf(rows), { kind: 'random', count: 99, seed: 0, where });
    expect(idsOf(random)).toEqual(['4', '6', '8', '14', '16', '18', '24', '26', '28', '34', '36', '38']);
  });
});

describe('ties', () => {
  const outputs = ['a b', 'c', 'd', 'e f g', 'h', 'i'];

  test.each<[string, SelectionRule, Selection['ties']]>([
    ['some were left out', { kind: 'top', top: 4, ...BY_WORDS }, { length: 1, rows: 4, chosen: ['1', '2'] }],
    [
      'none was left out',
      { kind: 'top', top: 6, ...BY_WORDS },
      { length: 1, rows: 4, chosen: ['1', '2', '4', '5'] },
    ],
    ['there is one', { kind: 'top', top: 1, ...BY_WORDS }, { length: 3, rows: 1, chosen: ['3'] }],
    ['a share was taken', { kind: 'share', percent: 50, ...BY_WORDS }, { length: 1, rows: 4, chosen: ['1'] }],
    ['nothing is ranked', { kind: 'min', min: 1, ...BY_WORDS }, null],
    ['nothing is measured', { kind: 'all', where: [] }, null],
  ])('are told where %s', async (_, rule, ties) => {
    for (const everyLength of [false, true]) {
      expect((await selectExamples(dataset(outputs), rule, { everyLength })).ties).toEqual(ties);
    }
  });
});

describe('ranking by a field', () => {
  const rows = [{ score: 1 }, { score: 4.5 }, { score: -3 }, { score: 4.5 }, { score: 4.25 }].map((row) => ({
    instruction: 'a',
    output: 'b',
    ...row,
  }));

  test('takes the highest numbers', async () => {
    const rule: SelectionRule = { kind: 'top', top: 3, ...BY_WORDS, by: 'field:score' };
    const { lengths, threshold, examples } = await selectExamples(datasetOf(rows), rule);
    expect([examples.map(({ id }) => id), lengths, threshold]).toEqual([
      ['1', '3', '4'],
      [4.5, 4.5, 4.25],
      4.25,
    ]);
  });

  test.each<[string, object, string]>([
    ['lacks it', {}, 'no such field'],
    ['has text there', { score: '5' }, '"5"'],
    ['has nothing there', { score: null }, 'null'],
  ])('stops at a row that %s, and names it', async (_, row, found) => {
    for (const kind of ['top', 'min', 'share'] as const) {
      const rule: SelectionRule = { kind, top: 1, min: 1000, percent: 1, ...BY_WORDS, by: 'field:score' };
      const data = datasetOf([...rows, { instruction: 'a', output: 'b', ...row }]);
      await expect(selectExamples(data, rule)).rejects.toMatchObject({
        code: 'dataset',
        facts: { found, where: `${data.path}, row 5` },
      });
    }
  });

  test('does not mind such a row when a condition leaves it out', async () => {
    const data = datasetOf([...rows, { instruction: 'a', output: 'b', score: 'none' }]);
    const rule: SelectionRule = {
      kind: 'top',
      top: 1,
      by: 'field:score',
      of: 'response',
      where: ['score>0'],
    };
    expect(idsOf(await selectExamples(data, rule))).toEqual(['1']);
  });
});

describe('a choice at random', () => {
  const rows = (count: number): object[] =>
    Array.from({ length: count }, (_, row) => ({ instruction: 'a', output: `b ${row}` }));
  const choose = async (count: number, of: number, seed: number): Promise<string[]> =>
    idsOf(await selectExamples(datasetOf(rows(of)), { kind: 'random', count, seed, where: [] }));

  test('is the same for the same seed, another for another, and in dataset order', async () => {
    const first = await choose(50, 1000, 0);
    expect(await choose(50, 1000, 0)).toEqual(first);
    expect(first).toEqual(first.toSorted((a, b) => Number(a) - Number(b)));
    const second = await choose(50, 1000, 1);
    expect(second).toHaveLength(50);
    expect(second.filter((id) => first.includes(id)).length).toBeLessThan(15);
  });

  test('stays what it is from one version to the next', async () => {
    expect(await choose(5, 1000, 0)).toMatchInlineSnapshot(`
      [
        "182",
        "352",
        "396",
        "508",
        "856",
      ]
    `);
  });

  test('of fewer is part of the choice of more', async () => {
    const more = await choose(50, 1000, 0);
    for (const id of await choose(20, 1000, 0)) expect(more).toContain(id);
  });

  test('changes no more than it must when rows are added', async () => {
    const before = await choose(100, 1000, 3);
    const after = await choose(100, 1100, 3);
    const added = after.filter((id) => Number(id) >= 1000);
    expect(added.length).toBeLessThan(30);
    expect(after.filter((id) => before.includes(id))).toHaveLength(100 - added.length);
  });

  test('takes every part of the dataset alike', async () => {
    const ids = (await choose(1000, 4000, 5)).map(Number);
    for (const from of [0, 1000, 2000, 3000]) {
      const share = ids.filter((id) => id >= from && id < from + 1000).length;
      expect([from, share > 190 && share < 310]).toEqual([from, true]);
    }
  });
});

describe('what is chosen', () => {
  const PIECES = ['word', ' ', ' ', '. ', "n't ", 'cannot ', ', ', '1. ', 'é ', '"', '\n'] as const;
  const makeOutputs = (seed: number): string[] => {
    const random = new Random(seed);
    return Array.from(
      { length: 20 + random.below(200) },
      () => `x ${random.text(PIECES, random.pick([3, 12, 40]))}`,
    );
  };

  test('is the same whether rows that are surely too short are measured or not', async () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const data = dataset(makeOutputs(seed));
      const by = (['words', 'chars', 'bytes'] as const)[seed % 3] ?? 'words';
      const of = seed % 2 === 0 ? 'response' : 'all';
      const kinds: SelectionRule[] = [
        { kind: 'top', top: 1 + (seed % 17), by, of, where: [] },
        { kind: 'share', percent: 10, by, of, where: [] },
        { kind: 'min', min: 3 + (seed % 5), by, of, where: [] },
      ];
      for (const rule of kinds) {
        const quick = await selectExamples(data, rule);
        const { lengthCounts, ...whole } = await selectExamples(data, rule, { everyLength: true });
        expect(quick).toMatchObject(whole);
        const measured = [...lengthCounts.values()].reduce((sum, rows) => sum + rows, 0);
        expect(measured).toBe(whole.available);
      }
    }
  });

  test('is what a stable sort by length puts first', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const outputs = makeOutputs(seed);
      const { ids, lengths } = longest(
        outputs.map((output) => output.length),
        9,
      );
      const rule: SelectionRule = { kind: 'top', top: 9, ...BY_WORDS, by: 'bytes' };
      const ascii = outputs.map((output) => output.replaceAll('é', 'e'));
      const selection = await selectExamples(dataset(ascii), rule);
      expect([idsOf(selection), selection.lengths]).toEqual([ids, lengths]);
    }
  });

  test('does not depend on how the file is divided, packed or compressed', async () => {
    const rows = makeOutputs(7).map((output, row) => ({
      instruction: `é${row}`,
      output: `${output} 😀 東京`,
    }));
    const array = JSON.stringify(rows, null, 1);
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    const rule: SelectionRule = { kind: 'top', top: 9, ...BY_WORDS };
    const { dataset: _, ...expected } = await selectExamples(datasetOf(rows), rule);
    for (const text of [array, lines, `${lines.replaceAll('\n', '\r\n\r\n')}\n`]) {
      for (const bytes of [Buffer.from(text), gzipSync(text)]) {
        for (const size of [1, 2, 3, 7, 64, 1000, bytes.length]) {
          const data = new Dataset('x', {}, () => inflateIfGzip(chunksOf(bytes, size), 'x'));
          const { dataset: _summary, ...selection } = await selectExamples(data, rule);
          expect(selection).toEqual(expected);
        }
      }
    }
  });

  test('does not depend on what stands around a row', async () => {
    const outputs = makeOutputs(8);
    const alone = await Promise.all(
      outputs.map(async (output) => {
        const { lengths } = await selectExamples(dataset([output]), { kind: 'top', top: 1, ...BY_WORDS });
        return lengths[0];
      }),
    );
    const together = await selectExamples(dataset(outputs), { kind: 'top', top: 1000, ...BY_WORDS });
    expect(together.lengths).toEqual(alone);
  });
});

/** The first `count` of a stable sort by falling length, in row order. */
function longest(lengths: readonly number[], count: number): { ids: string[]; lengths: number[] } {
  const first = lengths
    .map((length, row) => ({ length, row }))
    .sort((a, b) => b.length - a.length)
    .slice(0, count)
    .sort((a, b) => a.row - b.row);
  return { ids: first.map(({ row }) => String(row)), lengths: first.map(({ length }) => length) };
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const path = realData('alpaca_data.json');
describe.skipIf(path === undefined)('on the whole of Alpaca (needs alpaca_data.json)', () => {
  test('takes the thousand longest', async () => {
    const selection = await selectExamples(openDataset(path ?? ''), { kind: 'top', top: 1000, ...BY_WORDS });
    expect(selection).toMatchObject({ available: 51974, threshold: 192, dataset: { rows: 52002 } });
    expect(selection.examples).toHaveLength(1000);
    expect(selection.ties).toEqual({ length: 192, rows: 15, chosen: ['4988', '14147'] });
    const leaked = curate(selection.examples).find(({ kind }) => kind === 'leaked_task');
    expect(leaked?.groups[0]).toHaveLength(21);
  });
});
