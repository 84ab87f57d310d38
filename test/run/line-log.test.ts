import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DiskCalls } from '../../src/run/line-file.js';
import { LineLog } from '../../src/run/line-log.js';
import { runChild } from '../support/child.js';
import { temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
let files = 0;
const newPath = () => join(folder, `${files++}.jsonl`);
const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));

describe('LineLog', () => {
  test('has a line in the file when append returns, before it is synced', async () => {
    const path = newPath();
    const log = await LineLog.open(path);
    const safe = log.append({ text: 'é\n' });
    expect(readFileSync(path, 'utf8')).toBe('{"text":"é\\n"}\n');
    await safe;
    await log.close();
  });

  test('loses nothing that was appended when the process is killed at once', async () => {
    const path = newPath();
    const { signal } = await runChild('run/children/append-and-die.ts', [path]).ended;
    expect(signal).toBe('SIGKILL');
    expect(linesOf(path)).toEqual([{ paid: 'reply' }]);
  });

  test('adds to what the file holds', async () => {
    const path = newPath();
    writeFileSync(path, '{"old":1}\n');
    const log = await LineLog.open(path);
    await log.append({ new: 2 });
    await log.close();
    expect(linesOf(path)).toEqual([{ old: 1 }, { new: 2 }]);
  });

  test('keeps lines whole and in order however many are appended at once', async () => {
    const path = newPath();
    const log = await LineLog.open(path);
    const records = Array.from({ length: 300 }, (_, number) => ({ number, pad: 'é'.repeat(number * 7) }));
    await Promise.all(records.map((record) => log.append(record)));
    await log.close();
    expect(linesOf(path)).toEqual(records);
  });

  test('lets lines that arrive together share a sync, and starts another one for later lines', async () => {
    const log = await LineLog.open(newPath());
    const first = log.append({});
    expect(log.append({})).toBe(first);
    await first;
    const later = log.append({});
    expect(later).not.toBe(first);
    await later;
    await log.close();
  });

  test('has everything safe when close resolves, and may be closed twice', async () => {
    const log = await LineLog.open(newPath());
    let safe = 0;
    const count = () => {
      safe++;
    };
    log.append({}).then(count);
    log.append({}).then(count);
    await log.close();
    expect(safe).toBe(2);
    await log.close();
  });

  test('takes nothing more once it is closed', async () => {
    const path = newPath();
    const log = await LineLog.open(path);
    await log.close();
    // The system gives the number of a closed file to the next one that is opened.
    const other = newPath();
    const next = await LineLog.open(other);
    expect(() => log.append({ stray: true })).toThrow('closed');
    await next.close();
    expect(readFileSync(other, 'utf8')).toBe('');
  });

  test('refuses a line that cannot be written, and from then on has no room for another one', async () => {
    const log = await LineLog.open('/dev/full');
    await log.room();
    const fault = expect.objectContaining({
      name: 'EnvironmentError',
      code: 'environment',
      message: 'The disk is full, so the run was stopped.',
      facts: expect.objectContaining({ where: '/dev/full', found: expect.stringContaining('ENOSPC') }),
    });
    expect(() => log.append({})).toThrow(fault);
    await expect(log.room()).rejects.toEqual(fault);
    expect(() => log.requireSound()).toThrow(fault);
    expect(() => log.append({})).toThrow(fault);
    await log.close(); // nothing that was written is unsafe
  });

  // A limit on the size of files cuts a write in the middle, as a disk that runs full does.
  test('leaves whole lines behind when the disk takes only a part of one', async () => {
    const path = newPath();
    const { stdout } = await runChild('run/children/append-lines.ts', [path], 'ulimit -f 4').ended;
    const told = JSON.parse(stdout) as { safe: number };
    expect(told).toMatchObject({ thrown: ['environment', 'environment'], closing: null });
    expect(told.safe).toBeGreaterThan(0);
    expect(linesOf(path).map((line) => (line as { number: number }).number)).toEqual(
      Array.from({ length: told.safe }, (_, number) => number),
    );
    expect(readFileSync(path, 'utf8')).toMatch(/\n$/);
  });

  test('cannot be opened where there is no folder', async () => {
    await expect(LineLog.open(join(folder, 'no', 'such', 'file'))).rejects.toThrow('ENOENT');
  });
});

/** A disk whose calls a test may replace. */
function disk(calls: Partial<DiskCalls> = {}): DiskCalls {
  return { write: writeSync, sync: async () => {}, ...calls };
}

