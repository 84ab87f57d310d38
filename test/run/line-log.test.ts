import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

  test('refuses everything after a line that could not be written, with the same error', async () => {
    const log = await LineLog.open('/dev/full');
    const failures = [1, 2].map((number) => {
      try {
        log.append({ number });
        return null;
      } catch (error) {
        return error;
      }
    });
    expect(failures[0]).toMatchObject({
      name: 'EnvironmentError',
      code: 'environment',
      facts: { where: '/dev/full', found: expect.stringContaining('ENOSPC') },
    });
    expect(failures[1]).toBe(failures[0]);
    await expect(log.close()).rejects.toBe(failures[0]);
  });

  // A limit on the size of files cuts a write in the middle, as a disk that runs full does.
  test('leaves whole lines behind when the disk takes only a part of one', async () => {
    const path = newPath();
    const { stdout } = await runChild('run/children/append-lines.ts', [path], 'ulimit -f 4').ended;
    const told = JSON.parse(stdout) as { safe: number };
    expect(told).toMatchObject({ thrown: ['environment', 'environment'], closing: 'environment' });
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
