import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { exportTrainingSet } from '../../src/export/export-training-set.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer, temporaryFolder } from '../support/run-parts.js';

/** What a faulty disk or a faulty writer makes of the bytes that were to be written; reset before each test. */
const disk = vi.hoisted(() => ({ spoil: (text: string): string => text }));

vi.mock('../../src/dataset/dataset-file.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/dataset/dataset-file.js')>();
  return {
    ...original,
    writeDatasetFile: async (...args: Parameters<typeof original.writeDatasetFile>) => {
      await original.writeDatasetFile(...args);
      writeFileSync(args[0], disk.spoil(readFileSync(args[0], 'utf8')));
    },
  };
});

const folder = temporaryFolder();
let places = 0;
const LEDGER = ledgerWith(
  3,
  [0, 1, 2].map((example): AttemptParts => ({ example: String(example), raw: answer(`Better ${example}.`) })),
);
const SELECTION = LEDGER.map(({ example }) => example);

async function exportOver(old: string, shape: 'alpaca' | 'fastchat' = 'alpaca') {
  const place = join(folder, String(places++));
  mkdirSync(place);
  const path = join(place, 'out.jsonl');
  writeFileSync(path, old);
  const error: unknown = await exportTrainingSet(SELECTION, LEDGER, { path, shape, partial: false }).catch(
    (error: unknown) => error,
  );
  return { error, text: readFileSync(path, 'utf8'), names: readdirSync(place) };
}

const lines = (change: (lines: string[]) => string[]) => (text: string) =>
  `${change(text.trimEnd().split('\n')).join('\n')}\n`;

beforeEach(() => {
  disk.spoil = (text) => text;
});

describe('a training set that does not read back as it was to be written', () => {
  test('is not to be had from a sound disk', async () => {
    const { error, text } = await exportOver('old');
    expect(error).toBe(3);
    expect(text).toContain('Better 2.');
  });

  test.each<[string, (text: string) => string]>([
    ['lacks its last row', lines((rows) => rows.slice(0, -1))],
    ['lacks a row in the middle', lines((rows) => rows.toSpliced(1, 1))],
    ['has a row twice', lines((rows) => [...rows, ...rows.slice(-1)])],
    ['has two rows changed over', lines((rows) => rows.toReversed())],
    ['has a letter of a response changed', (text) => text.replace('Better 1.', 'Bitter 1.')],
    ['has a blank lost at the end of a response', (text) => text.replace('Better 1.', 'Better 1')],
    ['has a letter of an instruction changed', (text) => text.replace('Ask 1?', 'Ask 7?')],
    ['has a field more', (text) => text.replace('"instruction"', '"extra":1,"instruction"')],
    ['has its fields in another order', lines((rows) => rows.map((row) => turned(row)))],
    ['is an array instead of lines', (text) => `[${text.trimEnd().replaceAll('\n', ',')}]`],
  ])('is refused when it %s', async (_, spoil) => {
    disk.spoil = spoil;
    const { error, text, names } = await exportOver('old');
    expect(error).toMatchObject({ name: 'EnvironmentError', code: 'export_mismatch' });
    expect(text).toBe('old');
    expect(names).toEqual(['out.jsonl']);
  });

  test.each<[string, (text: string) => string]>([
    ['is cut off in the middle of a row', (text) => text.slice(0, -12)],
    ['is empty', () => ''],
    ['holds a NUL in a response', (text) => text.replace('Better 1.', '\\u0000')],
    ['holds zeros', (text) => '\0'.repeat(text.length)],
  ])('is refused when no reader takes it because it %s', async (_, spoil) => {
    disk.spoil = spoil;
    const { error, text, names } = await exportOver('old');
    expect(error).toMatchObject({ name: 'EnvironmentError', code: 'export_mismatch' });
    expect(text).toBe('old');
    expect(names).toEqual(['out.jsonl']);
  });

  test('is refused in another shape, too', async () => {
    disk.spoil = (text) => text.replace('"gpt"', '"bot"');
    expect((await exportOver('old', 'fastchat')).text).toBe('old');
  });
});

function turned(row: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(row)).reverse()));
}
