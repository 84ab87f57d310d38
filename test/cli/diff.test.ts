import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DiffPart } from '../../src/diff/diff-part.js';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { burnish, makeFolder } from '../support/cli.js';
import { originalOf, refinedOf } from '../support/diff-marks.js';
import { makeRows, namesFindings, type Row, refinedText, reply, type Scene, setScene } from './scene.js';

/** Six examples: 1 and 4 fail, 2 is unchanged, 5 is refused by the server, and the others pass. */
async function finishedRun(): Promise<Scene> {
  const rows = makeRows(6);
  const scene = await setScene({
    rows,
    script: (instruction) => {
      if (instruction === 'Task 1') return answerCompletion('A critique and no answer.');
      if (instruction === 'Task 2') return answerCompletion(reply(String(rows[2]?.output)));
      if (instruction === 'Task 4')
        return answerCompletion(reply('I am sorry, but I cannot help with that.'));
      if (instruction === 'Task 5') return answerError(400, 'too long');
      return undefined;
    },
  });
  await scene.refine();
  return scene;
}

const idsIn = (stdout: string): string[] =>
  stdout.split('\n').flatMap((line) => /^ *(\d+) {2}(?:pass|flag|fail|-)/.exec(line)?.[1] ?? []);

describe('the list of a run', () => {
  test('says of each example that was answered what there is to know, in the width of the screen', async () => {
    const scene = await finishedRun();
    const { status, stdout } = await scene.run('diff');
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^id {2}verdict {2}change +words {2}checks +instruction$/);
    expect(lines.slice(1, 7)).toEqual([
      expect.stringMatching(/^ 0 {2}pass +\d+ % +9 > \d+ +Task 0$/),
      expect.stringMatching(/^ 1 {2}fail +- +10 > - +no_answer +Task 1$/),
      expect.stringMatching(/^ 2 {2}flag +0 % +11 > 11 +unchanged +Task 2$/),
      expect.stringMatching(/^ 3 {2}pass +\d+ % +12 > \d+ +Task 3$/),
      expect.stringMatching(/^ 4 {2}fail +\d+ % +13 > \d+ +.*refusal.* +Task 4$/),
      expect.stringMatching(/^ 5 {2}fail +- +14 > - +Task 5$/),
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.at(-2)).toMatch(/^--id ID shows one/);
  });

  test('can be chosen from and ordered', async () => {
    const scene = await finishedRun();
    for (const [args, ids] of [
      [
        ['--only', 'fail'],
        ['1', '4', '5'],
      ],
      [
        ['--only', 'flag,fail'],
        ['1', '2', '4', '5'],
      ],
      [
        ['--only', 'flag', '--only', 'pass'],
        ['0', '2', '3'],
      ],
      [
        ['--check', 'unchanged', 'no_answer'],
        ['1', '2'],
      ],
      [['--check', 'unchanged', '--only', 'fail'], []],
      [
        ['--sort', 'length', '--only', 'pass,flag'],
        ['0', '3', '2'],
      ],
    ] as const) {
      const { status, stdout, stderr } = await scene.run('diff', ...args);
      expect(status, stderr).toBe(0);
      expect(idsIn(stdout), args.join(' ')).toEqual(ids);
      if (ids.length === 0) expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'No example fits.\n' });
      else expect(stdout).toContain(`${ids.length} of 6 examples.\n--id ID shows one`);
    }
    const { stdout } = await scene.run('diff', '--sort', 'change');
    expect(idsIn(stdout).slice(-3)).toEqual(['2', '1', '5']);
  });

  test('tells of decisions', async () => {
    const scene = await finishedRun();
    await scene.run('decide', '--ids', '0', '--reject');
    await scene.run('decide', '--ids', '2', '--accept');
    const { stdout } = await scene.run('diff');
    expect(stdout).toMatch(/^ 0 {2}pass .* rejected +Task 0$/m);
    expect(stdout).toMatch(/^ 2 {2}flag .* accepted; unchanged +Task 2$/m);
  });

  test('is the same as data', async () => {
    const scene = await finishedRun();
    const { stdout } = await scene.run('diff', '--json', '--only', 'flag');
    const { run, records } = JSON.parse(stdout);
    expect(run).toBe(scene.runFolder());
    expect(records).toMatchObject([
      {
        ...{ id: '2', instruction: 'Task 2', verdict: 'flag', outcome: 'kept', changed: 0, decision: null },
        ...{ checks: ['unchanged'], words: { original: 11, refined: 11 } },
        findings: [{ check: 'unchanged', severity: 'flag' }],
      },
    ]);
    expect(records[0].original).toBe(records[0].refined);
  });
});

