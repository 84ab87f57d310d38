import { describe, expect, test } from 'vitest';
import { ArraySplitter } from '../../src/dataset/array-splitter.js';
import { LineSplitter } from '../../src/dataset/line-splitter.js';
import type { RawRow, Splitter } from '../../src/dataset/raw-row.js';

function split(
  splitter: Splitter,
  text: string,
  chunkBytes: number,
): [string, string | number | undefined][] {
  const bytes = Buffer.from(text);
  const raws: RawRow[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    raws.push(...splitter.push(bytes.subarray(at, at + chunkBytes)));
  }
  raws.push(...splitter.end());
  return raws.map(({ bytes: row, fault, line }) => [row.toString(), fault ?? line ?? undefined]);
}

const chunkSizes = [1, 2, 3, 5, 7, 64, 1000];

const arrays: [string, string, [string, string?][]][] = [
  ['no elements', ' [ \n ] \n', []],
  ['objects', '[{"a":1},\n {"b":[2]} ]', [['{"a":1}'], ['{"b":[2]}']]],
  ['scalars and lists', '[1,"x",null,[2,[3]]]', [['1'], ['"x"'], ['null'], ['[2,[3]]']]],
  ['brackets and commas in strings', '[{"a":"]},{["},{"b":1}]', [['{"a":"]},{["}'], ['{"b":1}']]],
  [
    'escaped quotes',
    String.raw`[{"a":"\"},"},{"a":"\\"},{"a":"\\\""}]`,
    [[String.raw`{"a":"\"},"}`], [String.raw`{"a":"\\"}`], [String.raw`{"a":"\\\""}`]],
  ],
  ['characters of several bytes', '[{"a":"é😀日"},{"b":"ü"}]', [['{"a":"é😀日"}'], ['{"b":"ü"}']]],
  ['a value that is not JSON', '[{"a":tru},{"b":1}]', [['{"a":tru}'], ['{"b":1}']]],
  [
    'a quote that is never closed, on a line of its own',
    '[{"a":"x,\n"b":1},\n{"c":1}]',
    [['{"a":"x,\n"b":1}'], ['{"c":1}']],
  ],
  ['an object that is never closed', '[{"a":1,\n{"b":2},{"c":3}]', [['{"a":1,\n'], ['{"b":2}'], ['{"c":3}']]],
  ['a list that is never closed', '[{"a":[1,2},{"b":1}]', [['{"a":[1,2}'], ['{"b":1}']]],
  ['a last object that is never closed', '[{"a":1},{"b":2]', [['{"a":1}'], ['{"b":2']]],
  ['no comma between', '[{"a":1} {"b":2},{"c":3}]', [['{"a":1}'], ['{"b":2}', 'missing comma'], ['{"c":3}']]],
  ['a comma too many', '[{"a":1},,{"b":2},]', [['{"a":1}'], [''], ['{"b":2}'], ['']]],
  ['a comma too many behind a scalar', '[1,]', [['1'], ['']]],
  ['an end within an element', '[{"a":1},{"b":"x', [['{"a":1}'], ['{"b":"x', 'cut off']]],
  ['an end behind a comma', '[{"a":1},', [['{"a":1}'], ['', 'cut off']]],
  ['an end behind an element', '[{"a":1}', [['{"a":1}'], ['', 'cut off']]],
];

describe('ArraySplitter', () => {
  test.each(arrays)('cuts an array with %s', (_title, text, expected) => {
    const rows = expected.map(([row, fault]) => [row, fault]);
    for (const size of chunkSizes) expect(split(new ArraySplitter(), text, size)).toEqual(rows);
  });

  test('tells of text behind the array', () => {
    for (const size of chunkSizes) {
      const [first, second] = split(new ArraySplitter(), '[{"a":1}] [2]', size);
      expect(first?.[0]).toBe('{"a":1}');
      expect(second?.[1]).toBe('behind the array');
    }
  });

  test('gives up the bytes of a row that is too long and goes on behind it', () => {
    const text = `[{"a":1},{"a":"${'x'.repeat(100)}"},{"b":2}]`;
    for (const size of chunkSizes) {
      expect(split(new ArraySplitter(50), text, size)).toEqual([
        ['{"a":1}', undefined],
        ['', 'row too long'],
        ['{"b":2}', undefined],
      ]);
    }
  });

  test('finds what JSON.parse finds in random arrays, whatever the chunks', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 200; round += 1) {
      const rows = Array.from({ length: Math.floor(random() * 6) }, () => randomValue(random, 3));
      const text = JSON.stringify(rows, null, random() < 0.5 ? 2 : 0);
      const size = 1 + Math.floor(random() * 40);
      const found = split(new ArraySplitter(), text, size);
      expect(found.map(([row]) => JSON.parse(row))).toEqual(rows);
      expect(found.every(([, fault]) => fault === undefined)).toBe(true);
    }
  });
});

describe('LineSplitter', () => {
  test('cuts at line feeds, passes over blank lines and counts them', () => {
    const text = '{"a":1}\r\n\n  \t\r\n{"b":"\u2028é"}\n{"c":3}';
    for (const size of chunkSizes) {
      expect(split(new LineSplitter(), text, size)).toEqual([
        ['{"a":1}\r', 1],
        ['{"b":"\u2028é"}', 4],
        ['{"c":3}', 5],
      ]);
    }
  });

  test('gives up the bytes of a line that is too long and goes on behind it', () => {
    for (const size of chunkSizes) {
      const rows = split(new LineSplitter(50), `{"a":1}\n${'x'.repeat(60)}\n{"b":2}\n`, size);
      expect(rows).toEqual([
        ['{"a":1}', 1],
        ['', 'row too long'],
        ['{"b":2}', 3],
      ]);
    }
  });
});

/** A generator that gives the same numbers each time (mulberry32), so that a failure can be had again. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const characters = ['a', '"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\t', 'é', '😀', '\u2028', ' '];

function randomValue(random: () => number, depth: number): unknown {
  const text = () =>
    Array.from(
      { length: Math.floor(random() * 12) },
      () => characters[Math.floor(random() * characters.length)],
    ).join('');
  const kind = random();
  if (depth === 0 || kind < 0.4) return text();
  if (kind < 0.5) return Math.floor(random() * 1000) / 8;
  if (kind < 0.6) return [null, true, false][Math.floor(random() * 3)];
  const items = Array.from({ length: Math.floor(random() * 4) }, () => randomValue(random, depth - 1));
  return kind < 0.8 ? items : Object.fromEntries(items.map((item, index) => [`k${index}${text()}`, item]));
}
