import { describe, expect, test } from 'vitest';
import { defaultRunName, describeDifference, hashIdentity } from '../../src/run/identity.js';
import type { Identity } from '../../src/run/manifest.js';
import { IDENTITY } from '../support/run-parts.js';

const TOP = { kind: 'top', top: 1000, by: 'words', of: 'response', where: [] } as const;
const TOP_LINE = '[["by","words"],["kind","top"],["of","response"],["top",1000],["where",[]]]';

/** Another value for each part, with the line that tells of the change. */
const CHANGES: [Partial<Identity>, string][] = [
  [{ dataset: 'e'.repeat(64) }, `dataset (SHA-256): "${'d'.repeat(64)}" -> "${'e'.repeat(64)}"`],
  [{ from: 'alpaca' }, 'shape (--from): null -> "alpaca"'],
  [{ selection: { ...TOP, by: 'chars' } }, `selection: ${TOP_LINE} -> ${TOP_LINE.replace('words', 'chars')}`],
  [{ selection: { ...TOP, top: 999 } }, `selection: ${TOP_LINE} -> ${TOP_LINE.replace('1000', '999')}`],
  [{ selection: { ...TOP, of: 'all' } }, `selection: ${TOP_LINE} -> ${TOP_LINE.replace('response', 'all')}`],
  [
    { selection: { ...TOP, where: ['a=b'] } },
    `selection: ${TOP_LINE} -> ${TOP_LINE.replace('[]', '["a=b"]')}`,
  ],
  [
    { selection: { kind: 'share', percent: 10, by: 'words', of: 'response', where: [] } },
    `selection: ${TOP_LINE} -> [["by","words"],["kind","share"],["of","response"],["percent",10],["where",[]]]`,
  ],
  [
    { selection: { kind: 'min', min: 10, by: 'words', of: 'response', where: [] } },
    `selection: ${TOP_LINE} -> [["by","words"],["kind","min"],["min",10],["of","response"],["where",[]]]`,
  ],
  [
    { selection: { kind: 'random', count: 9, seed: 1, where: [] } },
    `selection: ${TOP_LINE} -> [["count",9],["kind","random"],["seed",1],["where",[]]]`,
  ],
  [
    { selection: { kind: 'random', count: 9, seed: 2, where: [] } },
    `selection: ${TOP_LINE} -> [["count",9],["kind","random"],["seed",2],["where",[]]]`,
  ],
  [{ selection: { kind: 'all', where: [] } }, `selection: ${TOP_LINE} -> [["kind","all"],["where",[]]]`],
  [
    { selection: { kind: 'ids', ids: ['7', '12'], where: [] } },
    `selection: ${TOP_LINE} -> [["ids",["12","7"]],["kind","ids"],["where",[]]]`,
  ],
  [
    { selection: { kind: 'ids', ids: ['7,12'], where: [] } },
    `selection: ${TOP_LINE} -> [["ids",["7,12"]],["kind","ids"],["where",[]]]`,
  ],
  [{ prompt: 'another' }, `prompt (SHA-256): "${IDENTITY.prompt}" -> "another"`],
  [{ model: 'other-model' }, 'model: "small-model" -> "other-model"'],
  [{ temperature: 0 }, 'temperature: 0.5 -> 0'],
  [{ maxTokens: 65 }, 'max tokens: 64 -> 65'],
];

describe('hashIdentity', () => {
  test('is the same for the same values, in whatever order they stand', () => {
    const turned = Object.fromEntries(Object.entries(IDENTITY).reverse()) as Identity;
    expect(hashIdentity(turned)).toBe(hashIdentity(IDENTITY));
    expect(hashIdentity(IDENTITY)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('stays what it is from one version to the next, or people would lose their runs', () => {
    expect(hashIdentity({ ...IDENTITY, prompt: 'p' }).slice(0, 8)).toMatchInlineSnapshot(`"6f354334"`);
  });

  test('is the same for the same ids, in whatever order and however often they are named', () => {
    const withIds = (...ids: string[]) =>
      hashIdentity({ ...IDENTITY, selection: { kind: 'ids', ids, where: [] } });
    expect(withIds('3', '1')).toBe(withIds('1', '3'));
    expect(withIds('3', '1', '3')).toBe(withIds('1', '3'));
  });

  test('changes with every part', () => {
    const hashes = [IDENTITY, ...CHANGES.map(([change]) => ({ ...IDENTITY, ...change }))].map(hashIdentity);
    expect(new Set(hashes).size).toBe(CHANGES.length + 1);
  });
});

describe('describeDifference', () => {
  test('has nothing to say of the same values', () => {
    expect(describeDifference(IDENTITY, structuredClone(IDENTITY))).toEqual([]);
  });

  test.each(CHANGES)('tells of %j, old and new', (change, line) => {
    expect(describeDifference(IDENTITY, { ...IDENTITY, ...change })).toEqual([line]);
  });

  test('tells of several changes, a line each', () => {
    const wanted = { ...IDENTITY, model: 'x', temperature: 1 };
    expect(describeDifference(IDENTITY, wanted)).toEqual([
      'model: "small-model" -> "x"',
      'temperature: 0.5 -> 1',
    ]);
  });
});

describe('defaultRunName', () => {
  test.each([
    ['/data/alpaca.json', 'alpaca'],
    ['alpaca.jsonl.gz', 'alpaca'],
    ['alpaca.NDJSON.GZ', 'alpaca'],
    ['my data (v2).json', 'my-data-v2-'],
    ['../.hidden.json', 'hidden'],
    ['--help.json', 'help'],
    ['données-日本.json', 'données-日本'],
    ['a/b\\c:d*?.json', 'b-c-d-'],
    ['x\u001b[31m\n.json', 'x-31m-'],
    ['v1.2_final.parquet', 'v1.2_final.parquet'],
    ['...json', 'dataset'],
    ['.json', 'dataset'],
    ['💥.json', 'dataset'],
    [`${'n'.repeat(200)}.json`, 'n'.repeat(60)],
  ])('makes a safe name of %j', (path, name) => {
    expect(defaultRunName(path, IDENTITY)).toBe(`${name}-${hashIdentity(IDENTITY).slice(0, 8)}`);
  });
});
