import { describe, expect, test } from 'vitest';
import { PairedFiles, type RowSource } from '../../src/dataset/pair-rows.js';
import { UserError } from '../../src/errors.js';
import { datasetRow } from '../support/dataset-row.js';

/** A row as a test writes it: `id: instruction / input = response`, each part but the instruction left out at will. */
const ROW = /^(?:(?<id>\w+): )?(?<instruction>[^/=]+?)(?: \/ (?<input>[^=]+?))?(?: = (?<output>.*))?$/;

/** A file of these rows, given a few at a time. */
function fileOf(path: string, rows: readonly string[], size = 2): RowSource & { readonly isClosed: boolean } {
  let isClosed = false;
  const all = rows.map((row, place) => datasetRow({ ...ROW.exec(row)?.groups }, place));
  return {
    path,
    get isClosed() {
      return isClosed;
    },
    async *batches() {
      try {
        for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
      } finally {
        isClosed = true;
      }
    },
  };
}

async function pair(originals: readonly string[], refined: readonly string[], size?: number) {
  const files = new PairedFiles(
    fileOf('original.json', originals, size),
    fileOf('refined.json', refined, size === undefined ? undefined : size + 1),
  );
  const pairs: [number, number][] = [];
  for await (const batch of files.batches()) {
    for (const { original, refined } of batch) pairs.push([original.row, refined.row]);
  }
  return { ...files.summary(), pairs };
}

async function mismatch(originals: readonly string[], refined: readonly string[]): Promise<string> {
  const error: unknown = await pair(originals, refined).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) expect.fail(`no UserError: ${error}`);
  expect(error.code).toBe('dataset');
  return `${error.facts.where}: ${error.facts.found}`;
}

describe('two files are paired', () => {
  test.each<[string, string[], string[], [number, number][], string]>([
    [
      'by id, in step',
      ['a: x', 'b: y'],
      ['a: x', 'b: y'],
      [
        [0, 0],
        [1, 1],
      ],
      'id',
    ],
    [
      'by id, though the order differs',
      ['a: x', 'b: x', 'c: x'],
      ['c: x', 'a: x', 'b: x'],
      [
        [2, 0],
        [0, 1],
        [1, 2],
      ],
      'id',
    ],
    [
      'by id before anything else',
      ['a: x', 'b: y'],
      ['b: x', 'a: y'],
      [
        [1, 0],
        [0, 1],
      ],
      'id',
    ],
    [
      'by instruction and input, without ids',
      ['x / 1', 'x / 2', 'y'],
      ['y', 'x / 2', 'x / 1'],
      [
        [2, 0],
        [1, 1],
        [0, 2],
      ],
      'content',
    ],
    [
      'by instruction and input, in step',
      ['x', 'y'],
      ['x', 'y'],
      [
        [0, 0],
        [1, 1],
      ],
      'content',
    ],
    [
      'by instruction and input, with ids in one file only',
      ['x', 'y', 'z'],
      ['p: z', 'q: x'],
      [
        [2, 0],
        [0, 1],
      ],
      'content',
    ],
    [
      'by instruction and input, where ids were given anew',
      ['a: x', 'b: y'],
      ['0: y', '1: x'],
      [
        [1, 0],
        [0, 1],
      ],
      'content',
    ],
    [
      'by no id that another file has as a number',
      ['x', 'y'],
      ['0: y', '1: x'],
      [
        [1, 0],
        [0, 1],
      ],
      'content',
    ],
    [
      'by no number that another file has as an id',
      ['0: x', '1: y'],
      ['y', 'x'],
      [
        [1, 0],
        [0, 1],
      ],
      'content',
    ],
    [
      'by id where there is one, else by instruction and input',
      ['a: x', 'y', 'z'],
      ['z', 'a: q', 'y'],
      [
        [2, 0],
        [0, 1],
        [1, 2],
      ],
      'content',
    ],
    [
      'by order, where rows say the same',
      ['x', 'y', 'x'],
      ['x', 'y', 'x'],
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      'content',
    ],
    [
      'by order, where only inputs differ',
      ['x / 1', 'y / 2'],
      ['x / 3', 'y / 4'],
      [
        [0, 0],
        [1, 1],
      ],
      'order',
    ],
    [
      'by order from where they get out of step',
      ['x', 'y', 'z / 1', 'z / 1'],
      ['x', 'y', 'z / 2', 'z / 2'],
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      'order',
    ],
    [
      'by order, where a content comes twice and another changed',
      ['x', 'x', 'y / 1'],
      ['x', 'x', 'y / 2'],
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      'order',
    ],
    ['when there are none refined', ['x'], [], [], 'id'],
  ])('%s', async (_, originals, refined, pairs, by) => {
    for (const size of [1, 2, 100]) {
      const found = await pair(originals, refined, size);
      expect(found.pairs).toEqual(pairs);
      expect(found).toMatchObject({ by, unrefined: originals.length - refined.length });
    }
  });

  test.each([
    ['the first', ['b: y', 'c: z']],
    ['one between', ['a: x', 'c: z']],
    ['the last', ['a: x', 'b: y']],
  ])('also when %s was left out', async (_, refined) => {
    const found = await pair(['a: x', 'b: y', 'c: z'], refined);
    expect(found.pairs).toHaveLength(2);
    expect(found.unrefined).toBe(1);
  });

  test('and pairs of another wording are counted, if their ids made them', async () => {
    const found = await pair(['a: x', 'b: y / 1', 'c: z'], ['a: x', 'b: y / 2', 'c: Z']);
    expect(found).toMatchObject({ by: 'id', reworded: { pairs: 2, first: 'b' } });
    expect((await pair(['a: x'], ['a: x'])).reworded).toBe(null);
  });
});

