import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishFile, syncPath } from '../src/atomic-file.js';
import { temporaryFolder } from './support/run-parts.js';

const folder = temporaryFolder();
let places = 0;
/** A folder with an old file in it. */
const newPlace = (): { place: string; path: string } => {
  const place = join(folder, String(places++));
  mkdirSync(place);
  writeFileSync(join(place, 'out.json'), 'old');
  return { place, path: join(place, 'out.json') };
};

describe('publishFile', () => {
  test('puts a new file in place, and one over an old one', async () => {
    const { place, path } = newPlace();
    await publishFile(path, (temporary) => writeFile(temporary, 'new'));
    await publishFile(join(place, 'other'), (temporary) => writeFile(temporary, 'first'));
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(place).sort()).toEqual(['other', 'out.json']);
  });

  test('shows the old file until the new one is written and verified', async () => {
    const { place, path } = newPlace();
    await publishFile(
      path,
      async (temporary) => {
        await writeFile(temporary, 'new');
        expect(await readFile(path, 'utf8')).toBe('old');
        expect(readdirSync(place)).toHaveLength(2);
      },
      async (temporary) => {
        expect(await readFile(temporary, 'utf8')).toBe('new');
        expect(await readFile(path, 'utf8')).toBe('old');
      },
    );
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test.each<[string, (path: string) => Promise<void>]>([
    [
      'writing fails half-way',
      (path) =>
        publishFile(path, async (temporary) => {
          await writeFile(temporary, 'ne');
          throw new Error('full');
        }),
    ],
    [
      'nothing could be written',
      (path) =>
        publishFile(path, async () => {
          throw new Error('full');
        }),
    ],
    [
      'the file is found wanting',
      (path) =>
        publishFile(
          path,
          (temporary) => writeFile(temporary, 'new'),
          async () => {
            throw new Error('full');
          },
        ),
    ],
  ])('leaves the old file, and nothing else, when %s', async (_, publish) => {
    const { place, path } = newPlace();
    await expect(publish(path)).rejects.toThrow('full');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual(['out.json']);
  });

  test('leaves nothing behind when the name belongs to a folder', async () => {
    const { place } = newPlace();
    const taken = join(place, 'taken');
    mkdirSync(taken);
    await expect(publishFile(taken, (temporary) => writeFile(temporary, 'new'))).rejects.toThrow();
    expect(readdirSync(place).sort()).toEqual(['out.json', 'taken']);
  });

  test('gives every writer a file of its own: the last one wins, whole', async () => {
    const { place, path } = newPlace();
    const texts = Array.from({ length: 10 }, (_, number) => String(number).repeat(100_000));
    await Promise.all(texts.map((text) => publishFile(path, (temporary) => writeFile(temporary, text))));
    expect(texts).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(place)).toEqual(['out.json']);
  });

  test('replaces what a symbolic link leads to, where that is, and the link stays', async () => {
    const { place, path } = newPlace();
    const far = newPlace();
    symlinkSync(far.path, join(place, 'link.json'));
    await publishFile(join(place, 'link.json'), async (temporary) => {
      await writeFile(temporary, 'new');
      expect(readdirSync(place)).toHaveLength(2);
      expect(readdirSync(far.place)).toHaveLength(2);
    });
    expect(readlinkSync(join(place, 'link.json'))).toBe(far.path);
    expect(readFileSync(far.path, 'utf8')).toBe('new');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(far.place)).toEqual(['out.json']);
  });

  test.runIf(process.platform !== 'win32')('writes straight into a pipe', async () => {
    const { place } = newPlace();
    const pipe = join(place, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = open(pipe, 'r').then(async (handle) => {
      const text = await handle.readFile('utf8');
      await handle.close();
      return text;
    });
    let verified = false;
    await publishFile(
      pipe,
      async (path) => {
        expect(path).toBe(pipe);
        await writeFile(path, 'through');
      },
      async () => {
        verified = true;
      },
    );
    expect(await reading).toBe('through');
    expect(verified).toBe(false);
    expect(readdirSync(place).sort()).toEqual(['out.json', 'pipe']);
  });
});

describe('syncPath', () => {
  test('takes files and folders, and says when there is none', async () => {
    const { place, path } = newPlace();
    await syncPath(path);
    await syncPath(place);
    await expect(syncPath(join(place, 'missing'))).rejects.toThrow('ENOENT');
  });
});
