import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Example } from '../../src/dataset/example.js';
import { openDataset } from '../../src/dataset/index.js';
import {
  defaultExportPath,
  type ExportTarget,
  exportTrainingSet,
} from '../../src/export/export-training-set.js';
import { drawUpLedger, type LedgerEntry, type Policies } from '../../src/run/ledger.js';
import { ledgerWith } from '../support/entries.js';
import {
  type AttemptParts,
  answer,
  attemptOf,
  exampleOf,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
let places = 0;
const newPlace = (): string => {
  const place = join(folder, String(places++));
  mkdirSync(place);
  return place;
};

const better = (example: number): AttemptParts => ({
  example: String(example),
  raw: answer(`Better ${example}.`),
});
const same = (example: number): AttemptParts => ({
  example: String(example),
  raw: answer(`Original ${example}.`),
});
const failed = (example: number): AttemptParts => ({ example: String(example), raw: 'A critique.' });

const selectionOf = (ledger: readonly LedgerEntry[]) => ledger.map(({ example }) => example);
const write = (ledger: readonly LedgerEntry[], path: string, target: Partial<ExportTarget> = {}) =>
  exportTrainingSet(selectionOf(ledger), ledger, { path, shape: 'alpaca', partial: false, ...target });
const outputs = (path: string): unknown[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as { output: unknown }[]).map(({ output }) => output);

/** The ledger of examples that were all refined to these texts. */
function refinedTo(examples: readonly Example[], texts: readonly string[]): LedgerEntry[] {
  const attempts = examples.map(({ id }, index) =>
    attemptOf({ example: id, raw: answer(texts[index] ?? '') }),
  );
  const source = { selection: examples, attempts, decisions: new Map() };
  return drawUpLedger(source, { onFlag: 'use', onFail: 'keep' }, () => 'better-answer');
}

describe('exportTrainingSet', () => {
  test('writes refined and kept examples in the order of the dataset, whatever the order of the answers', async () => {
    const path = join(newPlace(), 'out.json');
    const ledger = ledgerWith(4, [better(3), failed(2), same(1), better(0)]);
    expect(await write(ledger, path)).toBe(4);
    expect(outputs(path)).toEqual(['Better 0.', 'Original 1.', 'Original 2.', 'Better 3.']);
  });

  test.each<[string, Partial<Policies>, string[]]>([
    ['dropped', { onFlag: 'drop', onFail: 'drop' }, ['Better 0.', 'Better 3.']],
    ['blocked', { onFlag: 'block', onFail: 'block' }, ['Better 0.', 'Better 3.']],
    [
      'dropped, but not kept ones',
      { onFlag: 'keep', onFail: 'drop' },
      ['Better 0.', 'Original 1.', 'Better 3.'],
    ],
  ])('leaves out examples that are %s', async (_, policies, expected) => {
    const path = join(newPlace(), 'out.json');
    const ledger = ledgerWith(4, [better(0), same(1), failed(2), better(3)], [], policies);
    expect(await write(ledger, path)).toBe(expected.length);
    expect(outputs(path)).toEqual(expected);
  });

  test('refuses an unfinished run, and says how many are pending', async () => {
    const place = newPlace();
    const path = join(place, 'out.json');
    writeFileSync(path, 'old');
    await expect(write(ledgerWith(3, [better(1)]), path)).rejects.toMatchObject({
      name: 'UserError',
      code: 'export_incomplete',
      facts: { where: path, found: '2 of 3 examples pending', hint: expect.stringContaining('--partial') },
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual(['out.json']);
  });

  test('writes what there is of an unfinished run when it is told to', async () => {
    const path = join(newPlace(), 'out.json');
    expect(await write(ledgerWith(3, [better(1)]), path, { partial: true })).toBe(1);
    expect(outputs(path)).toEqual(['Better 1.']);
  });

  test('writes an empty set when nothing is left, and no rows are not a mismatch', async () => {
    const place = newPlace();
    const ledger = ledgerWith(2, [failed(0), failed(1)], [], { onFail: 'drop' });
    for (const [name, text] of [
      ['a.json', '[]'],
      ['a.jsonl', ''],
    ] as const) {
      expect(await write(ledger, join(place, name))).toBe(0);
      expect(readFileSync(join(place, name), 'utf8').trim()).toBe(text);
    }
  });

  test.each(['out.json', 'out.jsonl', 'out.ndjson', 'out.json.gz', 'out.jsonl.gz', 'OUT.JSONL.GZ'])(
    'writes %s in the format of its name, the same bytes each time',
    async (name) => {
      const path = join(newPlace(), name);
      const ledger = ledgerWith(3, [better(0), better(1), better(2)]);
      await write(ledger, path);
      const bytes = readFileSync(path);
      await write(ledger, path);
      expect(readFileSync(path).equals(bytes)).toBe(true);
      const text = (/gz$/i.test(name) ? gunzipSync(bytes) : bytes).toString();
      const lines = /\.json(\.gz)?$/.test(name) ? (JSON.parse(text) as unknown[]) : text.trim().split('\n');
      expect(lines).toHaveLength(3);
    },
  );

  test('refuses a name that tells no format before it writes anything', async () => {
    const place = newPlace();
    await expect(write(ledgerWith(1, [better(0)]), join(place, 'out.csv'))).rejects.toMatchObject({
      code: 'usage',
    });
    expect(readdirSync(place)).toEqual([]);
  });

  test('changes nothing of a row but its response', async () => {
    const path = join(newPlace(), 'out.jsonl');
    const rows = [
      '{"score":4.0,"output":"a","instruction":"b","big":12345678901234567890,"tags":["x",{"y":null}]}',
      '{"instruction":"c","output":"d","input":"","__proto__":1,"id":"own"}',
    ];
    const ledger = refinedTo(rows.map(exampleOf), ['{"x": "A"}\n\n1. Zwölf 😀', 'D']);
    await write(ledger, path);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toEqual([
      rows[0]?.replace('"a"', JSON.stringify('{"x": "A"}\n\n1. Zwölf 😀')),
      rows[1]?.replace('"d"', '"D"'),
    ]);
  });

  test('gives an example that was kept back byte for byte', async () => {
    const path = join(newPlace(), 'out.jsonl');
    const row = '{"output":" padded \\n","instruction":"b","score":1e5}';
    const [example] = [exampleOf(row)];
    if (example === undefined) return;
    const source = {
      selection: [example],
      attempts: [attemptOf({ raw: 'A critique.' })],
      decisions: new Map(),
    };
    await write(
      drawUpLedger(source, { onFlag: 'keep', onFail: 'keep' }, () => 'better-answer'),
      path,
    );
    expect(readFileSync(path, 'utf8')).toBe(`${row}\n`);
  });

  test('writes another shape, and reads it back in that one', async () => {
    const path = join(newPlace(), 'out.jsonl');
    const examples = [
      exampleOf('{"id":"x","instruction":"Sort.","input":"b a","output":"b a","level":2.0}'),
      exampleOf('{"instruction":"Name ### Input: a tree.","output":"Oak."}', 1),
    ];
    expect(await write(refinedTo(examples, ['a b', 'Elm.']), path, { shape: 'fastchat' })).toBe(2);
    const rows = [];
    for await (const batch of openDataset(path).batches()) rows.push(...batch);
    expect(rows.map(({ id, response }) => [id, response])).toEqual([
      ['x', 'a b'],
      ['identity_1', 'Elm.'],
    ]);
    expect(readFileSync(path, 'utf8')).toContain('"level":2.0');
  });

  test('takes texts that look like markup, JSON, markers and line ends as they are', async () => {
    const path = join(newPlace(), 'out.json');
    const texts = [
      '<script>',
      '"],[{',
      '\u2028x\u2029\u0085',
      '\\u0041 \\n',
      '\ufeffx',
      'x\r\ny',
      '{{response}}',
      '[End]x',
    ];
    const examples = someExamples(texts.length);
    await write(refinedTo(examples, texts), path);
    expect(outputs(path)).toEqual(texts.map((text) => text.trim()));
  });

  test.skipIf(process.platform === 'win32')('goes straight to what is no regular file', async () => {
    const place = newPlace();
    const path = join(place, 'null.json');
    symlinkSync('/dev/null', path);
    expect(await write(ledgerWith(1, [better(0)]), path)).toBe(1);
    expect(readdirSync(place)).toEqual(['null.json']);
  });
});

describe('a ledger that does not fit the selection is refused', () => {
  const ledger = ledgerWith(3, [better(0), better(1), better(2)]);
  const [, second] = ledger;
  if (second === undefined) throw new Error('There is no second entry.');
  const withSecond = (change: Partial<LedgerEntry>): LedgerEntry[] =>
    ledger.with(1, { ...second, ...change });

  test.each<[string, LedgerEntry[]]>([
    ['with a refined example that has no text', withSecond({ text: null })],
    ['with a kept example that has no text', withSecond({ outcome: 'kept', text: null })],
    ['with a dropped example that has a text', withSecond({ outcome: 'dropped' })],
    ['with a blocked example that has a text', withSecond({ outcome: 'blocked' })],
    ['with a pending example that has a text', withSecond({ outcome: 'pending' })],
    ['with an outcome that is none', withSecond({ outcome: 'lost' as LedgerEntry['outcome'], text: null })],
    ['with an entry missing at the end', ledger.slice(0, 2)],
    ['with an entry missing in the middle', ledger.toSpliced(1, 1)],
    ['with an entry too many', [...ledger, ...ledger.slice(0, 1)]],
    ['with two entries changed over', [1, 0, 2].flatMap((index) => ledger[index] ?? [])],
    ['with one entry twice', [0, 0, 2].flatMap((index) => ledger[index] ?? [])],
    ['with no entries', []],
  ])('%s', async (_, wrong) => {
    const place = newPlace();
    const path = join(place, 'out.json');
    writeFileSync(path, 'old');
    const target = { path, shape: 'alpaca', partial: true } as const;
    await expect(exportTrainingSet(selectionOf(ledger), wrong, target)).rejects.toMatchObject({
      name: 'EnvironmentError',
      code: 'export_mismatch',
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual(['out.json']);
  });
});

describe('defaultExportPath', () => {
  test('is in the run, in the format of the dataset', () => {
    expect(defaultExportPath('/runs/a', '.jsonl.gz')).toBe('/runs/a/refined.jsonl.gz');
  });
});
