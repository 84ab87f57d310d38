import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { fingerprintFile, inflateIfGzip } from '../../src/dataset/byte-source.js';
import { Dataset, type DatasetOptions, openDataset } from '../../src/dataset/dataset.js';
import { type DatasetRow, type RowRules, toExample } from '../../src/dataset/row-reader.js';
import { type BurnishError, UserError } from '../../src/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'burnish-dataset-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: string | Buffer, name = `${files++}.json`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(dataset: Dataset): Promise<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for await (const batch of dataset.batches()) rows.push(...batch);
  return rows;
}

async function readText(content: string | Buffer, rules: DatasetOptions = {}) {
  const dataset = openDataset(file(content), rules);
  const rows = await rowsOf(dataset);
  return { ids: rows.map(({ id }) => id), rows, summary: dataset.summary() };
}

async function errorOf(content: string | Buffer, rules: RowRules = {}): Promise<BurnishError> {
  const error: unknown = await readText(content, rules).then(
    () => undefined,
    (caught) => caught,
  );
  if (!(error instanceof UserError)) expect.fail(`no UserError but ${error}`);
  return error;
}

const good = '{"instruction":"a","output":"b"}';
const other = '{"instruction":"c","input":"d","output":"e"}';
const talk = '{"conversations":[{"from":"human","value":"a"},{"from":"gpt","value":"b"}]}';

describe('reading', () => {
  test.each<[string, string | Buffer, object]>([
    ['an array', `[${good},${other}]`, { container: 'json', gzip: false }],
    ['lines', `${good}\n${other}\n`, { container: 'jsonl', gzip: false }],
    ['lines with CRLF, blanks between and no end', `\n${good}\r\n\r\n  \n${other}`, { container: 'jsonl' }],
    ['an array behind a byte order mark', `\ufeff [${good},${other}]\n`, { container: 'json' }],
    ['lines behind a byte order mark', `\ufeff${good}\n${other}`, { container: 'jsonl' }],
    ['gzip, whatever its name', gzipSync(`[${good},${other}]`), { container: 'json', gzip: true }],
    [
      'gzip in several members',
      Buffer.concat([gzipSync(`${good}\n`), gzipSync(other)]),
      { container: 'jsonl', gzip: true },
    ],
  ])('takes %s', async (_title, content, expected) => {
    const { rows, summary } = await readText(content);
    expect(rows).toEqual([
      {
        id: '0',
        hasOwnId: false,
        row: 0,
        instruction: 'a',
        input: '',
        response: 'b',
        text: expect.any(String),
        fields: JSON.parse(good),
      },
      {
        id: '1',
        hasOwnId: false,
        row: 1,
        instruction: 'c',
        input: 'd',
        response: 'e',
        text: other,
        fields: JSON.parse(other),
      },
    ]);
    expect(summary).toMatchObject({ shape: 'alpaca', rows: 2, emptyResponses: 0, badRows: {}, ...expected });
  });

  test('gives the same rows and fingerprint whatever the chunks', async () => {
    const texts = [
      `\ufeff  [${good}, ${other.replace('d', 'é😀')}]\n`,
      ` \n${good}\r\n\n${other.replace('e', '日')}`,
    ];
    for (const text of texts) {
      for (const bytes of [Buffer.from(text), gzipSync(text)]) {
        const read = async (size: number) => {
          const dataset = new Dataset('x', { fingerprint: true }, () =>
            inflateIfGzip(chunksOf(bytes, size), 'x'),
          );
          return { rows: await rowsOf(dataset), summary: dataset.summary() };
        };
        const whole = await read(bytes.length);
        expect(whole.rows).toHaveLength(2);
        expect(whole.summary.fingerprint).toBe(createHash('sha256').update(text).digest('hex'));
        for (const size of [1, 2, 3, 4, 5, 13]) expect(await read(size)).toEqual(whole);
      }
    }
  });

  test('fingerprints a file and its gzipped copy alike', async () => {
    const text = `[${good}]`;
    const plain = await fingerprintFile(file(text));
    expect((await readText(gzipSync(text), { fingerprint: true })).summary.fingerprint).toBe(plain);
    expect((await readText(gzipSync(text))).summary.fingerprint).toBe(null);
    expect(await fingerprintFile(file(gzipSync(text)))).toBe(plain);
    expect(await fingerprintFile(file(`${text}\n`))).not.toBe(plain);
  });

  test('makes an example whose source keeps order, extras and the spelling of numbers', async () => {
    const text = '{"score":4.0,"output":"b","id":"x","instruction":"a"}';
    const { rows, summary } = await readText(`[ ${text} ]`);
    const [example] = rows.map((row) => toExample(row, summary.shape));
    expect(example).toMatchObject({ id: 'x', row: 0, instruction: 'a', input: '', response: 'b' });
    expect(JSON.stringify(example?.source)).toBe(text);
  });

  test('counts blank responses without complaint', async () => {
    const { ids, summary } = await readText(
      `[${good},{"instruction":"a","output":" "},{"instruction":"a","output":""}]`,
    );
    expect(ids).toEqual(['0', '1', '2']);
    expect(summary.emptyResponses).toBe(2);
  });

  test('lets the first row that has a shape decide on it, unless told', async () => {
    const both = `{"conversations":[],"instruction":"a","output":"b"}`;
    expect((await readText(`[${talk}]`)).summary.shape).toBe('fastchat');
    expect((await readText(`[${both}]`, { from: 'alpaca' })).summary.shape).toBe('alpaca');
    expect((await readText(`[{},${talk}]`, { skipBadRows: true })).summary).toMatchObject({
      shape: 'fastchat',
      badRows: { 'unknown shape': 1 },
    });
  });

  test('tells ids apart that JavaScript numbers would not', async () => {
    const row = (id: string) => `{"id":${id},"instruction":"a","output":"b"}`;
    const { ids } = await readText(
      `[${row('12345678901234567890')},${row('12345678901234567891')},${row('"s"')}]`,
    );
    expect(ids).toEqual(['12345678901234567890', '12345678901234567891', 's']);
  });

  test('gives no summary before the end', async () => {
    const dataset = openDataset(file(`[${good}]`));
    expect(() => dataset.summary()).toThrow('end');
  });
});

