import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BALLAST_BYTES } from '../../src/run/ballast.js';
import { takeLock } from '../../src/run/lock.js';
import { ownRun } from '../../src/run/own-run.js';
import { readRun } from '../../src/run/read-run.js';
import { SENT_VERSION, type Sent } from '../../src/run/sent.js';
import { temporaryName } from '../../src/temporary-name.js';
import { deadPid } from '../support/dead-process.js';
import { attemptOf, makeRun, someExamples, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
let places = 0;
/** A run in a folder of its own. */
const newRun = (count = 2) => makeRun(join(folder, String(places++), 'run'), someExamples(count));
const sentOf = (example: string): Sent => ({
  ...{ v: SENT_VERSION, example, attempt: 1, session: 's1', model: 'small-model' },
  reserved: { promptTokens: 9, completionTokens: 64, usd: null },
});

describe('an owned run', () => {
  test('keeps ballast on the disk while it is open, and nothing but its files afterwards', async () => {
    const dir = await newRun();
    const before = readdirSync(dir).sort();
    const run = await ownRun(dir);
    const { size, blocks } = statSync(join(dir, 'ballast'));
    expect(size).toBe(BALLAST_BYTES);
    expect(blocks * 512).toBeGreaterThanOrEqual(BALLAST_BYTES);
    await run.close();
    expect(readdirSync(dir).filter((name) => !before.includes(name))).toEqual(['sent.jsonl']);
  });

  test('writes down what is about to be sent before it returns, and knows it itself', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    run.noteSent(sentOf('0'));
    expect((await readRun(dir)).sent).toEqual([sentOf('0')]);
    expect(run.sent).toEqual([sentOf('0')]);
    await run.close();
    const again = await ownRun(dir);
    again.noteSent(sentOf('1'));
    await again.close();
    expect((await readRun(dir)).sent).toEqual([sentOf('0'), sentOf('1')]);
  });

  test('lets nothing be sent once an answer could not be saved, and tells at the end which', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    await run.room();
    writeFileSync(join(dir, 'attempts.jsonl'), 'something else');
    await expect(run.append(attemptOf())).rejects.toMatchObject({ code: 'environment' });
    expect(run.attempts).toHaveLength(1);
    expect(() => run.noteSent(sentOf('1'))).toThrow(expect.objectContaining({ code: 'environment' }));
    await expect(run.room()).rejects.toMatchObject({ code: 'environment' });
    await expect(run.close()).rejects.toMatchObject({
      message: 'Requests that could not be saved: 1, with an answer: 1.',
    });
    expect(readFileSync(join(dir, 'attempts.jsonl'), 'utf8')).toBe('something else');
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  test('lets nothing be sent once it could not be noted', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    writeFileSync(join(dir, 'sent.jsonl'), 'something else');
    expect(() => run.noteSent(sentOf('0'))).toThrow(expect.objectContaining({ code: 'environment' }));
    expect(run.sent).toEqual([]);
    await expect(run.room()).rejects.toMatchObject({ code: 'environment' });
    await run.append(attemptOf()); // an answer to a request that was under way
    await run.close();
    expect((await readRun(dir)).attempts).toHaveLength(1); // and what is in sent.jsonl is a torn line
  });

  test('stops when its folder is moved away; it goes on there with everything that was answered', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    await run.append(attemptOf());
    renameSync(dir, `${dir}-moved`);
    await expect(run.append(attemptOf({ example: '1' }))).rejects.toMatchObject({ code: 'environment' });
    await expect(run.room()).rejects.toMatchObject({ message: 'A file of the run is gone from its place.' });
    await expect(run.close()).rejects.toMatchObject({ code: 'environment' });
    const moved = await ownRun(`${dir}-moved`).catch((error: unknown) => error);
    expect(moved).toMatchObject({ code: 'run_locked' }); // this process still lives
    expect((await readRun(`${dir}-moved`)).attempts).toHaveLength(2);
  });

  test('stops when its folder is deleted', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    rmSync(dir, { recursive: true });
    await expect(run.append(attemptOf())).rejects.toMatchObject({
      code: 'environment',
      facts: { found: 'the file was deleted' },
    });
    await expect(run.room()).rejects.toMatchObject({ code: 'environment' });
    await expect(run.append(attemptOf({ example: '1' }))).rejects.toMatchObject({ code: 'environment' });
    await expect(run.close()).rejects.toMatchObject({
      message: 'Requests that could not be saved: 1, with an answer: 1.',
      facts: { found: 'the file was deleted; examples 1' },
    });
  });

  test('is not opened when it cannot be written to, and its lock is given back', async () => {
    const dir = await newRun();
    mkdirSync(join(dir, 'ballast'));
    await expect(ownRun(dir)).rejects.toThrow();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });
});

