import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, type TestContext, test } from 'vitest';
import { burnish, type Ended, makeFolder, PROGRAM } from '../support/cli.js';
import { ownChecks } from '../support/own-checks.js';
import { realData } from '../support/real-data.js';
import type { Row } from './scene.js';

/** What a terminal would obey, and what makes text read otherwise than it stands. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Rows with these responses, whose ids are `r0`, `r1`, ... */
function rowsOf(...outputs: readonly string[]): Row[] {
  return outputs.map((output, index) => ({
    id: `r${index}`,
    instruction: `Task ${index}`,
    input: '',
    output,
  }));
}

const ORIGINALS = rowsOf('One.', 'Two.', 'Three.', 'Four.');
const REFINED = rowsOf('Good.', 'Here is a FLAG.', ' To FAIL and to FLAG. ', 'A NOTE.');

interface Desk {
  readonly folder: string;
  save(name: string, content: unknown): void;
  /** `burnish check original.json refined.json --checks own.mjs`, and these arguments. */
  check(...args: readonly string[]): Promise<Ended>;
  /** `burnish check`, and these arguments. */
  run(...args: readonly string[]): Promise<Ended>;
}

/** A folder with two files to be checked, and a checks file. */
function makeDesk(refined: unknown = REFINED, originals: unknown = ORIGINALS): Desk {
  const folder = makeFolder();
  const run = (...args: readonly string[]): Promise<Ended> =>
    burnish(['check', ...args], { cwd: folder, env: { XDG_STATE_HOME: folder } });
  const save = (name: string, content: unknown): void => {
    const isBytes = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(folder, name), isBytes ? content : JSON.stringify(content));
  };
  save('original.json', originals);
  save('refined.json', refined);
  save('own.mjs', ownChecks());
  return {
    folder,
    save,
    run,
    check: (...args) => run('original.json', 'refined.json', '--checks', 'own.mjs', ...args),
  };
}

