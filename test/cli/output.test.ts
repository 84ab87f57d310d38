import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answerCompletion } from '../support/chat-server.js';
import { PROGRAM, start } from '../support/cli.js';
import { makeRows, type Scene, setScene } from './scene.js';

const ESCAPE = '\u001b';

/** A finished run in which the last example failed. */
async function finishedRun(env: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const scene = await setScene({
    env,
    script: (instruction) => (instruction === 'Task 5' ? answerCompletion('No answer.') : undefined),
  });
  expect((await scene.refine()).status).toBe(0);
  return scene;
}

/** A call of each command that prints something; `refine` asks for one more example. */
function callsOf(scene: Scene): string[][] {
  const endpoint = ['--model', 'm', '--base-url', scene.server.url];
  return [
    ['refine', 'data.json', ...endpoint],
    ['refine', 'data.json', ...endpoint, '--top', '1'],
    ['refine', '--run', scene.runFolder()],
    ['select', 'data.json', '--top', '2'],
    ['runs'],
    ['status', scene.runFolder()],
    ['diff', scene.runFolder()],
    ['diff', scene.runFolder(), '--id', '3'],
    ['retry', scene.runFolder(), '--failed'],
    ['decide', scene.runFolder(), '--ids', '1', '--reject'],
    ['export', scene.runFolder(), '-o', 'out.json'],
  ];
}

test('with --json every command prints one JSON document on stdout, and nothing else there', async () => {
  const scene = await finishedRun();
  for (const args of callsOf(scene)) {
    const { status, stdout } = await scene.run(...args, '--json');
    expect(status, args.join(' ')).toBe(0);
    const document: unknown = JSON.parse(stdout);
    expect(document).toBeTypeOf('object');
    expect(document).not.toHaveProperty('error');
  }
});

test.each([
  ['a mistake', ['status', 'nothing'], 2, 'run_not_found'],
  ['a wrong option', ['status', '--frobnicate'], 2, 'usage'],
  ['an unknown command', ['polish'], 2, 'usage'],
  ['a model that is missing', ['refine', 'data.json'], 2, 'model_config'],
  ['an unfinished export', ['export', '-o', 'out.json'], 2, 'export_incomplete'],
])('with --json %s is one document too', async (_, args, status, code) => {
  const scene = await setScene();
  await scene.refine('--limit', '1');
  const ended = await scene.run(...args, '--json');
  expect(ended.status).toBe(status);
  expect(JSON.parse(ended.stdout)).toEqual({ error: expect.objectContaining({ code }) });
});

test('where there is no terminal no escape code is printed, not even when colours are asked for', async () => {
  const scene = await finishedRun({ FORCE_COLOR: '1', TERM: 'xterm-256color' });
  const others = [['--help'], ['refine', '--help'], ['polish'], ['status', 'nothing']];
  for (const args of [...callsOf(scene), ...others]) {
    const { stdout, stderr } = await scene.run(...args);
    expect(stdout + stderr).not.toContain(ESCAPE);
  }
});

/** Whether there is the program that gives another one a terminal. */
const terminal = spawnSync('script', ['-qec', 'true', '/dev/null']);

test.skipIf(terminal.status !== 0)(
  'on a terminal there are colours and a bar (needs script(1))',
  async () => {
    const { stdout } = await refineOnTerminal({ TERM: 'xterm-256color' });
    expect(stdout).toContain(`${ESCAPE}[1mOutcomes`);
    expect(stdout).toMatch(/[█░]/);
  },
);

test.skipIf(terminal.status !== 0).each([{ NO_COLOR: '1', TERM: 'xterm-256color' }, { TERM: 'dumb' }])(
  'on a terminal with %o there is neither (needs script(1))',
  async (env) => {
    const { stdout } = await refineOnTerminal(env);
    expect(stdout).toContain('Outcomes');
    expect(stdout).not.toMatch(/\u001b\[\d*(;\d+)*m|[█░]/);
  },
);

async function refineOnTerminal(env: Readonly<Record<string, string>>) {
  const scene = await setScene({
    rows: makeRows(20),
    script: () => new Promise((resolve) => setTimeout(() => resolve(undefined), 150)),
  });
  const args = `refine data.json --model m --base-url ${scene.server.url} --concurrency 10`;
  const command = `stty columns 100 rows 30; "${process.execPath}" "${PROGRAM}" ${args}`;
  const ended = await start(['script', '-qec', command, '/dev/null'], { cwd: scene.folder, env }).ended;
  expect(ended.status).toBe(0);
  return ended;
}

test('a reader that has seen enough is no fault', async () => {
  const scene = await setScene({ rows: makeRows(2000) });
  const command = `"${process.execPath}" "${PROGRAM}" select data.json --all 2>said | head -n 1`;
  const shell = ['bash', '-c', `set -o pipefail; ${command}`] as const;
  const { status, stdout, stderr } = await start(shell, { cwd: scene.folder }).ended;
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '[\n', stderr: '' });
  expect(scene.read('said')).toMatch(/^read: .*\nselected: .*\nwarning: .*\n$/);
});

describe.skipIf(!existsSync('/dev/full'))('on a full disk', () => {
  test.each([
    ['output that cannot be written at all is a failure', '', '/dev/full'],
    ['output that is written in part is a failure', 'ulimit -f 4;', 'out.json'],
  ])('%s', async (_, before, target) => {
    const scene = await setScene({ rows: makeRows(1000) });
    const command = `${before} "${process.execPath}" "${PROGRAM}" select data.json --all --json > ${target}`;
    const { status, stderr } = await start(['bash', '-c', command], { cwd: scene.folder }).ended;
    expect(status).toBe(1);
    expect(stderr).toContain('burnish: The output could not be written whole.\n  where: stdout\n');
  });

  test('messages that cannot be written do not end a run', async () => {
    const scene = await setScene();
    const refine = `refine data.json --model m --base-url ${scene.server.url} --json`;
    const command = `"${process.execPath}" "${PROGRAM}" ${refine} 2> /dev/full`;
    const { status, stdout } = await start(['bash', '-c', command], { cwd: scene.folder }).ended;
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcomes: { refined: 6 } });
  });
});
