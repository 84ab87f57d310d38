import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { openDataset } from '../../src/dataset/dataset.js';
import { writeDatasetFile } from '../../src/dataset/dataset-file.js';
import type { Example } from '../../src/dataset/example.js';
import { type DatasetRow, toExample } from '../../src/dataset/row-reader.js';
import { shapeNamed } from '../../src/dataset/shapes/catalogue.js';
import type { ShapeName } from '../../src/dataset/shapes/shape.js';
import { realData } from '../support/real-data.js';

const whole = realData('alpaca_data.json') ?? '';
const selected = realData('paper_selected_1k.json') ?? '';
const folder = mkdtempSync(join(tmpdir(), 'burnish-real-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function examplesOf(path: string): Promise<Example[]> {
  const dataset = openDataset(path);
  const rows: DatasetRow[] = [];
  for await (const batch of dataset.batches()) rows.push(...batch);
  return rows.map((row) => toExample(row, dataset.summary().shape));
}

async function written(examples: readonly Example[], shape: ShapeName): Promise<Buffer> {
  const path = join(folder, 'out.json');
  await writeDatasetFile(
    path,
    examples.map((example) => shapeNamed(shape).write(example, example.response)),
  );
  return readFileSync(path);
}

describe.skipIf(whole === '' || selected === '')(
  'real data (needs alpaca_data.json and paper_selected_1k.json)',
  () => {
    test.each<[ShapeName, string]>([
      ['fastchat', selected],
      ['alpaca', whole],
    ])('%s rows that were not refined are written byte for byte as they were', async (shape, path) => {
      expect((await written(await examplesOf(path), shape)).equals(readFileSync(path))).toBe(true);
    });

    test('the rows of the paper, converted from Alpaca, are the file of the paper without its scores', async () => {
      const paper: { id: string; score?: number }[] = JSON.parse(readFileSync(selected, 'utf8'));
      const rows = new Set(paper.map(({ id }) => Number(id.replace('identity_', ''))));
      const examples = (await examplesOf(whole)).filter(({ row }) => rows.has(row));
      const unscored = paper.map(({ score, ...rest }) => rest);
      expect((await written(examples, 'fastchat')).toString()).toBe(
        JSON.stringify(unscored, null, 4).replaceAll(
          /[\u007f-\uffff]/g,
          (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
      );
    });

    test('the rows of the paper, converted to Alpaca, have the fields of the original', async () => {
      const originals: { instruction: string; input: string; output: string }[] = JSON.parse(
        readFileSync(whole, 'utf8'),
      );
      for (const example of await examplesOf(selected)) {
        const row = shapeNamed('alpaca').write(example, example.response);
        expect(row).toMatchObject(originals[Number(example.id.replace('identity_', ''))] ?? {});
        expect(Object.keys(row)).toEqual(['id', 'instruction', 'input', 'output', 'score']);
      }
    });

    test('a gzipped copy gives the same rows', async () => {
      const path = join(folder, 'copy.gz');
      writeFileSync(path, gzipSync(readFileSync(selected)));
      expect(await examplesOf(path)).toEqual(await examplesOf(selected));
    });
  },
);
