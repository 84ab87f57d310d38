import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ended, PROGRAM, start } from '../support/cli.js';
import { makeRows, type Scene, setScene } from './scene.js';

const ESCAPE = '\u001b';

/** Whether there is the program that gives another one a terminal. */
const terminal = spawnSync('script', ['-qec', 'true', '/dev/null']);

async function finishedRun(): Promise<Scene> {
  const scene = await setScene({ rows: makeRows(30) });
  await scene.refine();
  return scene;
}

/** `burnish diff` on a terminal of ten lines, with this pager. */
function diffOnTerminal(scene: Scene, args: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const command = `stty columns 80 rows 10; "${process.execPath}" "${PROGRAM}" diff ${args}`;
  return start(['script', '-qec', command, '/dev/null'], {
    cwd: scene.folder,
    env: { TERM: 'xterm-256color', ...env },
  }).ended;
}

const SAVED = { PAGER: 'cat > paged' };

describe.skipIf(terminal.status !== 0)('on a terminal (needs script(1))', () => {
  test('what is longer than the screen goes through the pager, with its colours', async () => {
    const scene = await finishedRun();
    const { status, stdout } = await diffOnTerminal(scene, '', SAVED);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(scene.read('paged')).toContain(`${ESCAPE}[1mid  verdict`);
    expect(scene.read('paged')).toContain('Task 29\n');
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['what fits the screen', '--id 1', SAVED],
    ['what is not to be paged', '--no-pager', SAVED],
    ['where the pager is none', '', { PAGER: '' }],
    ['where the pager is cat', '', { PAGER: 'cat' }],
  ])('is printed at once: %s', async (_, args, env) => {
    const scene = await finishedRun();
    const { status, stdout } = await diffOnTerminal(scene, args, env);
    expect(status).toBe(0);
    expect(stdout).toContain('Task ');
    expect(existsSync(join(scene.folder, 'paged'))).toBe(false);
  });

  test('a pager that is left before the end is no fault', async () => {
    const scene = await finishedRun();
    const { status, stdout } = await diffOnTerminal(scene, '', { PAGER: 'head -n 2' });
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(2);
  });

  test('where there is no such pager it is printed', async () => {
    const scene = await finishedRun();
    const { status, stdout } = await diffOnTerminal(scene, '', { PAGER: 'no-such-pager-anywhere' });
    expect(status).toBe(0);
    expect(stdout).toContain('Task 29');
  });

  test('Ctrl-C is left to the pager', async () => {
    const scene = await finishedRun();
    const PAGER = 'cat > /dev/null; kill -INT $PPID; sleep 0.2; echo over > over';
    const { status } = await diffOnTerminal(scene, '', { PAGER });
    expect(status).toBe(0);
    expect(scene.read('over')).toBe('over\n');
  });

  test('a request to end ends the pager, too', async () => {
    const scene = await finishedRun();
    const PAGER = 'cat > /dev/null; kill -TERM $PPID; sleep 20; echo over > over';
    await diffOnTerminal(scene, '', { PAGER });
    expect(existsSync(join(scene.folder, 'over'))).toBe(false);
  });

  test('less gets options that keep colours and the text on the screen, unless there are others', async () => {
    const scene = await finishedRun();
    const PAGER = 'cat > /dev/null; echo $LESS > options';
    await diffOnTerminal(scene, '', { PAGER });
    expect(scene.read('options')).toBe('FRX\n');
    await diffOnTerminal(scene, '', { PAGER, LESS: 'S' });
    expect(scene.read('options')).toBe('S\n');
  });
});

test('where there is no terminal there is no pager', async () => {
  const scene = await finishedRun();
  const command = ['bash', '-c', `"${process.execPath}" "${PROGRAM}" diff`] as const;
  const { status, stdout } = await start(command, { cwd: scene.folder, env: SAVED }).ended;
  expect(status).toBe(0);
  expect(stdout).toContain('Task 29');
  expect(existsSync(join(scene.folder, 'paged'))).toBe(false);
});
