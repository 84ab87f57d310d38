import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishFile, removeAbandoned, syncPath } from '../src/atomic-file.js';
import { temporaryName } from '../src/temporary-name.js';
import { deadPid } from './support/dead-process.js';
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

describe('what a killed process leaves', () => {
  /** Lays a temporary file for `base` into a folder, of a process that has died or of this one. */
  const lay = (place: string, base: string, kind: 'tmp' | 'new', dead: boolean): string => {
    const own = temporaryName(base, kind);
    const name = dead ? own.replace(`.${process.pid}-`, `.${deadPid()}-`) : own;
    if (kind === 'tmp') writeFileSync(join(place, name), 'half');
    else mkdirSync(join(place, name, 'prompts'), { recursive: true });
    return name;
  };

  test('is removed when the same file is published again, and nothing else is', async () => {
    const { place, path } = newPlace();
    lay(place, 'out.json', 'tmp', true);
    const living = lay(place, 'out.json', 'tmp', false);
    const other = lay(place, 'other.json', 'tmp', true);
    await publishFile(path, (temporary) => writeFile(temporary, 'new'));
    expect(readdirSync(place).sort()).toEqual([living, other, 'out.json'].sort());
  });

  test('is removed from a folder, files or folders, of one name or of all', async () => {
    const { place } = newPlace();
    lay(place, 'a', 'new', true);
    const kept = [
      lay(place, 'b', 'new', true),
      lay(place, 'a', 'new', false),
      lay(place, 'a', 'tmp', true),
      lay(place, 'b', 'tmp', true),
    ];
    await removeAbandoned(place, 'new', 'a');
    expect(readdirSync(place).sort()).toEqual([...kept, 'out.json'].sort());
    await removeAbandoned(place, 'tmp');
    expect(readdirSync(place).sort()).toEqual([...kept.slice(0, 2), 'out.json'].sort());
  });

  test('is no reason to fail where there is no folder', async () => {
    await removeAbandoned(join(folder, 'missing'), 'tmp');
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
