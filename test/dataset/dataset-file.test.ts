import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { writeDatasetFile } from '../../src/dataset/dataset-file.js';
import { containerOf } from '../../src/dataset/file-format.js';
import { parseLossless } from '../../src/dataset/lossless-json.js';
import { serializeRows } from '../../src/dataset/serializer.js';

const folder = mkdtempSync(join(tmpdir(), 'burnish-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = (rows: object[], container: 'json' | 'jsonl') => [...serializeRows(rows, container)].join('');

describe('containerOf', () => {
  test.each([
    ['a.json', 'json', false],
    ['a.jsonl', 'jsonl', false],
    ['a.b.NDJSON', 'jsonl', false],
    ['dir.x/a.json.gz', 'json', true],
    ['a.jsonl.GZ', 'jsonl', true],
  ])('knows %s', (path, container, gzip) => {
    expect(containerOf(path)).toEqual({ container, gzip });
  });

  test.each(['a.csv', 'a', 'a.gz', 'json', 'a.json.bak', 'a.json/b'])(
    'refuses %s and names what it knows',
    (path) => {
      expect(() => containerOf(path)).toThrow(
        expect.objectContaining({
          code: 'usage',
          facts: expect.objectContaining({ expected: expect.stringContaining('.jsonl') }),
        }),
      );
    },
  );
});

describe('serializeRows', () => {
  // Each expectation is what Python 3 prints for `json.dumps(rows, indent=4)`.
  test.each<[string, string]>([
    ['[]', '[]'],
    ['[{}]', '[\n    {}\n]'],
    [
      '[{"a":{},"b":[],"c":[1,{"x":4.0}],"d":null}]',
      '[\n    {\n        "a": {},\n        "b": [],\n        "c": [\n            1,\n            {\n                "x": 4.0\n            }\n        ],\n        "d": null\n    }\n]',
    ],
    ['[{"a":1},{"b":true}]', '[\n    {\n        "a": 1\n    },\n    {\n        "b": true\n    }\n]'],
    [
      String.raw`[{"é\n":"\u007f \u0080 é 😀 \u2028 \ud800 / \b\f\r\t\u000b \" \\"}]`,
      String.raw`[
    {
        "\u00e9\n": "\u007f \u0080 \u00e9 \ud83d\ude00 \u2028 \ud800 / \b\f\r\t\u000b \" \\"
    }
]`,
    ],
  ])('writes %s as Python does', (json, expected) => {
    expect(text(parseLossless(json) as object[], 'json')).toBe(expected);
  });

  test('writes lines that no reader splits in two', () => {
    const rows = parseLossless('[{"a":"\u2028\u2029\u0085\\n é😀","n":4.0},{"b":[1,{}]}]') as object[];
    const written = text(rows, 'jsonl');
    expect(written).toBe('{"a":"\\u2028\\u2029\\u0085\\n é😀","n":4.0}\n{"b":[1,{}]}\n');
    expect(written.split(/[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/)).toHaveLength(3);
    expect(text([], 'jsonl')).toBe('');
  });
});

describe('writeDatasetFile', () => {
  const rows = Array.from({ length: 5000 }, (_, id) => ({ id, text: `row ${id} é`.repeat(5) }));

  test.each(['a.json', 'a.jsonl', 'a.json.gz', 'a.ndjson.gz'])(
    'writes %s, the same bytes each time',
    async (name) => {
      const path = join(folder, name);
      await writeDatasetFile(path, rows);
      const first = readFileSync(path);
      await writeDatasetFile(
        path,
        (async function* () {
          yield* rows;
        })(),
      );
      expect(readFileSync(path).equals(first)).toBe(true);
      const { container, gzip } = containerOf(name);
      expect((gzip ? gunzipSync(first) : first).toString()).toBe(text(rows, container));
    },
  );

  test('writes a format that the name does not tell', async () => {
    const path = join(folder, 'a.jsonl.tmp');
    await writeDatasetFile(path, [{ a: 1 }], { container: 'jsonl', gzip: false });
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n');
  });

  test.each([
    ['no/such/a.json', 'usage', 'no such file or folder'],
    ['', 'usage', 'a folder'],
  ])('says when %j cannot be written', async (name, code, found) => {
    const writing = writeDatasetFile(join(folder, name), rows, { container: 'json', gzip: false });
    await expect(writing).rejects.toMatchObject({ code, facts: { found } });
  });

  test.each(['b.json', 'b.json.gz'])('passes on what its rows throw (%s)', async (name) => {
    const failing = (function* () {
      yield { a: 1 };
      throw new RangeError('no more');
    })();
    await expect(writeDatasetFile(join(folder, name), failing)).rejects.toThrow('no more');
  });
});