describe('one example of a run', () => {
  test('is shown with what was asked, what was found, and the difference', async () => {
    const scene = await finishedRun();
    const { stdout } = await scene.run('diff', '--id', '3');
    const text = stdout.replaceAll('\n', ' ');
    expect(stdout).toMatch(/^example: 3 \(refined, \d+ % of the words changed, 12 > 15 words\)\n/);
    expect(stdout).toContain('instruction: Task 3\ninput: Input 3\ndifference:\nA wall of ');
    expect(text).toContain('[-3 -]stones needs no mortar');
    expect(text).toContain('{+, says "Task 3", since their weight holds them+}');
  });

  test('marks what was found where it stands', async () => {
    const scene = await setScene({
      rows: makeRows(1),
      script: (instruction) => answerCompletion(reply(`${refinedText(instruction)} [End of Better Answer]`)),
    });
    await scene.refine();
    const { stdout } = await scene.run('diff', '--id', '0');
    expect(stdout).toMatch(/^<1> \w+: marker_residue: /m);
    expect(stdout.replaceAll('\n', ' ')).toContain('<1<[End of Better Answer]>1>');
  });

  test('is shown side by side', async () => {
    const scene = await finishedRun();
    const { stdout } = await scene.run('diff', '--id', '0', '--side-by-side');
    expect(stdout).toMatch(/^difference:\noriginal {33}refined$/m);
    expect(stdout).toMatch(/^A wall of \[-0 -\]stones needs no .* \| A wall of stones needs no /m);
  });

  test('is shown with its critique when that is asked for', async () => {
    const scene = await finishedRun();
    const { stdout } = await scene.run('diff', '--id', '0', '--critique');
    expect(stdout).toContain('\ncritique: The answer is vague.\n');
    expect((await scene.run('diff', '--id', '0')).stdout).not.toContain('critique');
  });

  test('is shown with the reply as it came, or the fault, when there is no refined response', async () => {
    const scene = await finishedRun();
    const failed = await scene.run('diff', '--id', '1');
    expect(failed.stdout).toContain('\noriginal: A wall of 1 stones');
    expect(failed.stdout).toContain('\nreply: A critique and no answer.\n');
    const refused = await scene.run('diff', '--id', '5', '--attempt', '1');
    expect(refused.stdout).toMatch(/^reply: none: bad_request: .*too long/m);
  });

  test('is shown as another attempt has it', async () => {
    const scene = await setScene({
      rows: makeRows(1),
      script: (_, { message }) =>
        namesFindings(message) ? undefined : answerCompletion('A critique and no answer.'),
    });
    await scene.refine('--repair', '1');
    const now = await scene.run('diff', '--id', '0');
    expect(now.stdout).toContain('attempts: 1 first fail, 2 repair pass (shown)\n');
    const before = await scene.run('diff', '--id', '0', '--attempt', '1');
    expect(before.stdout).toMatch(/^example: 0 \(refined, attempt 1\)\n/);
    expect(before.stdout).toContain('attempts: 1 first fail (shown), 2 repair pass\n');
    expect(before.stdout).toMatch(/^<1> fail: no_answer: /m);
    expect(before.stdout).toContain('\nreply: A critique and no answer.\n');
    const none = await scene.run('diff', '--id', '0', '--attempt', '3');
    expect(none.status).toBe(2);
    expect(none.stderr).toContain('expected: 1, 2');
  });

  test('shows and checks the text that a person put in', async () => {
    const scene = await finishedRun();
    writeFileSync(
      join(scene.folder, 'mine.txt'),
      'My own words, [End] of it. As an AI language model I cannot.\n',
    );
    await scene.run('decide', '--ids', '0', '--edit', 'mine.txt');
    const { stdout } = await scene.run('diff', '--id', '0');
    expect(stdout).toContain('reason: edited by hand');
    expect(stdout).toContain('My own words');
    const { records } = JSON.parse((await scene.run('diff', '--id', '0', '--json')).stdout);
    expect(records[0]).toMatchObject({ decision: 'edit', attempt: null });
    expect(records[0].findings.length).toBeGreaterThan(0);
  });

  test('is the same as data, with parts that add up to both texts', async () => {
    const scene = await finishedRun();
    const args = ['diff', '--id', '3', '--json', '--critique', '--request'];
    const { records } = JSON.parse((await scene.run(...args)).stdout);
    expect(records).toHaveLength(1);
    const [record] = records as [
      { parts: DiffPart[]; original: string; refined: string; similarity: number },
    ];
    expect(record).toMatchObject({
      ...{ id: '3', input: 'Input 3', outcome: 'refined', verdict: 'pass', attempt: 1, findings: [] },
      critique: 'The answer is vague.',
      attempts: [{ attempt: 1, purpose: 'first', verdict: 'pass', error: null }],
      request: { doubt: null, messages: [{ role: 'system' }, { role: 'user' }] },
    });
    expect(originalOf(record.parts)).toBe(record.original);
    expect(refinedOf(record.parts)).toBe(record.refined);
    expect(record.similarity).toBeGreaterThan(0);
    expect(record.similarity).toBeLessThan(1);
  });
});