const bad: [string, string | Buffer, string, string[], string?][] = [
  ['broken JSON in an array', `[${good},{"a":},${other}]`, 'broken JSON', ['0', '2']],
  ['NaN', `[${good},{"instruction":"a","output":"b","score":NaN}]`, 'broken JSON', ['0']],
  ['a row of no object', `[${good},[1],${other}]`, 'not an object', ['0', '2']],
  ['a comma too many', `[${good},]`, 'broken JSON', ['0']],
  ['no comma', `[${good} ${other},${good}]`, 'missing comma', ['0', '2']],
  ['a file that ends within a row', `[${good},{"instruction":"a`, 'cut off', ['0']],
  ['a file that ends between rows', `[${good},`, 'cut off', ['0']],
  ['a missing field', `[${good},{"instruction":"a"}]`, 'missing field', ['0'], 'output'],
  ['a wrong type', `[${good},{"instruction":"a","output":[]}]`, 'wrong type', ['0'], 'output'],
  [
    'an escaped NUL',
    String.raw`[${good},{"instruction":"a\u0000","output":"b"}]`,
    'invalid text',
    ['0'],
    'instruction',
  ],
  ['a raw NUL', `[${good},{"instruction":"a\0","output":"b"}]`, 'broken JSON', ['0']],
  [
    'half a surrogate pair',
    String.raw`[${good},{"instruction":"a","output":"\ud83d"}]`,
    'invalid text',
    ['0'],
    'output',
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from(`[${good},{"instruction":"\xe9","output":"b"}]`, 'latin1'),
    'not UTF-8',
    ['0'],
  ],
  ['a repeated id', `[{"id":"x",${good.slice(1)},{"id":"x",${good.slice(1)}]`, 'duplicate id', ['x'], 'id'],
  ['an id that is an earlier row number', `[${good},{"id":0,${good.slice(1)}]`, 'duplicate id', ['0'], 'id'],
  ['another shape', `[${good},${talk}]`, 'missing field', ['0'], 'instruction'],
  [
    'deep nesting',
    `[${good},{"instruction":"a","output":"b","x":${'['.repeat(5000)}${']'.repeat(5000)}}]`,
    'nested too deeply',
    ['0'],
  ],
  [
    'a deep row that is no object',
    `[${good},${'['.repeat(50000)}${']'.repeat(50000)}]`,
    'not an object',
    ['0'],
  ],
];

