import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Datasets } from '../../src/server/datasets.js';
import { makeFolder } from '../support/cli.js';

const LIMIT = 1000;

/** A data folder with good and bad things in it, a secret beside it, and an empty folder for uploads. */
function setUp() {
  const folder = makeFolder();
  const [data, uploads] = [join(folder, 'data'), join(folder, 'uploads')];
  mkdirSync(join(data, 'deep', 'er'), { recursive: true });
  mkdirSync(join(data, 'folder.json'));
  mkdirSync(join(data, '.hidden'));
  mkdirSync(join(folder, 'data-too'));
  for (const name of [
    'a.json',
    'b.jsonl.gz',
    'notes.txt',
    '.secret.json',
    '.hidden/a.json',
    'deep/er/c.ndjson',
  ])
    writeFileSync(join(data, name), '[]');
  for (const name of ['secret.json', 'data-too/d.json']) writeFileSync(join(folder, name), '[]');
  symlinkSync(join(folder, 'secret.json'), join(data, 'out.json'));
  symlinkSync(folder, join(data, 'up'));
  symlinkSync(join(data, 'a.json'), join(data, 'in.json'));
  symlinkSync(join(data, 'loop.json'), join(data, 'loop.json'));
  symlinkSync(join(data, '.secret.json'), join(data, 'shown.json'));
  spawnSync('mkfifo', [join(data, 'pipe.json')]);
  return { folder, data, uploads, datasets: new Datasets({ data, uploads, uploadLimit: LIMIT }) };
}

