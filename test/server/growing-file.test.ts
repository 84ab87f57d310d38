import { appendFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readLines } from '../../src/run/read-lines.js';
import { GrowingFile } from '../../src/server/growing-file.js';
import { temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
const FORMAT = { schema: z.object({ n: z.int() }), version: 1, parse: JSON.parse };
let made = 0;

/** A file that was read up to its end, and what it tells from then on. */
async function followed(text: string) {
  made += 1;
  const path = join(folder, String(made));
  writeFileSync(path, text);
  const file = await GrowingFile.follow(path, FORMAT, await readLines(path, FORMAT));
  const told = async (): Promise<number[] | 'replaced'> => {
    const addition = await file.readOn();
    if (addition === 'replaced') return 'replaced';
    file.pass(addition);
    return addition.records.map(({ n }) => n);
  };
  return { path, file, told };
}

/** Writes the file anew in its place, at another time than before. */
function rewrite(path: string, text: string): void {
  writeFileSync(path, text);
  utimesSync(path, new Date(), new Date(Date.now() + 5000));
}

describe('a file that others write', () => {
  test('tells what was added, once', async () => {
    const { path, told } = await followed('{"n":1}\n');
    expect(await told()).toEqual([]);
    appendFileSync(path, '{"n":2}\n{"n":3}\n');
    expect(await told()).toEqual([2, 3]);
    expect(await told()).toEqual([]);
    appendFileSync(path, '{"n":4}\n');
    expect(await told()).toEqual([4]);
  });

  test('tells it again until it counts as read', async () => {
    const { path, file, told } = await followed('');
    appendFileSync(path, '{"n":1}\n');
    await file.readOn();
    expect(await told()).toEqual([1]);
  });

  test('waits for the end of a line, and takes no offence when it is cut off', async () => {
    const { path, told } = await followed('{"n":1}\n{"n"');
    expect(await told()).toEqual([]);
    appendFileSync(path, ':2}\n{"n":');
    expect(await told()).toEqual([2]);
    truncateSync(path, '{"n":1}\n{"n":2}\n'.length);
    expect(await told()).toEqual([]);
    appendFileSync(path, '{"n":3}\n');
    expect(await told()).toEqual([3]);
  });

  test.each<[string, (path: string) => void]>([
    ['is shorter', (path) => truncateSync(path, 8)],
    ['is as long, and another one', (path) => rewrite(path, '{"n":1}\n{"n":3}\n')],
    ['was written anew and is longer', (path) => rewrite(path, '{"n":1}\n{"n":3}\n{"n":4}\n')],
    [
      'is another file',
      (path) => {
        writeFileSync(`${path}.new`, '{"n":1}\n{"n":2}\n');
        renameSync(`${path}.new`, path);
      },
    ],
    ['is gone', (path) => rmSync(path)],
  ])('does not go on when it %s', async (_, change) => {
    const { path, told } = await followed('{"n":1}\n{"n":2}\n');
    expect(await told()).toEqual([]);
    change(path);
    expect(await told()).toBe('replaced');
    expect(await told()).toBe('replaced');
  });

  test('does not go on after a line without its line break, which may go on', async () => {
    const { path, told } = await followed('{"n":1}');
    expect(await told()).toEqual([]);
    appendFileSync(path, '\n{"n":2}\n');
    expect(await told()).toBe('replaced');
  });

  test('refuses a damaged line, again and again, until it is mended', async () => {
    const { path, told } = await followed('{"n":1}\n');
    appendFileSync(path, '{"n":2}\n{"n":"x"}\n');
    await expect(told()).rejects.toThrow('not as it should be');
    await expect(told()).rejects.toMatchObject({ facts: { where: `${path}, line 3` } });
    truncateSync(path, 16);
    expect(await told()).toEqual([2]);
  });
});