/** Two files side by side, and `burnish diff` on them. */
function pairOfFiles(originals: readonly Row[], refined: readonly Row[]) {
  const folder = makeFolder();
  writeFileSync(join(folder, 'a.json'), JSON.stringify(originals));
  writeFileSync(join(folder, 'b.jsonl'), refined.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return (...args: readonly string[]) => burnish(['diff', 'a.json', 'b.jsonl', ...args], { cwd: folder });
}
const originals = [
  { id: 'x', instruction: 'Name a colour.', input: '', output: 'Red is a colour.' },
  { id: 'y', instruction: 'Name a bird.', input: 'Of Europe', output: 'The robin is a bird.' },
  { id: 'z', instruction: 'Name a fish.', input: '', output: 'The pike is a fish.' },
];
const refinedRows = [
  { ...originals[0], output: '  Blue is a colour, as everybody knows who has seen the sea.' },
  { ...originals[1], output: 'The robin is a bird. [End of Better Answer]' },
  { ...originals[2] },
];

describe('two files', () => {
  test('are listed in pairs', async () => {
    const { status, stdout } = await pairOfFiles(originals, refinedRows)();
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      'original: a.json (alpaca)',
      'refined:  b.jsonl (alpaca)',
      'pairs:    3 rows, paired by id',
      '',
      expect.stringMatching(/^id {2}verdict {2}change +words {2}checks +instruction$/),
      expect.stringMatching(/^x {3}pass +\d+ % +4 > 12 +Name a colour\.$/),
      expect.stringMatching(/^y {3}flag +\d+ % +5 > 9 +marker_residue +Name a bird\.$/),
      expect.stringMatching(/^z {3}flag +0 % +5 > 5 +unchanged +Name a fish\.$/),
    ]);
  });

  test('are chosen from, and given as data without their texts', async () => {
    const diff = pairOfFiles(originals, refinedRows);
    const { pairing, records } = JSON.parse((await diff('--json', '--check', 'unchanged')).stdout);
    expect(pairing).toMatchObject({ pairs: 3, by: 'id', unrefined: 0 });
    expect(records).toMatchObject([
      { id: 'z', verdict: 'flag', changed: 0, findings: [{ check: 'unchanged' }] },
    ]);
    expect(records[0]).not.toHaveProperty('refined');
  });

  test('are paired as they are checked: by instruction and input, and never by guess', async () => {
    const without = (rows: readonly Row[]) => rows.map(({ id: _, ...row }) => row);
    const shuffled = await pairOfFiles(without(originals), without(refinedRows).toReversed())();
    expect(shuffled.stdout).toContain('paired by instruction and input');
    const strange = await pairOfFiles(originals, [{ ...refinedRows[0], id: 'w', instruction: 'Other.' }])();
    expect(strange.status).toBe(2);
    expect(strange.stderr).toContain('The two files cannot be paired.');
    expect(strange.stdout).toBe('');
  });

  test('show one pair whole, findings marked where they stand', async () => {
    const diff = pairOfFiles(originals, refinedRows);
    const { stdout } = await diff('--id', 'y');
    expect(stdout).toMatch(/^example: y \(flag, \d+ % of the words changed, 5 > 9 words\)\n/);
    expect(stdout).toContain('input: Of Europe\n');
    expect(stdout).toContain('The robin is a bird.{+ <1<[End of Better Answer]>1>+}');
    expect((await diff('--id', 'x', '--side-by-side')).stdout).toContain('original ');
    const { records } = JSON.parse((await diff('--id', 'x', '--json')).stdout);
    expect(refinedOf(records[0].parts)).toBe(refinedRows[0]?.output);
    const nothing = await diff('--id', 'q');
    expect(nothing.status).toBe(2);
    expect(nothing.stderr).toContain('an id like x, y, z');
  });
});

describe('what cannot be meant', () => {
  test.each<[string, readonly string[], string]>([
    ['an unknown verdict', ['--only', 'bad'], 'Allowed choices are'],
    ['an unknown check', ['--check', 'nothing'], 'There is no such check.'],
    ['an unknown order', ['--sort', 'size'], 'Allowed choices are id, change, length'],
    ['a way to show one, and none named', ['--side-by-side'], 'expected: --id ID'],
    ['an attempt of none', ['--attempt', '2'], 'expected: --id ID'],
    ['a choice of a single one', ['--id', '0', '--only', 'flag'], 'cannot be used with'],
    ['a run and a file', ['RUN', 'data.json'], 'a run, and a file with it'],
    ['a single file', ['data.json'], 'one file'],
    [
      'the requests of files',
      ['data.json', 'data.json', '--id', '0', '--request'],
      'two files, and --request',
    ],
    ['an unknown example', ['--id', '99'], 'The run has no such example.\n  where: --id\n'],
  ])('is refused: %s', async (_, args, words) => {
    const scene = await setScene({ rows: makeRows(1) });
    await scene.refine();
    const { status, stdout, stderr } = await scene.run(
      'diff',
      ...args.map((arg) => (arg === 'RUN' ? scene.runFolder() : arg)),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});
