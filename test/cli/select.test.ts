import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { burnish, type Ended, makeFolder, PROGRAM, start } from '../support/cli.js';
import { realData } from '../support/real-data.js';

/** Rows with responses of 1, 2, 3, ... words; every third is a poem. */
const ROWS = Array.from({ length: 30 }, (_, index) => ({
  instruction: `Task ${index}`,
  input: '',
  output: Array.from({ length: index + 1 }, (_, word) => `word${index}x${word}`).join(' '),
  score: index % 5,
  kind: index % 3 === 0 ? 'poem' : 'story',
}));

function folderWith(rows: readonly object[] = ROWS): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'data.json'), JSON.stringify(rows));
  return folder;
}

async function select(args: readonly string[], rows?: readonly object[]): Promise<Ended> {
  return burnish(['select', 'data.json', ...args], { cwd: folderWith(rows) });
}

async function selectedIds(args: readonly string[], rows?: readonly object[]): Promise<string[]> {
  const { status, stdout, stderr } = await select([...args, '--json'], rows);
  if (status !== 0) expect.fail(stderr);
  return JSON.parse(stdout).rows.map(({ id }: { id: string }) => id);
}

describe('which rows are chosen', () => {
  test.each([
    ['--top 3', ['27', '28', '29']],
    ['--top 10%', ['27', '28', '29']],
    ['--top 1%', ['29']],
    ['--min 28', ['27', '28', '29']],
    ['--min 28.5', ['28', '29']],
    ['--top 2 --by chars', ['28', '29']],
    ['--top 2 --by field:score', ['4', '9']],
    ['--min 4 --by field:score --where kind=poem', ['9', '24']],
    ['--top 2 --where kind=poem', ['24', '27']],
    ['--all --where kind=poem --where score>=3', ['3', '9', '18', '24']],
    ['--all --where score!=0 --where score<2 --where kind!=story', ['6', '21']],
    ['--ids 12,3', ['3', '12']],
  ])('%s', async (args, ids) => {
    expect(await selectedIds(args.split(' '))).toEqual(ids);
  });

  test.each([
    ['--all --by chars', '--by cannot'],
    ['--ids 3 --of all', '--of cannot'],
    ['--top 3 --seed 4', '--seed cannot'],
    ['--random 3 --by chars --of all', '--by and --of cannot'],
  ])('%s is refused, because an option would mean nothing', async (args, words) => {
    const { status, stdout, stderr } = await select(args.split(' '));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  test('--of all also measures what was asked', async () => {
    const rows = [
      { instruction: 'a', output: 'b c d' },
      { instruction: 'a very long instruction', input: 'and input', output: 'b' },
      { instruction: 'a', output: 'b c' },
    ];
    expect(await selectedIds(['--top', '1'], rows)).toEqual(['0']);
    expect(await selectedIds(['--top', '1', '--of', 'all'], rows)).toEqual(['1']);
    expect(await selectedIds(['--top', '1', '--of', 'response'], rows)).toEqual(['0']);
  });

  test('--random is the same for the same seed, and another for another', async () => {
    const first = await selectedIds(['--random', '5']);
    expect(first).toHaveLength(5);
    expect(await selectedIds(['--random', '5', '--seed', '0'])).toEqual(first);
    expect(await selectedIds(['--random', '5', '--seed', '1'])).not.toEqual(first);
  });
});

describe('what is told', () => {
  const REPEATED = 'This very sentence is here again. '.repeat(12).trim();
  const rows = [
    { id: 'a', instruction: 'x', output: 'one two three' },
    { id: 'b', instruction: 'x', output: '' },
    { id: 'c', instruction: 'x', output: 'one two four' },
    { id: 'd', instruction: 'x', output: REPEATED },
    { id: 'e', instruction: 'x', output: 'yes no perhaps' },
    { id: 'f', instruction: 'x', output: 'Good. 2. Instruction: go on' },
    { id: 'g', instruction: 'x', output: REPEATED },
  ];

  test('--json gives figures, ties, warnings and the rows as data', async () => {
    const { status, stdout, stderr } = await select(['--top', '5', '--json'], rows);
    expect({ status, stderr: stderr.includes('threshold:') }).toEqual({ status: 0, stderr: true });
    expect(JSON.parse(stdout)).toEqual({
      rule: { kind: 'top', top: 5, by: 'words', of: 'response', where: [] },
      metric: 'words',
      read: 7,
      shape: 'alpaca',
      emptyResponses: 1,
      badRows: {},
      available: 6,
      threshold: 3,
      ties: { length: 3, rows: 3, chosen: ['a', 'c'] },
      warnings: [
        { kind: 'exact_duplicates', message: expect.any(String), groups: [['d', 'g']] },
        { kind: 'repeated_phrase', message: expect.any(String), groups: [['d', 'g']] },
        { kind: 'leaked_task', message: expect.any(String), groups: [['f']] },
      ],
      output: null,
      rows: [
        { id: 'a', length: 3 },
        { id: 'c', length: 3 },
        { id: 'd', length: 84 },
        { id: 'f', length: 8 },
        { id: 'g', length: 84 },
      ],
    });
  });

  test('without a measure there are no lengths', async () => {
    const { stdout } = await select(['--ids', 'e,a', '--json'], rows);
    expect(JSON.parse(stdout)).toMatchObject({
      metric: null,
      threshold: null,
      ties: null,
      rows: [
        { id: 'a', length: null },
        { id: 'e', length: null },
      ],
    });
  });

  test('a person reads the same on stderr, and stdout has only rows', async () => {
    const { stdout, stderr } = await select(['--top', '5'], rows);
    expect(JSON.parse(stdout)).toHaveLength(5);
    expect(stderr.split('\n')).toEqual([
      'read:      data.json: 7 rows (alpaca)',
      '           1 row with an empty response, never selected',
      'selected:  5 of 6: the longest by words',
      'lengths:   3 (least), 3 (25 %), 8 (median), 84 (75 %), 84 (most)',
      'threshold: 3 rows of length 3; the earliest 2 chosen: a, c',
      expect.stringMatching(/^warning: {3}2 examples: .*: d, g$/),
      expect.stringMatching(/^warning: {3}2 examples: .*: d, g$/),
      expect.stringMatching(/^warning: {3}1 example: .*: f$/),
      '',
    ]);
  });

  test('--plot draws every length and marks the cut, and chooses the same', async () => {
    const { status, stdout, stderr } = await select(['--top', '3', '--plot']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(ROWS.slice(27));
    const bars = stderr.split('\n').filter((line) => line.includes('█'));
    expect(bars.filter((line) => line.includes('<- cut at 28'))).toHaveLength(1);
    const rowsOf = (line: string): number => Number(line.trim().split(/\s+/)[1]);
    expect(bars.reduce((sum, line) => sum + rowsOf(line), 0)).toBe(30);
    expect((await select(['--top', '3'])).stderr).not.toContain('█');
  });
});

describe('a mistake exits with 2, and writes nothing', () => {
  test.each<[string, string[]]>([
    ['--by letters', ['--by', 'words, chars, bytes', 'field:NAME']],
    ['--by field:', ['--by', 'field:NAME']],
    ['--of input', ['--of', 'response, all']],
    ['--top 0', ['--top', 'whole number, 1 or more']],
    ['--top 0%', ['--top', 'above 0 %']],
    ['--top 101%', ['--top', 'from 0 to 100']],
    ['--top x%', ['--top', 'from 0 to 100']],
    ['--min -1', ['--min', '0 or more']],
    ['--random 0', ['--random', '1 or more']],
    ['--random 3 --seed -1', ['--seed', '0 or more']],
    ['--top 3 --min 4', ['--min', '--top', 'cannot be used']],
    ['--top 3 --random 4', ['--random', '--top', 'cannot be used']],
    ['--min 3 --random 4', ['--random', '--min', 'cannot be used']],
    ['--all --random 4', ['--all', '--random', 'cannot be used']],
    ['--all --min 4', ['--all', '--min', 'cannot be used']],
    ['--ids 1 --random 4', ['--ids', '--random', 'cannot be used']],
    ['--ids 1 --min 4', ['--ids', '--min', 'cannot be used']],
    ['--ids-file ids.txt --min 4', ['--ids-file', '--min', 'cannot be used']],
    ['--where score', ['--where', 'score', 'NAME=VALUE']],
    ['--where score>=high', ['--where', 'score>=high', 'NUMBER']],
    ['--all --where score>9', ['nothing to select', '--where']],
    ['--min 31', ['nothing to select', 'of at least 31 words']],
    ['--ids 3 --where kind=story', ['"3"', '--where']],
    ['--top 2 --by field:rating', ['Row 0', '"rating"', 'no such field', 'data.json, row 0', '--where']],
    ['--top 2 --by field:kind', ['Row 0', '"kind"', 'poem']],
  ])('%s', async (args, says) => {
    const { status, stdout, stderr } = await select([...args.split(' '), '-o', 'never.json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    for (const text of says) expect(stderr.toLowerCase()).toContain(text.toLowerCase());
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test('rows, lengths and ties are the same in every container', async () => {
  const folder = makeFolder();
  const lines = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('');
  const files: [string, string | Buffer][] = [
    ['a.json', JSON.stringify(ROWS, null, 4)],
    ['b.jsonl', lines],
    ['c.jsonl.gz', gzipSync(lines)],
    ['d.json.gz', gzipSync(JSON.stringify(ROWS))],
  ];
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  const figures = await Promise.all(
    files.map(async ([name]) => {
      const { stdout } = await burnish(['select', name, '--top', '20%', '--json'], { cwd: folder });
      const { rows, ties, threshold } = JSON.parse(stdout);
      return { rows, ties, threshold };
    }),
  );
  expect(figures[0]?.rows).toHaveLength(6);
  for (const other of figures) expect(other).toEqual(figures[0]);
});

describe('tokenisers', () => {
  /** Runs `burnish select` and returns which of the tokenisers' modules it loaded. */
  async function loaded(...args: string[]): Promise<string[]> {
    const folder = folderWith();
    const log = join(folder, 'loaded');
    writeFileSync(log, '');
    writeFileSync(
      join(folder, 'watch.mjs'),
      `import { appendFileSync } from 'node:fs';
       import { registerHooks } from 'node:module';
       registerHooks({ load(url, context, next) {
         appendFileSync(${JSON.stringify(log)}, url + '\\n');
         return next(url, context);
       } });`,
    );
    const watch = pathToFileURL(join(folder, 'watch.mjs')).href;
    const command = [process.execPath, '--import', watch, PROGRAM, 'select', 'data.json', ...args] as const;
    const { status, stderr } = await start(command, { cwd: folder }).ended;
    if (status !== 0) expect.fail(stderr);
    const urls = readFileSync(log, 'utf8').split('\n');
    expect(urls.some((url) => url.includes('/dist/cli/'))).toBe(true);
    return urls.filter((url) => url.includes('tokenizer') || url.includes('tiktoken'));
  }

  test.each(['words', 'chars', 'bytes', 'field:score'])('are not loaded to measure %s', async (by) => {
    expect(await loaded('--top', '3', '--by', by)).toEqual([]);
  });

  test.each([
    ['tokens:o200k', 'o200k_base', 'cl100k_base'],
    ['tokens:cl100k', 'cl100k_base', 'o200k_base'],
    ['tokens:llama', 'llama-tokenizer', 'tiktoken'],
  ])('are loaded one at a time: for %s %s and not %s', async (by, needed, needless) => {
    const urls = await loaded('--top', '3', '--by', by);
    expect(urls.some((url) => url.includes(needed))).toBe(true);
    expect(urls.some((url) => url.includes(needless))).toBe(false);
  });
});

const alpaca = realData('alpaca_data.json');
const paper = realData('paper_selected_1k.json');
const missing = alpaca === undefined || paper === undefined;
describe.skipIf(missing)("the paper's selection (needs alpaca_data.json and paper_selected_1k.json)", () => {
  test('is what `burnish select` writes, byte for byte, but for the scores that somebody gave later', async () => {
    const folder = makeFolder();
    const args = ['select', alpaca ?? '', '--top', '1000', '--to', 'fastchat', '-o', 'sel.json', '--json'];
    const { status, stdout } = await burnish(args, { cwd: folder });
    expect(status).toBe(0);

    const wanted = readFileSync(paper ?? '', 'utf8');
    // Each score as the paper's file spells it, put at the end of the row it belongs to.
    const scores = [...wanted.matchAll(/\n {8}"score": ([\d.]+)\n {4}\}/g)]
      .map(([, score]) => score)
      .values();
    const scored = readFileSync(join(folder, 'sel.json'), 'utf8').replaceAll(
      /(\n {8}\])\n {4}\}/g,
      (_, end) => `${end},\n        "score": ${scores.next().value}\n    }`,
    );
    expect(scored.trimEnd() === wanted.trimEnd()).toBe(true);

    const { threshold, ties, warnings, rows, available } = JSON.parse(stdout);
    expect({ threshold, ties, available }).toEqual({
      threshold: 192,
      ties: { length: 192, rows: 15, chosen: ['4988', '14147'] },
      available: 51_974,
    });
    const ids = JSON.parse(wanted).map(({ id }: { id: string }) => id.replace('identity_', ''));
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(ids);
    const leaked = warnings.find(({ kind }: { kind: string }) => kind === 'leaked_task');
    expect(leaked.groups[0]).toHaveLength(21);
  });

  test('without its scores is the very text that was written', async () => {
    const folder = makeFolder();
    const args = ['select', alpaca ?? '', '--to', 'fastchat', '-o', 'sel.json', '--plot'];
    expect((await burnish(args, { cwd: folder })).status).toBe(0);
    const written = readFileSync(join(folder, 'sel.json'), 'utf8').trimEnd();
    const wanted = readFileSync(paper ?? '', 'utf8').replaceAll(/,\n +"score": [\d.]+(?=\n)/g, '');
    expect(written === wanted.trimEnd()).toBe(true);
  });
});
