import { existsSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AttemptLog } from '../../src/run/attempt-log.js';
import { Ballast } from '../../src/run/ballast.js';
import { LineLog } from '../../src/run/line-log.js';
import { runChild } from '../support/child.js';
import { attemptOf, temporaryFolder } from '../support/run-parts.js';
import { runOnSmallDisk, smallDisk } from '../support/small-disk.js';

const folder = temporaryFolder();
let files = 0;

/** What `fill-disk.ts` tells. */
interface Filled {
  readonly begun: string | null;
  readonly sent: number;
  readonly underWay: number;
  readonly stored: readonly string[];
  readonly tornBytes: number;
  readonly thrown: string | null;
  readonly closing: { readonly message: string; readonly found: string } | null;
  readonly ballastLeft: boolean;
}

/** A log whose disk takes `takes.lines` lines more, and one more for a ballast that is given up. */
async function newLog(code: string) {
  const path = join(folder, `${files++}.jsonl`);
  const ballastPath = `${path}.ballast`;
  const takes = { lines: Number.POSITIVE_INFINITY };
  let ballastCounted = false;
  const lines = await LineLog.open(path, {
    sync: async () => {},
    write: (fd, bytes, offset) => {
      if (!ballastCounted && !existsSync(ballastPath)) {
        ballastCounted = true;
        takes.lines++;
      }
      if (takes.lines < 1) throw Object.assign(new Error(`${code}: made up`), { code, syscall: 'write' });
      takes.lines--;
      return writeSync(fd, bytes, offset);
    },
  });
  const log = new AttemptLog(path, lines, await Ballast.take(ballastPath, 100));
  const stored = () =>
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line): string => JSON.parse(line).example);
  return { log, takes, stored, path, ballastPath };
}

const attempt = (example: string) => attemptOf({ example });

