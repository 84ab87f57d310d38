import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { createDesk } from '../../src/server/desk.js';
import type { Calls } from '../../src/server/parts.js';
import { Problems } from '../../src/server/problem.js';
import { RunSummaries } from '../../src/server/run-summaries.js';
import { makeFolder } from '../support/cli.js';
import { attemptOf, makeRun, someExamples } from '../support/run-parts.js';

/** Summaries of runs with two examples each, of which the desk keeps a single one in memory. */
async function setUp(...names: readonly string[]) {
  const runsFolder = makeFolder();
  for (const name of names) await makeRun(join(runsFolder, name), someExamples(2));
  const onFault = (error: unknown): never => {
    throw error;
  };
  const room = { runs: 1, examples: 1000 };
  const desk = createDesk({ runsFolder, suiteOf: async () => DEFAULT_SUITE, onFault, room });
  const calls = {
    state: () => ({ call: 'idle', progress: null, failure: null }),
  } as unknown as Calls;
  const summaries = new RunSummaries({ runsFolder, desk, calls, problems: new Problems([runsFolder]) });
  const answer = (run: string, example: string): void =>
    appendFileSync(join(runsFolder, run, 'attempts.jsonl'), `${JSON.stringify(attemptOf({ example }))}\n`);
  return { runsFolder, desk, summaries, answer };
}

test('runs that were never read are, one after the other, once the list was asked for', async () => {
  const { summaries } = await setUp('a', 'b', 'c');
  const first = await summaries.list();
  expect(first.map(({ state, outcomes }) => [state, outcomes])).toEqual(Array(3).fill(['reading', null]));
  await vi.waitFor(async () => {
    for (const { state, outcomes } of await summaries.list())
      expect([state, outcomes?.pending]).toEqual(['interrupted', 2]);
  });
});

test('what a run holds is known when it is not in memory any more, until its files grow', async () => {
  const { desk, summaries, answer } = await setUp('a', 'b');
  await desk.open('a');
  expect((await summaries.of('a')).outcomes?.pending).toBe(2);
  await desk.open('b');
  await vi.waitFor(() => expect(desk.opened('a')).toBeUndefined());
  expect((await summaries.of('a')).outcomes?.pending).toBe(2);
  answer('a', '0');
  expect(await summaries.of('a')).toMatchObject({ state: 'reading', outcomes: null });
});

test('a run in memory is told of as its files are at this moment', async () => {
  const { desk, summaries, answer } = await setUp('a');
  await desk.open('a');
  for (const [example, pending] of [
    ['0', 1],
    ['1', 0],
  ] as const) {
    answer('a', example);
    expect((await summaries.of('a')).outcomes?.pending).toBe(pending);
  }
  expect((await summaries.of('a')).state).toBe('finished');
});

test('a run that cannot be read says why, hides no other, and is read once it is mended', async () => {
  const { runsFolder, desk, summaries } = await setUp('a', 'b');
  const open = vi.spyOn(desk, 'open');
  const path = join(runsFolder, 'a', 'selection.jsonl');
  const whole = readFileSync(path);
  rmSync(path);
  await vi.waitFor(async () => {
    const found = Object.fromEntries((await summaries.list()).map(({ run, ...summary }) => [run, summary]));
    expect(found).toMatchObject({
      a: { state: 'unreadable', problem: { code: 'run_damaged' } },
      b: { state: 'interrupted', problem: null },
    });
  });
  open.mockClear();
  await summaries.list();
  await new Promise((resolve) => setTimeout(resolve, 20));
  // What is known to be damaged is not read again and again.
  expect(open).not.toHaveBeenCalled();
  writeFileSync(path, whole);
  await vi.waitFor(async () => {
    const states = (await summaries.list()).map(({ state }) => state);
    expect(states).toEqual(['interrupted', 'interrupted']);
  });
});