/** A body that comes in pieces; a number breaks it off. */
function bodyOf(...pieces: readonly (string | Error)[]): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream({
    pull: (controller) => {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
}

/** All files below a folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

describe('a dataset of the data folder', () => {
  test('is listed if it is a regular file with a name for one, none that is hidden or a link', async () => {
    const { datasets } = setUp();
    const names = (await datasets.list()).map(({ name }) => name);
    expect(names).toEqual(['a.json', 'b.jsonl.gz', 'deep/er/c.ndjson']);
  });

  test.each([
    ['a.json', 'a.json'],
    ['b.jsonl.gz', 'b.jsonl.gz'],
    ['deep/er/c.ndjson', 'deep/er/c.ndjson'],
    ['in.json', 'a.json'],
    ['up/data/a.json', 'a.json'],
  ])('is found, by a link that stays below as well: %s', async (name, path) => {
    const { data, datasets } = setUp();
    expect(await datasets.pathOf(name)).toBe(join(data, path));
  });

  test.each([
    '../secret.json',
    'deep/../../secret.json',
    '../data-too/d.json',
    '/etc/passwd',
    '/etc/x.json',
    'up/secret.json',
    'up/.secret.json',
    'out.json',
    'loop.json',
    'shown.json',
    'pipe.json',
    'folder.json',
    'a.json/',
    'a.json/b.json',
    '.secret.json',
    '.hidden/a.json',
    'deep/./er/../../.secret.json',
    'notes.txt',
    'a.json\0',
    '\0a.json',
    'notes.txt\0.json',
    'missing.json',
    `${'x'.repeat(300)}.json`,
    '',
    '.',
    '..',
    'uploads/../a.json',
    'uploads/0123456789ab/../../data/a.json',
    'uploads/0123456789ab/..',
    'C:\\a.json',
    '..\\secret.json',
  ])('is refused, with no word on whether it is there: %j', async (name) => {
    const { datasets, folder } = setUp();
    const refusal = await datasets.pathOf(name).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'dataset', message: 'The server has no such dataset.' });
    expect(JSON.stringify(refusal)).not.toContain(folder);
  });

  test('is refused where there is no data folder', async () => {
    const { folder, uploads } = setUp();
    const datasets = new Datasets({ data: null, uploads, uploadLimit: LIMIT });
    await expect(datasets.pathOf('a.json')).rejects.toThrow('no such dataset');
    await expect(datasets.pathOf(join(folder, 'secret.json'))).rejects.toThrow('no such dataset');
    expect(await datasets.list()).toEqual([]);
  });

  test('that takes part in a list that is too long is left out, not the list', async () => {
    const { data, datasets } = setUp();
    for (let file = 0; file < 1100; file++) writeFileSync(join(data, `many ${file}.json`), '');
    expect(await datasets.list()).toHaveLength(1000);
  });
});

describe('an upload', () => {
  test('is kept whole, by its name and content, the same file once', async () => {
    const { datasets, uploads } = setUp();
    const first = await datasets.upload('tasks.json', bodyOf('[1,', '2]'));
    expect(first).toEqual({ name: expect.stringMatching(/^uploads\/[0-9a-f]{12}\/tasks\.json$/), bytes: 5 });
    expect(readFileSync(await datasets.pathOf(first.name), 'utf8')).toBe('[1,2]');
    const [again, other] = await Promise.all([
      datasets.upload('tasks.json', bodyOf('[1,2]')),
      datasets.upload('tasks.json', bodyOf('[1,3]')),
    ]);
    expect(again).toEqual(first);
    expect(other?.name).not.toBe(first.name);
    expect(filesIn(uploads)).toHaveLength(2);
    expect((await datasets.list()).map(({ name }) => name)).toContain(first.name);
  });

  test('that is too large ends as soon as it is, and leaves nothing', async () => {
    const { datasets, uploads } = setUp();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 100;
        controller.enqueue(new Uint8Array(100));
      },
    });
    await expect(datasets.upload('a.json', endless)).rejects.toMatchObject({
      status: 413,
      code: 'too_large',
    });
    expect(sent).toBeLessThan(100 * LIMIT);
    expect(filesIn(uploads)).toEqual([]);
    const exact = await datasets.upload('a.json', bodyOf('x'.repeat(LIMIT)));
    expect(exact.bytes).toBe(LIMIT);
    await expect(datasets.upload('a.json', bodyOf('x'.repeat(LIMIT), 'x'))).rejects.toThrow('too large');
  });

  test('that is broken off leaves nothing', async () => {
    const { datasets, uploads } = setUp();
    await expect(datasets.upload('a.json', bodyOf('[1,', new Error('gone')))).rejects.toMatchObject({
      ...{ status: 400, code: 'broken_off' },
    });
    expect(filesIn(uploads)).toEqual([]);
  });

  test.each([
    ['../../a.json', 'a.json'],
    ['..\\..\\a.json', 'a.json'],
    ['C:\\Users\\ann\\a.json', 'a.json'],
    ['/etc/cron.d/a.json', 'a.json'],
    ['.a.json', 'a.json'],
    ['...json', null],
    ['a\0b.json', 'a_b.json'],
    ['a b\n<script>.jsonl', 'a_b_script_.jsonl'],
    ['数据.json', '_.json'],
    ['\u202egnp.json', '_gnp.json'],
    [`${'x'.repeat(240)}.json.gz`, `${'x'.repeat(92)}.json.gz`],
    ['a.json/', 'a.json'],
    ['a.exe', null],
    ['', null],
    ['..', null],
    ['.json', null],
    ['a.json.exe', null],
  ])('is named safely: %j', async (name, safe) => {
    const { datasets, uploads } = setUp();
    const done = datasets.upload(name, bodyOf('[]'));
    if (safe === null) {
      await expect(done).rejects.toMatchObject({ status: 422, facts: { where: 'name' } });
      expect(filesIn(uploads)).toEqual([]);
      return;
    }
    expect((await done).name.split('/').slice(2)).toEqual([safe]);
    expect(filesIn(uploads).map((path) => path.split('/')[1])).toEqual([safe]);
    expect(statSync(await datasets.pathOf((await done).name)).size).toBe(2);
  });
});

test('an upload for which there is no room is no mistake of the server', async () => {
  const { data, folder } = setUp();
  const datasets = new Datasets({ data, uploads: join(folder, 'secret.json', 'x'), uploadLimit: LIMIT });
  const refusal = await datasets.upload('a.json', bodyOf('[]')).catch((error) => error);
  expect(refusal).toMatchObject({ code: 'environment', facts: { found: 'ENOTDIR' } });
});