describe('AttemptLog', () => {
  test('saves attempts, and removes the ballast on closing', async () => {
    const { log, stored, ballastPath } = await newLog('ENOSPC');
    await log.append(attempt('a'));
    await log.room();
    await log.append(attempt('b'));
    expect(existsSync(ballastPath)).toBe(true);
    await log.close();
    expect(stored()).toEqual(['a', 'b']);
    expect(existsSync(ballastPath)).toBe(false);
  });

  test.each(['ENOSPC', 'EDQUOT'])(
    'gives the ballast up for an answer when %s comes, and has no room for another request',
    async (code) => {
      const { log, takes, stored, ballastPath } = await newLog(code);
      takes.lines = 1;
      await log.append(attempt('a'));
      await log.append(attempt('b'));
      expect(existsSync(ballastPath)).toBe(false);
      await expect(log.room()).rejects.toMatchObject({
        code: 'environment',
        facts: { found: `${code}: made up` },
      });
      expect(() => log.requireSound()).toThrow();
      await log.close(); // everything is saved
      expect(stored()).toEqual(['a', 'b']);
    },
  );

  test('keeps the ballast when it would not help', async () => {
    const { log, takes, ballastPath } = await newLog('EFBIG');
    takes.lines = 0;
    await expect(log.append(attempt('a'))).rejects.toMatchObject({ code: 'environment' });
    expect(existsSync(ballastPath)).toBe(true);
    await log.close().catch(() => {});
    expect(existsSync(ballastPath)).toBe(false);
  });

  test('tries what could not be written again with the next one, in order', async () => {
    const { log, takes, stored } = await newLog('ENOSPC');
    takes.lines = 0;
    await log.append(attempt('a'));
    for (const id of ['b', 'c'])
      await expect(log.append(attempt(id))).rejects.toMatchObject({ code: 'environment' });
    expect(stored()).toEqual(['a']);
    takes.lines = 2;
    await expect(log.append(attempt('d'))).rejects.toMatchObject({ code: 'environment' });
    expect(stored()).toEqual(['a', 'b', 'c']);
    takes.lines = 2;
    await log.append(attempt('e'));
    await log.close();
    expect(stored()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('tries it again at the end', async () => {
    const { log, takes, stored } = await newLog('EIO');
    takes.lines = 0;
    log.append(attempt('a'));
    log.append(attempt('b'));
    takes.lines = 9;
    await log.close();
    expect(stored()).toEqual(['a', 'b']);
  });

  test('says at the end how many answers, of which examples, could not be saved', async () => {
    const { log, takes, stored, path } = await newLog('EIO');
    await log.append(attempt('a'));
    takes.lines = 0;
    for (const id of ['b', 'c', 'c']) log.append(attempt(id));
    log.append(attemptOf({ example: 'd', fault: ['transport', 'timeout', 'late'] }));
    await expect(log.close()).rejects.toMatchObject({
      code: 'environment',
      message: 'Requests that could not be saved: 4, with an answer: 3.',
      facts: { where: path, found: 'EIO: made up; examples b, c, d' },
    });
    expect(stored()).toEqual(['a']);
  });
});

describe('AttemptLog on a disk with little room', () => {
  test.skipIf(!smallDisk)(
    'saves every answer that was under way when a real disk ran full (needs the right to mount one)',
    async () => {
      const told: Filled = await runOnSmallDisk(1024, 'run/children/fill-disk.ts', [String(256 * 1024)]);
      expect(told).toMatchObject({ begun: null, tornBytes: 0, closing: null, ballastLeft: false });
      expect(told.thrown).toContain('ENOSPC');
      expect(told.sent).toBeGreaterThan(100);
      expect(told.stored).toEqual(Array.from({ length: told.sent + told.underWay }, (_, id) => String(id)));
    },
  );

  test.skipIf(!smallDisk)(
    'names what it could not save when the ballast was not enough (needs the right to mount a disk)',
    async () => {
      const told: Filled = await runOnSmallDisk(1024, 'run/children/fill-disk.ts', [String(16 * 1024)]);
      expect(told).toMatchObject({ begun: null, tornBytes: 0, ballastLeft: false });
      const { stored, sent, underWay, closing } = told;
      expect(stored).toEqual(Array.from({ length: stored.length }, (_, id) => String(id)));
      expect(stored.length).toBeGreaterThanOrEqual(sent);
      const missing = sent + underWay - stored.length;
      expect(missing).toBeGreaterThan(0);
      expect(closing?.message).toBe(
        `Requests that could not be saved: ${missing}, with an answer: ${missing}.`,
      );
      expect(closing?.found).toContain(`examples ${stored.length}, ${stored.length + 1}`);
    },
  );

  test.skipIf(!smallDisk)(
    'does not begin where there is no room for the ballast, and leaves nothing of it (needs the right to mount a disk)',
    async () => {
      const told: Filled = await runOnSmallDisk(1024, 'run/children/fill-disk.ts', [String(4 * 2 ** 20)]);
      expect(told).toMatchObject({
        begun: 'There is too little room on the disk, so nothing was sent.',
        ballastLeft: false,
      });
    },
  );

  test('goes on without a ballast under a limit on the size of files, and names what it could not save', async () => {
    const args = [join(folder, `${files++}.jsonl`), String(256 * 1024)];
    const { stdout } = await runChild('run/children/fill-disk.ts', args, 'ulimit -f 40').ended;
    const told: Filled = JSON.parse(stdout);
    expect(told).toMatchObject({ begun: null, tornBytes: 0, ballastLeft: false });
    expect(told.thrown).toContain('EFBIG');
    const { stored, sent, underWay, closing } = told;
    expect(stored.length).toBeGreaterThan(0);
    expect(stored).toEqual(Array.from({ length: stored.length }, (_, id) => String(id)));
    expect(closing?.message).toContain(
      `Requests that could not be saved: ${sent + underWay - stored.length},`,
    );
  });
});