describe('two files are refused', () => {
  test.each<[string, string[], string[], string]>([
    [
      'with an id and a wording of its own',
      ['a: x', 'b: y'],
      ['a: x', 'c: z'],
      'row 1: no original row has its id',
    ],
    ['that is one too many', ['x', 'y'], ['x', 'y', 'z'], 'row 2: no original row'],
    ['that two originals could have', ['x', 'y', 'x'], ['y', 'x'], 'row 1: several rows'],
    ['that comes twice', ['x', 'y'], ['y', 'x', 'x'], 'row 1: several rows'],
    [
      'whose original was paired by its wording before',
      ['x', 'y', 'z'],
      ['x', 'x', 'y'],
      'row 1: several rows',
    ],
    ['of which an original was left over', ['x', 'y', 'x'], ['x', 'y'], 'row 0: several rows'],
    ['that came twice before one was left out', ['x', 'x', 'y', 'z'], ['x', 'x', 'z'], 'row 0: several rows'],
    [
      'whose original another has by its id',
      ['b: z', 'a: x'],
      ['a: q', 'x', 'b: z'],
      'row 1: the original row with its',
    ],
    ['that comes twice, once by its id', ['a: x', 'y'], ['y', 'a: y', 'x'], 'row 0: '],
  ])('for a row %s', async (_, originals, refined, says) => {
    expect(await mismatch(originals, refined)).toContain(`refined.json, ${says}`);
  });

  test('and it is told why order does not help', async () => {
    expect(await mismatch(['x', 'y'], ['z'])).toMatch(/by order: 2 original rows are left for 1 refined/);
    expect(await mismatch(['x', 'y', 'y'], ['y', 'x', 'y'])).toMatch(
      /by order: row 0 has another instruction/,
    );
  });
});

test('files are closed, whoever stops first', async () => {
  const originals = fileOf('original.json', ['x', 'y', 'z']);
  const refined = fileOf('refined.json', ['x', 'y', 'z']);
  for await (const _ of new PairedFiles(originals, refined).batches()) break;
  expect([originals.isClosed, refined.isClosed]).toEqual([true, true]);
});

test('the summary counts the pairs', async () => {
  const files = new PairedFiles(fileOf('original.json', ['x', 'y']), fileOf('refined.json', ['y', 'x']));
  for await (const _ of files.batches());
  expect(files.summary()).toEqual({ pairs: 2, by: 'content', unrefined: 0, reworded: null });
});

test('there is no summary before the end', () => {
  const files = new PairedFiles(fileOf('original.json', ['x']), fileOf('refined.json', ['x']));
  expect(() => files.summary()).toThrow('not been paired');
});
