import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { removeDeadClaims, takeLock } from '../../src/run/lock.js';
import { runChild } from '../support/child.js';
import { temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
let locks = 0;
const newPath = () => join(folder, `${locks++}.lock`);
const leftBeside = (path: string) =>
  readdirSync(folder).filter((name) => name.startsWith(`${basename(path)}.`));

/** A process id that was in use a moment ago and is no more. */
const deadPid = async (): Promise<number> => {
  const child = runChild('run/children/hold-lock.ts', [newPath()]);
  const { pid } = child.process;
  child.process.kill('SIGKILL');
  await child.ended;
  return pid ?? 0;
};
const holder = (parts: object) =>
  JSON.stringify({
    pid: process.pid,
    host: hostname(),
    startTicks: null,
    nonce: 'n',
    since: '2025-01-02T03:04:05.000Z',
    ...parts,
  });

describe('takeLock', () => {
  test('takes a free lock, leaves nothing else beside it, and gives it back', async () => {
    const path = newPath();
    const lock = await takeLock(path, 'testing');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    expect(leftBeside(path)).toEqual([]);
    await lock.release();
    expect(existsSync(path)).toBe(false);
    await (await takeLock(path, 'testing')).release();
  });

  test('refuses a second taker, in the same process too, and names the holder', async () => {
    const path = newPath();
    const lock = await takeLock(path, 'testing');
    await expect(takeLock(path, 'testing')).rejects.toMatchObject({
      name: 'UserError',
      code: 'run_locked',
      message: 'Another process is testing.',
      facts: { where: path, found: expect.stringContaining(`process ${process.pid}, since 2`) },
    });
    expect(leftBeside(path)).toEqual([]);
    await lock.release();
  });

  test('refuses while another process holds it, and takes over when that one was killed', async () => {
    const path = newPath();
    const child = runChild('run/children/hold-lock.ts', [path]);
    child.tell('go\n');
    await child.said('taken');
    await expect(takeLock(path, 'testing')).rejects.toMatchObject({
      code: 'run_locked',
      facts: { found: expect.stringContaining(`process ${child.process.pid},`) },
    });
    child.process.kill('SIGKILL');
    await child.ended;
    const lock = await takeLock(path, 'testing');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(leftBeside(path)).toEqual([]);
    await lock.release();
  });

  test('waits as long as it is told for a living process to give the lock back', async () => {
    const path = newPath();
    const child = runChild('run/children/hold-lock.ts', [path]);
    child.tell('go\n');
    await child.said('taken');
    const waiting = takeLock(path, 'testing', 60_000);
    child.tell('give back\n');
    await (await waiting).release();
    await child.ended;
  });

  test.each([
    ['a process that is gone', async () => holder({ pid: await deadPid() })],
    ['a process whose number another one has now', async () => holder({ startTicks: '1' })],
    ['nobody: it is empty', async () => ''],
    ['nobody: it was half written', async () => holder({}).slice(0, 20)],
    ['nobody: it is something else', async () => '{"pid":"me"}'],
  ])('takes over a lock of %s', async (_, text) => {
    const path = newPath();
    writeFileSync(path, await text());
    const lock = await takeLock(path, 'testing');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await expect(takeLock(path, 'testing')).rejects.toMatchObject({ code: 'run_locked' });
    expect(leftBeside(path)).toEqual([]);
    await lock.release();
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    ['another machine, whatever runs here', { host: 'elsewhere', pid: 1 }, 'on elsewhere'],
    [
      'another machine, though no such process runs here',
      { host: 'elsewhere', pid: 2 ** 31 - 1 },
      'on elsewhere',
    ],
    ['a living process whose start is not known', { startTicks: null }, `process ${process.pid}`],
  ])('respects a lock of %s', async (_, parts, found) => {
    const path = newPath();
    writeFileSync(path, holder(parts));
    await expect(takeLock(path, 'testing')).rejects.toMatchObject({
      code: 'run_locked',
      facts: { found: expect.stringContaining(found) },
    });
    expect(readFileSync(path, 'utf8')).toBe(holder(parts));
  });

  test('tells in which folder no file can be made', async () => {
    const path = join(folder, 'no', 'such', 'lock');
    await expect(takeLock(path, 'testing')).rejects.toMatchObject({
      name: 'EnvironmentError',
      code: 'environment',
      facts: { where: expect.stringContaining(path), found: expect.stringContaining('ENOENT') },
    });
  });

  test('gives back only its own lock', async () => {
    const path = newPath();
    const lock = await takeLock(path, 'testing');
    writeFileSync(path, holder({}));
    await lock.release();
    expect(readFileSync(path, 'utf8')).toBe(holder({}));
  });

  test.each([['a dead process'], ['nobody']])(
    'goes to exactly one of many processes that race for the lock of %s',
    async (whose) => {
      const path = newPath();
      if (whose !== 'nobody') writeFileSync(path, holder({ pid: await deadPid() }));
      const children = Array.from({ length: 8 }, () => runChild('run/children/hold-lock.ts', [path]));
      await Promise.all(children.map((child) => child.said('ready')));
      for (const child of children) child.tell('go\n');
      const words = await Promise.all(
        children.map((child) =>
          Promise.race([
            child.said('taken').then(() => 'taken'),
            child.ended.then(({ stdout }) => stdout.split('\n')[1]),
          ]),
        ),
      );
      expect(words.sort()).toEqual([...Array(7).fill('refused: run_locked'), 'taken']);
      for (const child of children) child.tell('give back\n');
      await Promise.all(children.map(({ ended }) => ended));
      expect(existsSync(path)).toBe(false);
      expect(leftBeside(path)).toEqual([]);
    },
  );

  test('goes to each of many processes in turn when they wait', async () => {
    const path = newPath();
    writeFileSync(path, holder({ pid: await deadPid() }));
    const children = Array.from({ length: 4 }, () => runChild('run/children/hold-lock.ts', [path, '60000']));
    for (const child of children) child.tell('go\ngive back\n');
    const ends = await Promise.all(children.map(({ ended }) => ended));
    for (const { stdout } of ends) expect(stdout).toContain('taken');
    expect(existsSync(path)).toBe(false);
  });
});

describe('removeDeadClaims', () => {
  test('removes what dead takers of the lock left, and nothing that is or may be in use', async () => {
    const path = newPath();
    const lock = await takeLock(path, 'testing');
    const dead = holder({ pid: await deadPid() });
    const minutesAgo = new Date(Date.now() - 5 * 60_000);
    const lay = (name: string, text: string, time = new Date()): string => {
      writeFileSync(`${path}.${name}`, text);
      utimesSync(`${path}.${name}`, time, time);
      return `${basename(path)}.${name}`;
    };
    lay('11111111-2222', dead);
    lay('11111111-2222.new', dead);
    lay('0123456789abcdef.takeover', dead);
    lay('half', '{"pid"', minutesAgo);
    const kept = [
      lay('living', holder({}), minutesAgo),
      lay('elsewhere', holder({ pid: 1, host: 'elsewhere' }), minutesAgo),
      lay('being-written', ''),
    ];
    await removeDeadClaims(path);
    expect(leftBeside(path).sort()).toEqual(kept.sort());
    await lock.release();
    expect(existsSync(path)).toBe(false);
  });
});
