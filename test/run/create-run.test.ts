import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Example } from '../../src/dataset/example.js';
import { createRun } from '../../src/run/create-run.js';
import { isRun, readRun } from '../../src/run/read-run.js';
import { readRunPrompt } from '../../src/run/run-prompt.js';
import {
  exampleOf,
  makeRun,
  manifestOf,
  PROMPT,
  PROMPT_TEXT,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
let places = 0;
/** A folder of its own, so that a test sees everything that is left behind. */
const newPlace = () => {
  const place = join(folder, String(places++));
  mkdirSync(place);
  return place;
};

describe('createRun', () => {
  test('makes a run that reads back as it was given', async () => {
    const dir = join(newPlace(), 'not', 'yet', 'run');
    const examples = [
      exampleOf(
        '{"id":"x","instruction":"a","input":"i","output":"o","score":4.0,"big":12345678901234567890}',
        3,
      ),
      exampleOf('{"output":"{{response}}\\u2028é😀","instruction":"b"}', 9),
    ];
    await createRun(dir, manifestOf(2), examples, PROMPT);
    const run = await readRun(dir);
    expect(run).toMatchObject({
      dir,
      manifest: { v: 1, ...manifestOf(2) },
      attempts: [],
      warnings: [],
    });
    expect(run.decisions.size).toBe(0);
    expect(run.selection).toEqual(examples);
    expect(run.selection.map(({ source }) => JSON.stringify(source))).toEqual(
      examples.map(({ source }) => JSON.stringify(source)),
    );
    expect(await readRunPrompt(dir, PROMPT.hash)).toEqual(PROMPT);
    expect(readFileSync(join(dir, 'prompts', `${PROMPT.hash}.md`), 'utf8')).toBe(PROMPT_TEXT);
  });

  test('consists of the files that its description names, and no others', async () => {
    const place = newPlace();
    await makeRun(join(place, 'run'), someExamples(1));
    expect(readdirSync(place)).toEqual(['run']);
    expect(readdirSync(join(place, 'run')).sort()).toEqual([
      'attempts.jsonl',
      'decisions.jsonl',
      'prompts',
      'run.json',
      'run.json.bak',
      'selection.jsonl',
    ]);
  });

  test('fills a folder that is empty', async () => {
    const dir = newPlace();
    await makeRun(dir, someExamples(1));
    expect(await isRun(dir)).toBe(true);
  });

  test.each([
    ['a folder with something in it', (dir: string) => mkdirSync(join(dir, 'notes'), { recursive: true })],
    ['a file', (dir: string) => writeFileSync(dir, 'text')],
    ['a run', (dir: string) => makeRun(dir, someExamples(1))],
  ])('refuses the place of %s and leaves it alone', async (_, occupy) => {
    const place = newPlace();
    const dir = join(place, 'run');
    await occupy(dir);
    await expect(makeRun(dir, someExamples(2))).rejects.toMatchObject({
      name: 'UserError',
      code: 'run_conflict',
      facts: { where: dir },
    });
    expect(readdirSync(place)).toEqual(['run']);
    if (await isRun(dir)) expect((await readRun(dir)).selection).toHaveLength(1);
  });

  test('leaves nothing behind when it fails half-way', async () => {
    const place = newPlace();
    const broken = { ...someExamples(1)[0], source: { huge: 1n } } as unknown as Example;
    await expect(makeRun(join(place, 'run'), [broken])).rejects.toThrow(TypeError);
    expect(readdirSync(place)).toEqual([]);
  });

  test('is made by exactly one of several that try at once', async () => {
    const place = newPlace();
    const dir = join(place, 'run');
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => makeRun(dir, someExamples(3))));
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(Array(5).fill('run_conflict'));
    expect(readdirSync(place)).toEqual(['run']);
    expect((await readRun(dir)).selection).toHaveLength(3);
  });
});

describe('isRun', () => {
  test('knows a run by its run.json, or by the copy of it', async () => {
    const dir = join(newPlace(), 'run');
    await makeRun(dir, someExamples(1));
    rmSync(join(dir, 'run.json'));
    expect(await isRun(dir)).toBe(true);
    rmSync(join(dir, 'run.json.bak'));
    expect(await isRun(dir)).toBe(false);
  });

  test('is not taken in by a missing folder, a file, or a folder without run.json', async () => {
    const place = newPlace();
    writeFileSync(join(place, 'file'), '');
    expect(await isRun(place)).toBe(false);
    expect(await isRun(join(place, 'file'))).toBe(false);
    expect(await isRun(join(place, 'missing'))).toBe(false);
    expect(existsSync(join(place, 'missing'))).toBe(false);
  });
});