/** What a failed system call throws. */
function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up`), { code, syscall: 'write' });
}

describe('LineLog on a failing disk', () => {
  test.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS'])(
    'keeps whole lines when %s breaks a write off, and takes lines again when that is over',
    async (code) => {
      const path = newPath();
      let broken = false;
      const write: DiskCalls['write'] = (fd, bytes, offset) => {
        if (!broken) return writeSync(fd, bytes, offset);
        if (offset > 0) throw systemError(code);
        return writeSync(fd, bytes, offset, 5);
      };
      const log = await LineLog.open(path, disk({ write }));
      const before = log.append({ number: 1 });
      broken = true;
      expect(() => log.append({ number: 2 })).toThrow(
        expect.objectContaining({
          code: 'environment',
          facts: {
            where: path,
            found: `${code}: made up`,
            hint: expect.stringMatching(/run the same command again/),
          },
        }),
      );
      expect(readFileSync(path, 'utf8')).toBe('{"number":1}\n');
      broken = false;
      await log.append({ number: 3 });
      await before;
      await log.close();
      expect(linesOf(path)).toEqual([{ number: 1 }, { number: 3 }]);
    },
  );

  test('tells everybody when a sync fails: the lines, whoever waits for room, and whoever closes', async () => {
    const sync = async () => {
      throw systemError('EIO');
    };
    const log = await LineLog.open(newPath(), disk({ sync }));
    const lines = [log.append({}), log.append({})];
    for (const line of lines) await expect(line).rejects.toMatchObject({ code: 'environment' });
    await expect(log.room()).rejects.toMatchObject({ facts: { found: 'EIO: made up' } });
    await expect(log.close()).rejects.toMatchObject({ facts: { found: 'EIO: made up' } });
  });

  test('takes the loss of a line that nobody waits for as no accident of its own', async () => {
    const sync = async () => {
      throw systemError('EIO');
    };
    const log = await LineLog.open(newPath(), disk({ sync }));
    log.append({});
    await expect(log.close()).rejects.toMatchObject({ code: 'environment' });
  });

  test.each([
    ['lines', 999, 'x'],
    ['bytes', 63, 'x'.repeat(2 ** 16)],
  ])('has no room from so many %s on until they are synced', async (_, most, text) => {
    let letGo = (): void => {};
    const sync = () =>
      new Promise<void>((resolve) => {
        letGo = resolve;
      });
    const log = await LineLog.open(newPath(), disk({ sync }));
    const first = log.append({ text });
    for (let count = 1; count < most; count++) log.append({ text });
    await log.room();
    log.append({ text });
    let room = false;
    const waiting = log.room().then(() => {
      room = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(room).toBe(false);
    letGo();
    await waiting;
    await first;
    await log.close();
  });

  test('does not put the sync off any longer once there is no room', async () => {
    const log = await LineLog.open(newPath(), disk());
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    for (let line = 0; line < 1000; line++) log.append({ line });
    await log.room(); // though no time passes
    vi.useRealTimers();
    await log.close();
  });

  test('has one sync under way at a time, however slow the disk is', async () => {
    let underWay = 0;
    let most = 0;
    let count = 0;
    const sync = async () => {
      most = Math.max(most, ++underWay);
      count++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      underWay--;
    };
    const log = await LineLog.open(newPath(), disk({ sync }));
    for (let line = 0; line < 12; line++) {
      log.append({ line });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await log.close();
    expect(most).toBe(1);
    expect(count).toBeLessThan(12);
  });
});

describe('LineLog with a file that is tampered with', () => {
  /** A log of one line in a folder of its own. */
  const newLog = async () => {
    const place = join(folder, `place${files++}`);
    mkdirSync(place);
    const path = join(place, 'a.jsonl');
    const log = await LineLog.open(path);
    await log.append({ line: 1 });
    return { log, path, place };
  };

  test.each<[string, (path: string) => void, string]>([
    ['deleted', (path) => rmSync(path), 'the file was deleted'],
    ['deleted with its folder', (path) => rmSync(dirname(path), { recursive: true }), 'the file was deleted'],
    [
      'replaced by a copy',
      (path) => {
        writeFileSync(`${path}.copy`, readFileSync(path));
        renameSync(`${path}.copy`, path);
      },
      'the file was replaced',
    ],
  ])('says so at the next sync when it was %s, and writes nothing more', async (_, tamper, found) => {
    const { log, path } = await newLog();
    tamper(path);
    const fault = {
      code: 'environment',
      message: 'A file of the run is gone from its place.',
      facts: { where: path, found },
    };
    await expect(log.append({ line: 2 })).rejects.toMatchObject(fault);
    await expect(log.room()).rejects.toMatchObject(fault);
    expect(() => log.append({ line: 3 })).toThrow(expect.objectContaining({ message: fault.message }));
    await expect(log.close()).rejects.toMatchObject(fault);
  });

  test('says so at the next sync when its folder was moved, and what is under way goes into the moved file', async () => {
    const { log, path, place } = await newLog();
    renameSync(place, `${place}.moved`);
    await expect(log.append({ line: 2 })).rejects.toMatchObject({
      facts: { where: path, found: 'the file was moved' },
    });
    await expect(log.room()).rejects.toMatchObject({ code: 'environment' });
    await expect(log.append({ line: 3 })).rejects.toMatchObject({ code: 'environment' });
    await expect(log.close()).rejects.toMatchObject({ code: 'environment' });
    expect(linesOf(join(`${place}.moved`, 'a.jsonl'))).toEqual([{ line: 1 }, { line: 2 }, { line: 3 }]);
  });

  test.each<[string, (path: string) => void]>([
    ['cut', (path) => truncateSync(path, 4)],
    ['emptied', (path) => writeFileSync(path, '')],
    ['appended to', (path) => appendFileSync(path, 'foreign')],
  ])('writes nothing after something else has %s it', async (_, tamper) => {
    const { log, path } = await newLog();
    tamper(path);
    const before = readFileSync(path, 'utf8');
    const fault = {
      message: 'Something else has changed a file of the run.',
      facts: expect.objectContaining({
        where: path,
        expected: '11 bytes',
        found: `${before.length} bytes`,
      }),
    };
    expect(() => log.append({ line: 2 })).toThrow(expect.objectContaining(fault));
    expect(() => log.append({ line: 3 })).toThrow(expect.objectContaining(fault));
    await expect(log.room()).rejects.toMatchObject({ message: fault.message });
    expect(readFileSync(path, 'utf8')).toBe(before);
    await log.close(); // what was told to be safe was safe then
  });

  test('finds at the sync what something else has added meanwhile', async () => {
    const { log, path } = await newLog();
    const line = log.append({ line: 2 });
    appendFileSync(path, 'foreign');
    await expect(line).rejects.toMatchObject({ message: 'Something else has changed a file of the run.' });
    await expect(log.close()).rejects.toMatchObject({ code: 'environment' });
  });
});
