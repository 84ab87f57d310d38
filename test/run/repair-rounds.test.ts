import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { type OwnedRun, ownRun } from '../../src/run/own-run.js';
import { roundsOfPending } from '../../src/run/pending-rounds.js';
import { readRun } from '../../src/run/read-run.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import type { RepairPolicy } from '../../src/run/repair.js';
import { repairsOf, roundsWithRepairs } from '../../src/run/repair-rounds.js';
import { readReplyFormat } from '../../src/run/run-prompt.js';
import type { NextRound, Task } from '../../src/run/task.js';
import { REPAIR_PROMPT } from '../support/repair-prompt.js';
import {
  type AttemptParts,
  answer,
  attemptOf,
  decisionOf,
  FIRST,
  makeRun,
  PROMPT,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';
import { intentOf, requestOf } from './batch/batch-parts.js';

const folder = temporaryFolder();
let runs = 0;
const HOW = { suite: DEFAULT_SUITE, prompt: REPAIR_PROMPT, again: FIRST };
const ONCE: RepairPolicy = { repair: 1, repairFlagged: false };
const NONE = new Set<string>();

/** A run of four with these attempts: numbered, and with a failing reply unless they say otherwise. */
async function runWith(...attempts: readonly AttemptParts[]): Promise<OwnedRun> {
  const run = await ownRun(await makeRun(join(folder, `run${runs++}`), someExamples(4)));
  onTestFinished(() => run.close());
  for (const parts of attempts) await reply(run, parts);
  return run;
}

async function reply(run: OwnedRun, parts: AttemptParts): Promise<void> {
  const own = run.attempts.filter(({ example }) => example === parts.example);
  await run.append(attemptOf({ attempt: own.length + 1, raw: 'A critique.', ...parts }));
}

const roundsOf = (run: OwnedRun, policy: Partial<RepairPolicy> = {}): NextRound =>
  roundsWithRepairs(roundsOfPending(run, FIRST), run, { ...ONCE, ...policy }, HOW);

const told = (tasks: readonly Task[]): string[] =>
  tasks.map(({ example, purpose }) => `${purpose} ${example.id}`);

const PROMPTS = (run: OwnedRun) => readdirSync(join(run.dir, 'prompts')).map((name) => name.slice(0, 64));

describe('rounds with repairs', () => {
  test('ask first what is pending, then repair what failed, each as often as it is wanted', async () => {
    const run = await runWith({ example: '1' });
    const next = roundsOf(run, { repair: 2 });
    expect(told(await next(NONE))).toEqual(['first 0', 'first 2', 'first 3']);
    await reply(run, { example: '0' });
    await reply(run, { example: '2', raw: answer('Better.') });
    await reply(run, { example: '3', raw: '' });
    expect(told(await next(NONE))).toEqual(['repair 0', 'repair 1', 'repair 3']);
    await reply(run, { example: '0', purpose: 'repair' });
    await reply(run, { example: '1', purpose: 'repair', raw: answer('Better.') });
    await reply(run, { example: '3', purpose: 'repair' });
    const again = await next(NONE);
    expect(told(again)).toEqual(['repair 0', 'repair 3']);
    expect(again.map(({ prompt, temperature }) => [prompt, temperature])).toEqual([
      [PROMPT.hash, 0.8],
      [PROMPT.hash, 0.8],
    ]);
    for (const example of ['0', '3']) await reply(run, { example, purpose: 'repair' });
    expect(await next(NONE)).toEqual([]);
  });

  test('repair at once when nothing is pending, and beside what is pending in later rounds', async () => {
    const run = await runWith({ example: '0' }, { example: '1' }, { example: '2' });
    expect(told(await roundsOf(run)(new Set(['3'])))).toEqual(['repair 0', 'repair 1', 'repair 2']);
    const next = roundsOf(run);
    expect(told(await next(NONE))).toEqual(['first 3']);
    expect(told(await next(NONE))).toEqual(['first 3', 'repair 0', 'repair 1', 'repair 2']);
    await reply(run, { example: '3' });
    expect(told(await next(NONE))).toEqual(['repair 0', 'repair 1', 'repair 2', 'repair 3']);
  });

  test('repair nothing when that is turned off, and flagged replies only where that is wanted', async () => {
    const examples = ['0', '1', '2', '3'];
    const run = await runWith(
      ...examples.map((example) => ({ example, raw: answer(`Original ${example}.`) })),
    );
    expect(await roundsOf(run)(NONE)).toEqual([]);
    const flagged = await roundsOf(run, { repairFlagged: true })(NONE);
    expect(told(flagged)).toEqual(examples.map((example) => `repair ${example}`));
    expect(await roundsOf(run, { repair: 0, repairFlagged: true })(NONE)).toEqual([]);
  });

  test('leave alone what is closed in this call, what a person decides meanwhile, and what is in a batch', async () => {
    const examples = ['0', '1', '2', '3'];
    const run = await runWith(...examples.map((example) => ({ example })));
    await run.noteBatch(intentOf({ purpose: 'repair', requests: [requestOf({ example: '2', attempt: 2 })] }));
    const next = roundsOf(run);
    await recordDecisions(run.dir, [decisionOf({ example: '1', action: 'reject' })]);
    expect(told(await next(new Set(['3'])))).toEqual(['repair 0']);
    expect(told(await repairsOf(await readRun(run.dir), ONCE, HOW))).toEqual(['repair 0', 'repair 3']);
    await run.noteBatch({
      ...{ v: 1, kind: 'abandoned', batch: 'b1', at: new Date().toISOString(), reason: 'because' },
    });
    expect(told(await next(new Set(['3'])))).toEqual(['repair 0', 'repair 2']);
  });

  test('save the prompt for repairs in the run before anything is asked with it, and only then', async () => {
    const run = await runWith(...['0', '1', '2', '3'].map((example) => ({ example })));
    await repairsOf(run, ONCE, HOW);
    expect(PROMPTS(run)).toEqual([PROMPT.hash]);
    await roundsOf(run)(NONE);
    expect(PROMPTS(run).sort()).toEqual([PROMPT.hash, REPAIR_PROMPT.hash].sort());
    expect(await readReplyFormat(run.dir, REPAIR_PROMPT.hash)).toBe('better-answer');
  });

  test('that only sample anew need no other prompt', async () => {
    const run = await runWith(
      ...['0', '1', '2', '3'].map((example) => ({ example })),
      ...['0', '1', '2', '3'].map((example) => ({ example, purpose: 'repair' as const })),
    );
    expect(await roundsOf(run, { repair: 2 })(NONE)).toHaveLength(4);
    expect(PROMPTS(run)).toEqual([PROMPT.hash]);
  });
});