describe('what a crash has left is cleared away by the next owner:', () => {
  const dead = JSON.stringify({ pid: deadPid(), host: hostname(), startTicks: null, nonce: 'n', since: '' });
  const ofDead = (name: string): string => name.replace(`.${process.pid}-`, `.${deadPid()}-`);
  const lay = (path: string, text = ''): void => writeFileSync(path, text);

  test.each<[string, (dir: string) => void]>([
    ['ballast', (dir) => lay(join(dir, 'ballast'), 'x')],
    ['a lock', (dir) => lay(join(dir, 'lock'), dead)],
    ['a claim to a lock', (dir) => lay(join(dir, 'lock.1111-2222'), dead)],
    ['a claim that was taking a lock over', (dir) => lay(join(dir, 'lock.0123456789abcdef.takeover'), dead)],
    [
      'the lock of decisions, and a claim to it',
      (dir) => {
        lay(join(dir, 'decisions.lock'), dead);
        lay(join(dir, 'decisions.lock.1111-2222'), dead);
      },
    ],
    ['half a run.json', (dir) => lay(join(dir, ofDead(temporaryName('run.json', 'tmp'))), '{')],
    ['half a prompt', (dir) => lay(join(dir, 'prompts', ofDead(temporaryName('a.md', 'tmp'))))],
    [
      'a draft of the run',
      (dir) =>
        mkdirSync(join(dirname(dir), ofDead(temporaryName('run', 'new')), 'prompts'), { recursive: true }),
    ],
  ])('%s', async (_, leave) => {
    const dir = await newRun();
    await (await ownRun(dir)).close();
    const place = dirname(dir);
    const before = readdirSync(place, { recursive: true }).sort();
    leave(dir);
    expect(readdirSync(place, { recursive: true }).sort()).not.toEqual(before);
    await (await ownRun(dir)).close();
    expect(readdirSync(place, { recursive: true }).sort()).toEqual(before);
  });

  test('but nothing that a living process is at work on, and nothing of another run', async () => {
    const dir = await newRun();
    await (await ownRun(dir)).close();
    const place = dirname(dir);
    const living = JSON.stringify({ ...JSON.parse(dead), pid: process.pid });
    lay(join(dir, temporaryName('ledger.jsonl', 'tmp')));
    lay(join(dir, 'lock.1111-2222'), living);
    lay(join(dir, 'decisions.lock.1111-2222'), living);
    mkdirSync(join(place, temporaryName('run', 'new')));
    mkdirSync(join(place, ofDead(temporaryName('other', 'new'))));
    const before = readdirSync(place, { recursive: true }).sort();
    await (await ownRun(dir)).close();
    expect(readdirSync(place, { recursive: true }).sort()).toEqual(before);
  });

  test('while somebody decides, what belongs to that lock can wait', async () => {
    const dir = await newRun();
    const deciding = await takeLock(join(dir, 'decisions.lock'), 'deciding');
    lay(join(dir, 'decisions.lock.1111-2222'), dead);
    await (await ownRun(dir)).close();
    expect(existsSync(join(dir, 'decisions.lock.1111-2222'))).toBe(true);
    await deciding.release();
    await (await ownRun(dir)).close();
    expect(existsSync(join(dir, 'decisions.lock.1111-2222'))).toBe(false);
  });

  test('and of a run that is damaged nothing is touched', async () => {
    const dir = await newRun();
    lay(join(dir, 'attempts.jsonl'), 'no JSON\n{"v":1');
    lay(join(dir, 'ballast'), 'x');
    writeFileSync(join(dir, 'run.json'), '');
    const contents = () =>
      readdirSync(dir)
        .filter((name) => name !== 'prompts')
        .map((name) => [name, readFileSync(join(dir, name), 'utf8')]);
    const before = contents();
    await expect(ownRun(dir)).rejects.toMatchObject({ code: 'run_damaged' });
    expect(contents()).toEqual(before);
  });
});