describe('two files', () => {
  test('are reported on: verdicts, findings, the worst rows', async () => {
    const ended = await makeDesk().check();
    expect(ended).toEqual({ status: 3, signal: null, stderr: '', stdout: ended.stdout });
    expect(ended.stdout).toBe(`original: original.json (alpaca)
refined:  refined.json (alpaca)
pairs:    4 rows, paired by id

Verdicts
  fail        1   25.0 %   certainly bad
  flag        1   25.0 %   probably bad
  pass        2   50.0 %   nothing found, or only notes

Findings
  fail        1   word  A word stands in the refined response.
  flag        1   word  A word stands in the refined response.
  note        1   word  A word stands in the refined response.

Worst
  r2  fail  word: The word FAIL. (+1)
  r1  flag  word: The word FLAG.

--id ID shows a row and the text that was found; --only flag, --check ID list.
`);
  });

  test('give JSON in the form that is promised', async () => {
    const { status, stdout, stderr } = await makeDesk().check('--json');
    expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
    const finding = (severity: string, word: string, start: number) => ({
      ...{ check: 'word', severity, message: `The word ${word}.`, start, end: start + 4 },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      pairing: { pairs: 4, by: 'id', unrefined: 0, reworded: null },
      summary: {
        rows: 4,
        byVerdict: { fail: 1, flag: 1, pass: 2 },
        byCheck: { word: { rows: 3, fail: 1, flag: 1, note: 1 } },
      },
    });
    expect(JSON.parse(stdout).records).toEqual([
      { id: 'r0', verdict: 'pass', findings: [] },
      { id: 'r1', verdict: 'flag', findings: [finding('flag', 'FLAG', 10)] },
      // Offsets are within the text without the blanks around it.
      { id: 'r2', verdict: 'fail', findings: [finding('fail', 'FAIL', 3), finding('flag', 'FLAG', 15)] },
      { id: 'r3', verdict: 'pass', findings: [finding('note', 'NOTE', 2)] },
    ]);
  });

  test('end with 0 when nothing fails', async () => {
    expect((await makeDesk(rowsOf('A FLAG.', 'B.', 'C.', 'D.')).check()).status).toBe(0);
  });

  test('are checked with the catalogue unless told otherwise', async () => {
    const refined = rowsOf('Good is what it is.', '<|im_end|> is left.', ' ', 'Four.');
    const { stdout, status } = await makeDesk(refined).run('original.json', 'refined.json', '--json');
    const records: { findings: { check: string }[] }[] = JSON.parse(stdout).records;
    const found = records.map(({ findings }) => findings.map(({ check }) => check));
    expect(status).toBe(3);
    expect(found[1]).toContain('marker_residue');
    expect(found[2]).toContain('empty');
    expect(found[3]).toContain('unchanged');
  });

  test.each([
    ['--only fail', ['r2']],
    ['--only flag', ['r1']],
    ['--only pass', ['r0', 'r3']],
    ['--check word', ['r1', 'r2', 'r3']],
    ['--check word --only pass', ['r3']],
    ['--check word,word', ['r1', 'r2', 'r3']],
  ])('are listed with %s, on the terminal and as data', async (choice, ids) => {
    const desk = makeDesk();
    const { status, stdout } = await desk.check(...choice.split(' '));
    expect(status).toBe(3);
    expect(stdout.match(/^ {2}r\d/gm)?.map((head) => head.trim())).toEqual(ids);
    expect(stdout).not.toContain('Verdicts');
    const { records, summary } = JSON.parse((await desk.check(...choice.split(' '), '--json')).stdout);
    expect(records.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(summary.rows).toBe(4);
  });

  test('show one row with the text that was found', async () => {
    const desk = makeDesk();
    const { status, stdout } = await desk.check('--id', 'r2');
    expect(status).toBe(3);
    expect(stdout).toBe(`example: r2 (fail)
instruction: Task 2
refined: To FAIL and to FLAG.
fail: word: The word FAIL.
  | To >>>FAIL<<< and to FLAG.
  characters 3 to 7
flag: word: The word FLAG.
  | To FAIL and to >>>FLAG<<<.
  characters 15 to 19
`);
    expect(JSON.parse((await desk.check('--id', 'r2', '--json')).stdout).records).toHaveLength(1);
  });

  test.each([
    ['a row that is not there', ['--id', '7'], 'like r0, r1, r2'],
    ['a check that is not there', ['--check', 'wrd'], 'word'],
    ['a check that is switched off', ['--check', 'truncated'], 'word'],
    ['a verdict that is none', ['--only', 'bad'], 'fail, flag, pass'],
  ])('%s is refused', async (_, args, says) => {
    const { status, stdout, stderr } = await makeDesk().check(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('without a row that fits, nothing is listed', async () => {
    const { stdout, stderr } = await makeDesk(rowsOf('A.', 'B.', 'C.', 'D.')).check('--only', 'fail');
    expect([stdout, stderr]).toEqual(['', 'No example fits.\n']);
  });
});

describe('files', () => {
  const lines = (rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const withoutIds = (rows: readonly Row[]) => rows.map(({ id: _, ...row }) => row);

  test.each<[string, unknown, unknown, string]>([
    ['of two kinds', gzipSync(lines(REFINED)), ORIGINALS, 'paired by id'],
    ['in another order', REFINED.toReversed(), ORIGINALS, 'paired by id'],
    ['without ids', withoutIds(REFINED), withoutIds(ORIGINALS), 'paired by instruction and input'],
    [
      'without ids, in another order',
      withoutIds(REFINED).toReversed(),
      ORIGINALS,
      'by instruction and input',
    ],
    [
      'whose inputs changed',
      withoutIds(REFINED).map((row) => ({ ...row, input: 'x' })),
      ORIGINALS,
      'by order',
    ],
  ])('%s are paired, and found to be the same', async (_, refined, originals, how) => {
    const desk = makeDesk(refined, originals);
    const { status, stdout } = await desk.check();
    expect(status).toBe(3);
    expect(stdout).toContain(how);
    expect(stdout).toMatch(/^ {2}flag +1 +25/m);
  });

  test('of two shapes are paired', async () => {
    const refined = [
      {
        id: 'r1',
        conversations: [
          { from: 'human', value: 'Task 1' },
          { from: 'gpt', value: 'FAIL' },
        ],
      },
    ];
    const { status, stdout, stderr } = await makeDesk(refined).check();
    expect(status).toBe(3);
    expect(stdout).toContain('refined.json (fastchat)');
    expect(stderr).toBe('warning: 3 original rows without a refined one\n');
  });

  test('that may not belong together are warned of', async () => {
    const { status, stderr } = await makeDesk(REFINED.map((row) => ({ ...row, input: 'Other.' }))).check();
    expect(status).toBe(3);
    expect(stderr).toBe('warning: 4 pairs with the same id, but another instruction or input (first: r0)\n');
  });

  test.each<[string, unknown, unknown, string]>([
    ['with a row too many', [...REFINED, { instruction: 'New', output: 'x' }], ORIGINALS, 'row 4'],
    ['of which one is empty', '', ORIGINALS, 'refined.json'],
    ['of which one has no rows', [], ORIGINALS, 'empty'],
    ['of which the first is no dataset', REFINED, 'Dear reader', 'original.json'],
    ['of which one is cut off', JSON.stringify(REFINED).slice(0, -30), ORIGINALS, 'cut off'],
    ['of which one has broken gzip', gzipSync(JSON.stringify(REFINED)).subarray(0, 60), ORIGINALS, 'gzip'],
    ['of which one has an id twice', [...REFINED, REFINED[0]], ORIGINALS, 'duplicate id'],
    [
      'with an id that is the number of another row',
      [
        { instruction: 'a', output: 'b' },
        { ...REFINED[0], id: '0' },
      ],
      ORIGINALS,
      'duplicate id',
    ],
    ['of other layouts', [{ prompt: 'a', completion: 'b' }], ORIGINALS, 'unknown shape'],
  ])('%s are refused with the place', async (_, refined, originals, says) => {
    const desk = makeDesk(refined, originals);
    const { status, stdout, stderr } = await desk.check();
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
    const json = await desk.check('--json');
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout).error).toMatchObject({ code: 'dataset', where: expect.any(String) });
  });

  test('with broken rows are checked without these, if so wished', async () => {
    const desk = makeDesk([...REFINED.slice(0, 3), { id: 'r3', instruction: 'Task 3' }]);
    expect((await desk.check()).status).toBe(2);
    const { status, stdout, stderr } = await desk.check('--skip-bad-rows');
    expect(status).toBe(3);
    expect(stdout).toContain('3 rows');
    expect(stderr).toMatch(/refined\.json: 1 row skipped: missing field\nwarning: 1 original row without/);
  });

  test.each([
    [['original.json'], 'ORIGINAL REFINED'],
    [['original.json', 'nothing.json'], 'nothing.json'],
    [['nothing.json', 'refined.json'], 'nothing.json'],
    [['folder', 'refined.json'], 'folder'],
    [['nothing'], 'no such run'],
    [['original.json', 'refined.json', 'refined.json'], 'too many arguments'],
  ])('%j are refused', async (args, says) => {
    const desk = makeDesk();
    mkdirSync(join(desk.folder, 'folder'));
    const { status, stdout, stderr } = await desk.run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('are left as they are, and nothing is written beside them', async () => {
    const desk = makeDesk();
    const before = readFileSync(join(desk.folder, 'refined.json'));
    await desk.run('original.json', 'refined.json');
    expect(readFileSync(join(desk.folder, 'refined.json'))).toEqual(before);
    expect(execFileSync('ls', ['-A', desk.folder], { encoding: 'utf8' })).toBe(
      'original.json\nown.mjs\nrefined.json\n',
    );
  });
});

describe('through pipes', () => {
  test('files are read that can be read only once', async () => {
    const desk = makeDesk(REFINED.toReversed());
    for (const name of ['one', 'two']) execFileSync('mkfifo', [join(desk.folder, name)]);
    const ended = desk.run('one', 'two', '--checks', 'own.mjs');
    const feeders = [
      ['original.json', 'one'],
      ['refined.json', 'two'],
    ].map(([from, to]) => spawn('sh', ['-c', `cat ${from} > ${to}`], { cwd: desk.folder }));
    await Promise.all(feeders.map((feeder) => once(feeder, 'close')));
    expect(await ended).toMatchObject({
      status: 3,
      stderr: '',
      stdout: expect.stringContaining('4 rows, paired by id'),
    });
  });

  test('a reader that has seen enough changes nothing of the exit status', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `${'long '.repeat(20)} FAIL ${index}`);
    const desk = makeDesk(rowsOf(...many), rowsOf(...many));
    const child = spawn(
      process.execPath,
      [PROGRAM, 'check', 'original.json', 'refined.json', '--checks', 'own.mjs', '--only', 'fail'],
      { cwd: desk.folder, env: { XDG_STATE_HOME: desk.folder }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [first] = await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(String(first)).toMatch(/^ {2}r0 {5}fail {2}word: The word FAIL\.\n {2}r1 /);
    expect(await once(child, 'close')).toEqual([3, null]);
  });
});

test('nothing in the data is obeyed on the terminal, and JSON holds it intact', async () => {
  const hostile = '\u001b]0;owned\u0007\u001b[2J\u202e\u0085\r FAIL \u2028\u009b1m';
  const desk = makeDesk(
    [{ id: hostile, instruction: hostile, input: hostile, output: hostile }],
    [{ id: hostile, instruction: hostile, input: '\u0007', output: 'Good.' }],
  );
  for (const args of [
    [],
    ['--only', 'fail'],
    ['--id', hostile],
    ['--check', 'word'],
    ['--id', '\u001b[1m'],
    ['--json'],
  ]) {
    const { stdout, stderr, status } = await desk.check(...args);
    expect(status).toBe(args[1] === '\u001b[1m' ? 2 : 3);
    expect(stdout).not.toMatch(OBEYED);
    expect(stderr).not.toMatch(OBEYED);
  }
  const { records } = JSON.parse((await desk.check('--json')).stdout);
  expect(records[0].id).toBe(hostile);
});

test("the paper's two files are checked, a thousand pairs by id", async ({ skip }: TestContext) => {
  const [original, refined] = [realData('paper_selected_1k.json'), realData('paper_refined_1k.json')];
  if (original === undefined || refined === undefined) return skip("the paper's files are not at hand");
  const { stdout, status } = await makeDesk().run(original, refined, '--json');
  expect(status).toBe(3);
  const { pairing, records, summary } = JSON.parse(stdout);
  expect(pairing).toEqual({ pairs: 1000, by: 'id', unrefined: 0, reworded: null });
  expect(records).toHaveLength(1000);
  const { fail, flag, pass } = summary.byVerdict;
  expect(fail + flag + pass).toBe(1000);
  expect(summary.byCheck.unchanged.rows).toBeGreaterThanOrEqual(2);
});
