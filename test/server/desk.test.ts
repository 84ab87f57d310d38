import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { parsePrompt } from '../../src/prompt/parse-prompt.js';
import type { RecordFilter } from '../../src/report/record-query.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import { saveRunPrompt } from '../../src/run/run-prompt.js';
import { createDesk, type DeskParts } from '../../src/server/desk.js';
import {
  answer,
  attemptOf,
  decisionOf,
  makeRun,
  PROMPT_TEXT,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
const ALL: RecordFilter = { outcome: [], verdict: [], check: [], change: [], decision: [], q: '' };
let made = 0;
const desks: ReturnType<typeof createDesk>[] = [];

// What they put off would otherwise come when the folder is gone.
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

/** A folder with runs of three examples each. */
async function runsFolder(...names: readonly string[]): Promise<string> {
  made += 1;
  const runs = join(folder, String(made));
  mkdirSync(runs);
  for (const name of names) await makeRun(join(runs, name), someExamples(3));
  return runs;
}

function deskOf(runs: string, parts: Partial<DeskParts> = {}) {
  const desk = createDesk({
    runsFolder: runs,
    suiteOf: async () => DEFAULT_SUITE,
    onFault: (error) => {
      throw error;
    },
    ...parts,
  });
  desks.push(desk);
  return desk;
}

function append(dir: string, ...attempts: Parameters<typeof attemptOf>[0][]): void {
  const lines = attempts.map((parts) => `${JSON.stringify(attemptOf(parts))}\n`);
  appendFileSync(join(dir, 'attempts.jsonl'), lines.join(''));
}

/** Waits until a run may look at its files again, and lets it. */
async function refreshed(run: { refresh(): Promise<void> }): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 110));
  await run.refresh();
}

async function openOne(parts: Partial<DeskParts> = {}) {
  const runs = await runsFolder('one');
  const run = await deskOf(runs, parts).open('one');
  return { run, dir: join(runs, 'one') };
}

const outcomes = (run: Awaited<ReturnType<typeof openOne>>['run']) =>
  run.ledger().map(({ outcome }) => outcome);

