import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerCompletion } from '../support/chat-server.js';
import { makeRows, refinedText, reply, type Scene, setScene } from './scene.js';

const FLAGGED = 'Flagged.\n[End of Better Answer]';

/** A finished run of four: 0 and 3 pass, 1 is flagged, 2 fails. */
async function finishedRun(): Promise<Scene> {
  const scene = await setScene({
    rows: makeRows(4),
    script: (instruction) =>
      instruction === 'Task 1'
        ? answerCompletion(reply(FLAGGED))
        : instruction === 'Task 2'
          ? answerCompletion('A critique and nothing else.')
          : undefined,
  });
  expect((await scene.refine()).status).toBe(0);
  scene.forget();
  return scene;
}

async function exported(scene: Scene): Promise<unknown[]> {
  const { status, stdout } = await scene.run('export', '-o', 'out.json');
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  return JSON.parse(scene.read('out.json')).map(({ output }: { output: unknown }) => output);
}

const [originalZero, originalOne, originalTwo, originalThree] = makeRows(4).map(({ output }) => output);
const [zero, three] = ['Task 0', 'Task 3'].map(refinedText);

test('accept, reject and edit beat every verdict, undo takes the last word back, and nobody is asked', async () => {
  const scene = await finishedRun();
  expect(await exported(scene)).toEqual([zero, originalOne, originalTwo, three]);

  writeFileSync(join(scene.folder, 'mine.txt'), '  My own words.\n');
  for (const args of [
    ['--ids', '1', '--accept'],
    ['--ids', '3', '--reject'],
    ['--ids', '2', '--edit', 'mine.txt'],
  ]) {
    const { status, stdout } = await scene.run('decide', ...args);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }
  expect(await exported(scene)).toEqual([zero, FLAGGED, 'My own words.', originalThree]);
  expect(scene.lines('ledger.jsonl').map(({ decision }) => decision)).toEqual([
    ...[null, 'accept', 'edit', 'reject'],
  ]);

  expect((await scene.run('decide', '--ids', '1,2,3', '--undo')).status).toBe(0);
  expect(await exported(scene)).toEqual([zero, originalOne, originalTwo, three]);
  expect(scene.lines('decisions.jsonl')).toHaveLength(6);
  expect(scene.asked()).toEqual([]);
});

test('undo brings the decision before the last one back', async () => {
  const scene = await finishedRun();
  await scene.run('decide', '--ids', '1', '--accept');
  await scene.run('decide', '--ids', '1', '--reject');
  await scene.run('decide', '--ids', '1', '--undo');
  expect(await exported(scene)).toEqual([zero, FLAGGED, originalTwo, three]);
});

