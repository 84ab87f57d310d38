import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDataset } from '../../src/dataset/dataset.js';
import { measureLength } from '../../src/select/length-metric.js';
import { selectExamples } from '../../src/select/select-examples.js';
import type { SelectionRule } from '../../src/select/taker.js';
import { TopN } from '../../src/select/top-n.js';
import { realData } from '../support/real-data.js';

const folder = mkdtempSync(join(tmpdir(), 'burnish-select-'));
afterAll(() => rmSync(folder, { recursive: true }));

function dataset(outputs: readonly string[]) {
  const path = join(folder, 'data.json');
  writeFileSync(path, JSON.stringify(outputs.map((output) => ({ instruction: 'a', output, score: 1 }))));
  return openDataset(path);
}

describe('measureLength', () => {
  test.each([
    ['', 0, 0],
    [' \n\t ', 4, 0],
    ['one', 3, 1],
    ['  two\n words ', 13, 2],
    ['a\u00a0b\u3000c', 5, 3],
    ['😀 é', 3, 2],
    ['x\u200by', 3, 1],
  ])('measures %j', (text, chars, words) => {
    expect([measureLength(text, 'chars'), measureLength(text, 'words')]).toEqual([chars, words]);
  });

  test('agrees with the white space of regular expressions for every character', () => {
    for (let code = 0; code < 0xd800; code += 1) {
      const text = `a${String.fromCharCode(code)}b`;
      const words = text.split(/\s+/).length;
      if (measureLength(text, 'words') !== words) expect.fail(`U+${code.toString(16)}`);
    }
  });
});

describe('TopN', () => {
  test('keeps what a stable sort puts first, in row order', () => {
    for (let round = 0; round < 200; round += 1) {
      const entries = Array.from({ length: (round * 7) % 60 }, (_, row) => ({
        item: `item ${row}`,
        length: (row * 7919 * (round + 1)) % (2 + (round % 13)),
        row,
      }));
      const capacity = 1 + (round % 20);
      const top = new TopN<string>(capacity);
      for (const entry of entries) top.add(entry);
      const sorted = entries.toSorted((a, b) => b.length - a.length).slice(0, capacity);
      expect(top.inRowOrder()).toEqual(sorted.toSorted((a, b) => a.row - b.row));
    }
  });
});

describe('selectExamples', () => {
  const outputs = ['one two', 'a b c d', ' ', 'longestword', 'x y', 'p q r s'];

  test.each<[string, SelectionRule, string[], number[], number | null]>([
    ['the most words', { kind: 'top', by: 'words', top: 2 }, ['1', '5'], [4, 4], 4],
    ['the earlier of equals', { kind: 'top', by: 'words', top: 3 }, ['0', '1', '5'], [2, 4, 4], 2],
    ['the most characters', { kind: 'top', by: 'chars', top: 1 }, ['3'], [11], 11],
    [
      'all there are, when more are asked for',
      { kind: 'top', by: 'words', top: 99 },
      ['0', '1', '3', '4', '5'],
      [2, 4, 1, 2, 4],
      1,
    ],
    ['all with a response', { kind: 'all' }, ['0', '1', '3', '4', '5'], [], null],
    ['ids, in dataset order', { kind: 'ids', ids: ['4', '0'] }, ['0', '4'], [], null],
  ])('takes %s', async (_title, rule, ids, lengths, threshold) => {
    const selection = await selectExamples(dataset(outputs), rule);
    expect(selection.examples.map(({ id }) => id)).toEqual(ids);
    expect(selection).toMatchObject({
      lengths,
      threshold,
      available: 5,
      metric: rule.kind === 'top' ? rule.by : null,
    });
    expect(selection.dataset).toMatchObject({ rows: 6, emptyResponses: 1 });
    expect(selection.examples[0]?.source).toMatchObject({ instruction: 'a', score: 1 });
  });

  test.each<[string, SelectionRule, string]>([
    ['unknown ids', { kind: 'ids', ids: ['0', '77', 'x'] }, '"77, x"'],
    ['repeated ids', { kind: 'ids', ids: ['0', '1', '0'] }, '"0"'],
    ['ids of blank responses', { kind: 'ids', ids: ['2', '1'] }, '"2"'],
    ['a top of nothing', { kind: 'top', by: 'words', top: 0 }, '0'],
    ['a top that is no number', { kind: 'top', by: 'words', top: Number.NaN }, 'NaN'],
  ])('refuses %s and names them', async (_title, rule, found) => {
    await expect(selectExamples(dataset(outputs), rule)).rejects.toMatchObject({
      code: 'usage',
      facts: { found },
    });
  });

  test('refuses a dataset without any response', async () => {
    await expect(selectExamples(dataset(['', ' ']), { kind: 'all' })).rejects.toMatchObject({
      code: 'dataset',
    });
  });
});

const path = realData('alpaca_data.json');
describe.skipIf(path === undefined)('on the whole of Alpaca (needs alpaca_data.json)', () => {
  test('takes the thousand longest', async () => {
    const selection = await selectExamples(openDataset(path ?? ''), { kind: 'top', by: 'words', top: 1000 });
    expect(selection).toMatchObject({ available: 51974, threshold: 166, dataset: { rows: 52002 } });
    expect(selection.examples).toHaveLength(1000);
  });
});