describe('a run in memory', () => {
  test('takes in what another process adds, and tells which records that concerns', async () => {
    const { run, dir } = await openOne();
    const told: (readonly string[])[] = [];
    run.onChange((ids) => told.push(ids));
    expect(outcomes(run)).toEqual(['pending', 'pending', 'pending']);
    append(dir, { example: '1', raw: answer('Better and longer.') });
    await refreshed(run);
    expect(outcomes(run)).toEqual(['pending', 'refined', 'pending']);
    expect(run.detail('1').attempts).toHaveLength(1);
    await recordDecisions(dir, [decisionOf({ example: '2', action: 'reject' })]);
    await refreshed(run);
    expect(outcomes(run)).toEqual(['pending', 'refined', 'kept']);
    expect(run.overview().outcomes).toMatchObject({ refined: 1, kept: 1, pending: 1 });
    expect(told).toEqual([['1'], ['2']]);
  });

  test('waits for the rest of a line that is being written', async () => {
    const { run, dir } = await openOne();
    const line = `${JSON.stringify(attemptOf({ example: '0' }))}\n`;
    appendFileSync(join(dir, 'attempts.jsonl'), line.slice(0, 40));
    await refreshed(run);
    expect(outcomes(run)[0]).toBe('pending');
    appendFileSync(join(dir, 'attempts.jsonl'), line.slice(40));
    await refreshed(run);
    expect(outcomes(run)[0]).toBe('refined');
    expect(run.detail('0').attempts).toHaveLength(1);
  });

  test('is read anew when its files do not go on from what was read', async () => {
    const { run, dir } = await openOne();
    append(dir, { example: '0' }, { example: '1' });
    await refreshed(run);
    writeFileSync(join(dir, 'attempts.jsonl'), `${JSON.stringify(attemptOf({ example: '2' }))}\n`);
    await refreshed(run);
    expect(outcomes(run)).toEqual(['pending', 'pending', 'refined']);
  });

  test('follows other policies', async () => {
    const { run, dir } = await openOne();
    append(dir, { example: '0', raw: answer('Original 0.') });
    await refreshed(run);
    expect(outcomes(run)[0]).toBe('kept');
    const manifest = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'));
    manifest.settings.onFlag = 'use';
    writeFileSync(join(dir, 'run.json'), JSON.stringify(manifest));
    await refreshed(run);
    expect(outcomes(run)[0]).toBe('refined');
  });

  test('is refused when a line is damaged, and served again when that is mended', async () => {
    const { run, dir } = await openOne();
    const path = join(dir, 'attempts.jsonl');
    writeFileSync(path, 'nonsense\n');
    await expect(refreshed(run)).rejects.toThrow('not valid JSON');
    rmSync(path);
    await expect(refreshed(run)).rejects.toThrow('missing');
    writeFileSync(path, '');
    await refreshed(run);
    append(dir, { example: '0' });
    await refreshed(run);
    expect(outcomes(run)[0]).toBe('refined');
  });

  test('loses nothing that came while something was missing', async () => {
    const { run, dir } = await openOne();
    const other = parsePrompt(PROMPT_TEXT.replace('Improve.', 'Improve it.'), 'other.md');
    append(dir, { example: '0', prompt: other.hash }, { example: '1' });
    await recordDecisions(dir, [decisionOf({ example: '2', action: 'reject' })]);
    await expect(refreshed(run)).rejects.toMatchObject({ code: 'run_damaged' });
    await saveRunPrompt(dir, other);
    await refreshed(run);
    expect(outcomes(run)).toEqual(['refined', 'refined', 'kept']);
  });

  test('loses no decision that came with a damaged line', async () => {
    const { run, dir } = await openOne();
    const path = join(dir, 'attempts.jsonl');
    append(dir, { example: '0' });
    await refreshed(run);
    const whole = readFileSync(path);
    appendFileSync(path, 'nonsense\n');
    await recordDecisions(dir, [decisionOf({ example: '2', action: 'reject' })]);
    await expect(refreshed(run)).rejects.toThrow('not valid JSON');
    truncateSync(path, whole.length);
    await refreshed(run);
    expect(outcomes(run)).toEqual(['refined', 'pending', 'kept']);
  });

  test('is refused as long as it holds an attempt at an example that it has not', async () => {
    const { run, dir } = await openOne();
    append(dir, { example: '99' });
    await expect(refreshed(run)).rejects.toThrow();
    await expect(refreshed(run)).rejects.toMatchObject({ code: 'run_damaged' });
  });

  test('finds a text in any part of an example, in any case, and taken as it is', async () => {
    const { run, dir } = await openOne();
    append(dir, { example: '1', raw: answer('Über (alles) $5 [x] a\\b.') });
    await refreshed(run);
    const found = (q: string) => run.ids({ ...ALL, q }, 'id');
    expect(await found('ask 2')).toEqual(['2']);
    expect(await found('ORIGINAL 0')).toEqual(['0']);
    for (const q of ['(ALLES)', '$5', '[x]', 'a\\b', 'über']) expect(await found(q), q).toEqual(['1']);
    expect(await found('.*')).toEqual([]);
  });

  test('finds every mark of punctuation', async () => {
    const { run, dir } = await openOne();
    const marks = [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'];
    append(dir, { example: '1', raw: answer(`It has ${marks.map((mark) => `a${mark}b`).join(' ')} in it.`) });
    await refreshed(run);
    for (const mark of marks) expect(await run.ids({ ...ALL, q: `a${mark}B` }, 'id'), mark).toEqual(['1']);
  });

  test('pages its records', async () => {
    const { run } = await openOne();
    const idsOn = async (page: number) => (await run.query(ALL, 'id', page, 2)).rows.map(({ id }) => id);
    expect(await Promise.all([1, 2, 3].map(idsOn))).toEqual([['0', '1'], ['2'], []]);
    expect((await run.query(ALL, 'id', 9, 2)).total).toBe(3);
  });
});

describe('a decision', () => {
  test('shows in the answer, is on the disk, and takes others made meanwhile into account', async () => {
    const { run, dir } = await openOne();
    append(dir, { example: '0', raw: answer('Original 0.') });
    const detail = await run.decide('0', { action: 'accept' });
    expect(detail).toMatchObject({ row: { outcome: 'refined' }, decision: { action: 'accept', attempt: 1 } });
    expect(readFileSync(join(dir, 'decisions.jsonl'), 'utf8')).toContain('"accept"');
    await recordDecisions(dir, [decisionOf({ example: '0', action: 'undo' })]);
    await expect(run.decide('0', { action: 'undo' })).rejects.toThrow('no decision to take back');
  });

  test.each([
    [{ action: 'accept' }, 'no refined response to accept'],
    [{ action: 'accept', attempt: 4 }, 'no refined response to accept'],
    [{ action: 'undo' }, 'no decision to take back'],
    [{ action: 'edit', text: ' \n' }, 'cannot be used'],
    [{ action: 'edit', text: 'a\0b' }, 'cannot be used'],
    [{ action: 'edit', text: '\ud800' }, 'cannot be used'],
  ] as const)('%j is refused where it makes no sense, and nothing is written', async (wish, message) => {
    const { run, dir } = await openOne();
    await expect(run.decide('0', wish)).rejects.toThrow(message);
    expect(readFileSync(join(dir, 'decisions.jsonl'), 'utf8')).toBe('');
  });

  test('many at once are all kept', async () => {
    const { run } = await openOne();
    await Promise.all(['0', '1', '2'].map((id) => run.decide(id, { action: 'edit', text: `Text ${id}.` })));
    expect(run.ledger().map(({ text }) => text)).toEqual(['Text 0.', 'Text 1.', 'Text 2.']);
  });

  test('is in the ledger file once the desk is closed', async () => {
    const runs = await runsFolder('one');
    const desk = deskOf(runs);
    await (await desk.open('one')).decide('0', { action: 'reject' });
    await desk.close();
    expect(readFileSync(join(runs, 'one/ledger.jsonl'), 'utf8')).toContain('"decision":"reject"');
  });
});

describe('a desk', () => {
  test('opens a run once for all who ask', async () => {
    const runs = await runsFolder('one');
    const suiteOf = vi.fn(async () => DEFAULT_SUITE);
    const desk = deskOf(runs, { suiteOf });
    const opened = await Promise.all(Array.from({ length: 5 }, () => desk.open('one')));
    expect(new Set(opened).size).toBe(1);
    expect(suiteOf).toHaveBeenCalledTimes(1);
    expect(desk.opened('one')).toBe(opened[0]);
  });

  test('forgets the runs not used for longest, but none that somebody watches', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `run${index}`);
    const desk = deskOf(await runsFolder(...names));
    const watched = await desk.open('run0');
    watched.onChange(() => {});
    for (const name of names.slice(1)) await desk.open(name);
    await vi.waitFor(() => {
      const kept = names.filter((name) => desk.opened(name) !== undefined);
      expect(kept).toEqual(['run0', ...names.slice(4)]);
    });
  });

  test('counts a run that is asked for again as used', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `run${index}`);
    const desk = deskOf(await runsFolder(...names));
    for (const name of [...names.slice(0, 8), 'run0', 'run8']) await desk.open(name);
    await vi.waitFor(() => {
      expect(names.filter((name) => desk.opened(name) === undefined)).toEqual(['run1']);
    });
  });

  test('forgets runs when all together have too many examples', async () => {
    const names = ['a', 'b', 'c'];
    const desk = deskOf(await runsFolder(...names), { room: { runs: 8, examples: 7 } });
    for (const name of names) await desk.open(name);
    await vi.waitFor(() => {
      expect(names.map((name) => desk.opened(name) !== undefined)).toEqual([false, true, true]);
    });
  });

  test('keeps the run that was opened last, though all others are watched', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `run${index}`);
    const desk = deskOf(await runsFolder(...names));
    for (const name of names.slice(0, 9)) (await desk.open(name)).onChange(() => {});
    const last = await desk.open('run9');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await desk.open('run9')).toBe(last);
  });

  test('tries again after a run could not be opened', async () => {
    const runs = await runsFolder('one');
    const path = join(runs, 'one/attempts.jsonl');
    writeFileSync(path, 'nonsense\n');
    const desk = deskOf(runs);
    await expect(desk.open('one')).rejects.toThrow('not valid JSON');
    writeFileSync(path, '');
    await expect(desk.open('one')).resolves.toBeDefined();
  });

  test.each([
    '',
    '.',
    '..',
    '../1/one',
    'one/../one',
    'one/',
    '/etc',
    'one\0',
    '..\\one',
    '.hidden',
    'link',
    'none',
    '__proto__',
    'x'.repeat(300),
  ])('opens nothing but runs directly below its folder: %j', async (name) => {
    const elsewhere = await runsFolder('far');
    const runs = await runsFolder('one');
    cpSync(join(runs, 'one'), join(runs, '.hidden'), { recursive: true });
    symlinkSync(join(elsewhere, 'far'), join(runs, 'link'));
    await expect(deskOf(runs).open(name)).rejects.toMatchObject({ code: 'run_not_found' });
  });

  test('lists the runs, the one used last first, and none where there is no folder', async () => {
    const runs = await runsFolder('a', 'b');
    append(join(runs, 'a'), { example: '0' });
    expect(await deskOf(runs).names()).toEqual(['a', 'b']);
    expect(await deskOf(join(runs, 'nowhere')).names()).toEqual([]);
  });
});