describe('bad rows', () => {
  test.each(bad)('%s stops the reading', async (_title, content, reason, _ids, field) => {
    const { code, message, facts } = await errorOf(content);
    expect([code, message]).toEqual(['dataset', `Row 1 cannot be used: ${reason}.`]);
    expect(facts.where).toMatch(
      field === undefined ? /\.json, row 1$/ : new RegExp(`, row 1, field "${field}"$`),
    );
    expect(facts.hint).toContain('--skip-bad-rows');
    for (const fact of [facts.expected, facts.found]) expect(fact).toMatch(/^[^\n]+$/);
  });

  test.each(bad)('%s is counted and left out on demand', async (_title, content, reason, ids) => {
    const read = await readText(content, { skipBadRows: true });
    expect(read.ids).toEqual(ids);
    expect(read.summary.badRows).toEqual({ [reason]: 1 });
    expect(read.summary.rows).toBe(ids.length + 1);
  });

  test('in lines are told by row and line', async () => {
    const { facts } = await errorOf(`\n${good}\n\n{"a":\n`);
    expect(facts.where).toMatch(/, row 1 \(line 4\)$/);
  });

  test('keep their numbers, so that later rows keep their ids', async () => {
    const { rows } = await readText(`{x}\n${good}\n{}\n${good}`, { skipBadRows: true });
    expect(rows.map(({ id, row }) => [id, row])).toEqual([
      ['1', 1],
      ['3', 3],
    ]);
  });

  test('do not occupy an id', async () => {
    const row = (output: string) => `{"id":"x","instruction":"a","output":${output}}`;
    expect((await readText(`[${row('1')},${row('"b"')}]`, { skipBadRows: true })).ids).toEqual(['x']);
  });
});

describe('files that are no dataset', () => {
  const pretty = JSON.stringify({ data: [{ instruction: 'a' }] }, null, 2);
  test.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'an empty file'],
    ['nothing but blanks', ' \n\t', 'a file with nothing but blanks'],
    ['nothing but a byte order mark', '\ufeff', 'an empty file'],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeff[]', 'utf16le'), 'UTF-16 text'],
    ['UTF-16 without one', Buffer.from('[{}]', 'utf16le'), 'UTF-16 text'],
    ['CSV', 'instruction,output\na,b\n', 'text that begins "instruction,output\\na,b\\n"'],
    ['Parquet', Buffer.from('PAR1\x15\x04'), 'a Parquet file'],
    ['other bytes', Buffer.from([0xff, 0x80, 1, 2, 3]), 'bytes ff80010203'],
    ['one object over several lines', pretty, 'a JSON object that goes over several lines'],
    ['text behind the array', `[${good}]\n[${good}]`, 'more text behind the array'],
    ['gzip of gzip', gzipSync(gzipSync('[]')), 'bytes 1f8b0800'],
  ])('%s', async (_title, content, found) => {
    for (const skipBadRows of [false, true]) {
      const { code, facts } = await errorOf(content, { skipBadRows });
      expect([code, facts.found?.slice(0, found.length)]).toEqual(['dataset', found]);
      expect(facts.expected).toContain('JSON Lines');
      expect(facts.where).toContain(folder);
    }
  });

  test('lines that all end in a comma are bad rows, not one object', async () => {
    expect((await errorOf(`${good},\n${other},\n`)).message).toContain('Row 0');
  });

  test.each([
    ['[]', 'none'],
    ['[{"prompt":"a","completion":"b"}]', 'the fields "prompt, completion"'],
    ['[{}]', 'no fields'],
    ['[1,2]', 'only bad rows: {"not an object":2}'],
  ])('%s has no row that can be used', async (content, found) => {
    const { code, facts } = await errorOf(content, { skipBadRows: true });
    expect([code, facts.found]).toEqual(['dataset', found]);
  });

  test('a row of no known shape is told with its fields and the known layouts', async () => {
    const { facts } = await errorOf('[{"prompt":"a","completion":"b"}]');
    expect(facts.found).toBe('the fields "prompt, completion"');
    expect(facts.expected).toMatch(/fastchat: .*alpaca: /);
  });

  test.each([
    ['missing.json', 'no such file or folder'],
    ['.', 'a folder'],
    ['plain/x.json', 'a path through something that is no folder'],
  ])('%s cannot be opened', async (name, found) => {
    file('', 'plain');
    const reading = rowsOf(openDataset(join(folder, name)));
    await expect(reading).rejects.toMatchObject({
      code: 'dataset',
      facts: { found, where: join(folder, name) },
    });
    await expect(fingerprintFile(join(folder, name))).rejects.toBeInstanceOf(UserError);
  });

  test('gzip that is cut off or damaged', async () => {
    const whole = gzipSync(`[${Array.from({ length: 500 }, () => good).join(',')}]`);
    const damaged = Buffer.from(whole);
    damaged.writeUInt32LE(7, damaged.length - 8);
    for (const content of [whole.subarray(0, 40), whole.subarray(0, -3), damaged]) {
      const { message, facts } = await errorOf(content, { skipBadRows: true });
      expect(message).toContain('gzip');
      expect(facts.where).toContain(folder);
    }
  });
});

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