test.each([
  ['no refined response to accept', ['--ids', '2', '--accept'], 'no refined response to accept'],
  ['an attempt that does not exist', ['--ids', '1', '--attempt', '7'], 'attempt 7'],
  ['nothing to undo', ['--ids', '0', '--undo'], 'no decision to take back'],
  ['an unknown example', ['--ids', '0,77', '--accept'], '77'],
  ['no decision', ['--ids', '0'], '--accept'],
  ['two decisions', ['--ids', '0', '--accept', '--reject'], 'cannot be used'],
  ['a text that is not there', ['--ids', '0', '--edit', 'nothing.txt'], 'nothing.txt'],
  ['one text for two examples', ['--ids', '0,1', '--edit', 'data.json'], 'one id'],
])('%s is refused, and no decision of the command is taken', async (_, args, says) => {
  const scene = await finishedRun();
  const { status, stdout, stderr } = await scene.run('decide', ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(scene.lines('decisions.jsonl')).toEqual([]);
});

test.each([
  ['a NUL character', 'Nothing\u0000 at all.'],
  ['half a surrogate pair', 'Half \ud83d a smile.'],
])('a reply with %s, which no dataset can hold, cannot be accepted', async (_, text) => {
  const scene = await setScene({ rows: makeRows(1), script: () => answerCompletion(reply(text)) });
  expect((await scene.refine()).status).toBe(0);
  for (const which of [['--accept'], ['--attempt', '1']]) {
    const { status, stdout, stderr } = await scene.run('decide', '--ids', '0', ...which);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('no refined response to accept');
    expect(stderr).toContain('there is none');
  }
  expect(scene.lines('decisions.jsonl')).toEqual([]);
  expect(await exported(scene)).toEqual([originalZero]);
});

test('a text with a NUL character cannot be put in place either', async () => {
  const scene = await finishedRun();
  writeFileSync(join(scene.folder, 'mine.txt'), 'Nothing\u0000 at all.');
  const { status, stderr } = await scene.run('decide', '--ids', '0', '--edit', 'mine.txt');
  expect(status).toBe(2);
  expect(stderr).toContain('cannot be used as a response');
  expect(scene.lines('decisions.jsonl')).toEqual([]);
});

test('an accepted attempt counts even when a later one is better', async () => {
  const scene = await finishedRun();
  await scene.run('decide', '--ids', '1', '--accept');
  const args = ['retry', '--ids', '1', '--base-url', scene.server.url, '--model', 'other'];
  expect((await scene.run(...args)).status).toBe(0);
  expect(await exported(scene)).toEqual([zero, FLAGGED, originalTwo, three]);
});

describe('an earlier attempt', () => {
  /** Task 0 has been refined twice, its second text counts; Task 1 was flagged and then passed. */
  async function retriedRun(): Promise<Scene> {
    let again = false;
    const scene = await setScene({
      rows: makeRows(2),
      script: (instruction) => {
        if (again) return answerCompletion(reply(`Another answer to "${instruction}".`));
        return instruction === 'Task 1' ? answerCompletion(reply(FLAGGED)) : undefined;
      },
    });
    await scene.refine();
    again = true;
    expect((await scene.run('retry', '--ids', '0,1')).status).toBe(0);
    return scene;
  }
  const [another, anotherOne] = [0, 1].map((id) => `Another answer to "Task ${id}".`);

  test('can be chosen again, it is said which it is and what it replaces, and undo gives that back', async () => {
    const scene = await retriedRun();
    expect(await exported(scene)).toEqual([another, anotherOne]);
    const chosen = await scene.run('decide', '--ids', '1', '--attempt', '1');
    expect({ status: chosen.status, stdout: chosen.stdout }).toEqual({ status: 0, stdout: '' });
    expect(chosen.stderr).toContain('1  attempt 1 (first, flag), in place of attempt 2 (retry, pass)');
    expect(await exported(scene)).toEqual([another, FLAGGED]);
    expect(scene.lines('ledger.jsonl')[1]).toMatchObject({
      ...{ outcome: 'refined', verdict: 'flag', attempt: 1, decision: 'accept', reason: 'accepted by hand' },
    });
    const undone = await scene.run('decide', '--ids', '1', '--undo');
    expect(undone.stderr).toContain('1  attempt 2 (retry, pass), in place of attempt 1 (first, flag)');
    expect(await exported(scene)).toEqual([another, anotherOne]);
  });

  test('is shown by diff with its number, and told as data', async () => {
    const scene = await retriedRun();
    const { stdout } = await scene.run('diff', '--id', '1');
    expect(stdout).toContain('attempts: 1 first flag, 2 retry pass (shown)');
    const decided = await scene.run('decide', '--ids', '0,1', '--accept', '--attempt', '1', '--json');
    expect(JSON.parse(decided.stdout)).toMatchObject({
      examples: [
        { id: '0', attempt: 1, decision: 'accept' },
        { id: '1', attempt: 1, decision: 'accept' },
      ],
      before: [
        { id: '0', attempt: 2, decision: null },
        { id: '1', attempt: 2, decision: null },
      ],
    });
    expect(await exported(scene)).toEqual([zero, FLAGGED]);
  });

  test('that is a repair can be chosen like any other', async () => {
    const scene = await retriedRun();
    const path = join(scene.runFolder(), 'attempts.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll('"purpose":"retry"', '"purpose":"repair"'));
    await scene.run('decide', '--ids', '0', '--reject');
    const { stderr } = await scene.run('decide', '--ids', '0', '--attempt', '2');
    expect(stderr).toContain('0  attempt 2 (repair, pass), in place of the original response');
    expect(await exported(scene)).toEqual([another, anotherOne]);
  });

  test('is refused with the numbers of those that there are, when it is none of them', async () => {
    const scene = await retriedRun();
    const { status, stderr } = await scene.run('decide', '--ids', '0', '--attempt', '3');
    expect(status).toBe(2);
    expect(stderr).toContain('expected: one of the attempts with a refined response: 1, 2');
    expect(stderr).toContain('found: attempt 3');
  });
});

test('many decisions are listed in part, and counted', async () => {
  const scene = await setScene({ rows: makeRows(23) });
  await scene.refine();
  const ids = makeRows(23).map((_, id) => id);
  const { stderr } = await scene.run('decide', '--ids', ids.join(','), '--reject');
  expect(stderr).toContain('23 examples decided.');
  expect(stderr.match(/the original response, in place of attempt 1 \(first, pass\)/g)).toHaveLength(20);
  expect(stderr).toContain('... and 3 more');
});

test('export refuses an unfinished run, and leaves pending examples out with --partial', async () => {
  const scene = await setScene({ rows: makeRows(4) });
  await scene.refine('--limit', '1', '--ids', '2,3');
  const refused = await scene.run('export', '-o', 'out.json');
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 2, stdout: '' });
  expect(refused.stderr).toContain('1 of 2 examples pending');
  expect(refused.stderr).toContain('--partial');
  expect(existsSync(join(scene.folder, 'out.json'))).toBe(false);

  const partial = await scene.run('export', '-o', 'out.json', '--partial');
  expect(partial.status).toBe(3);
  expect(JSON.parse(scene.read('out.json'))).toHaveLength(1);
});

test('a refused export leaves the file that was there before', async () => {
  const scene = await setScene({ rows: makeRows(4) });
  await scene.refine('--limit', '1');
  writeFileSync(join(scene.folder, 'out.json'), 'precious');
  expect((await scene.run('export', '-o', 'out.json')).status).toBe(2);
  expect(scene.read('out.json')).toBe('precious');
});

test('an export lists every example that is not refined, with its reason', async () => {
  const scene = await finishedRun();
  const { stderr } = await scene.run('export', '-o', 'out.jsonl');
  expect(stderr).toContain('4 rows written to out.jsonl');
  expect(stderr).toMatch(/1 +kept +marker_residue/);
  expect(stderr).toMatch(/2 +kept +no_answer/);
});
