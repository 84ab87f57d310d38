import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SUITE } from '../../../src/checks/index.js';
import { BudgetSpent } from '../../../src/pace/budget.js';
import { limitExamples } from '../../../src/run/limit-examples.js';
import type { OwnedRun } from '../../../src/run/own-run.js';
import { roundsOfPending } from '../../../src/run/pending-rounds.js';
import { roundsWithRepairs } from '../../../src/run/repair-rounds.js';
import type { NextRound } from '../../../src/run/task.js';
import type { BatchScript, Reply } from '../../support/batch-script.js';
import { REPAIR_PROMPT } from '../../support/repair-prompt.js';
import { FIRST, temporaryFolder } from '../../support/run-parts.js';
import { type BatchScene, type Called, goodReply, numberIn, setBatchScene } from './batch-scene.js';

const folder = temporaryFolder();
const FAILED: Reply = { content: 'A critique.' };
const isRepair = (message: string): boolean => message.includes(' F: ');

/** Replies that fail for these examples until a repair is asked for. */
const repairable =
  (...examples: readonly string[]) =>
  (message: string): Reply =>
    examples.includes(numberIn(message)) && !isRepair(message) ? FAILED : goodReply(message);

async function scene(count: number, script: BatchScript): Promise<BatchScene> {
  const made = await setBatchScene(folder, count, script);
  onTestFinished(() => made.server.close());
  return made;
}

const rounds =
  (repair: number, limit?: number) =>
  (run: OwnedRun): NextRound =>
    limitExamples(limit)(
      roundsWithRepairs(
        roundsOfPending(run, FIRST),
        run,
        { repair, repairFlagged: false },
        { suite: DEFAULT_SUITE, prompt: REPAIR_PROMPT, again: FIRST },
      ),
    );

/** Purpose, prompt, temperature and examples of each batch. */
const described = ({ batches }: Called) =>
  batches.map(({ intent: { purpose, prompt, temperature, requests } }) => [
    purpose,
    prompt === REPAIR_PROMPT.hash ? 'repair' : 'own',
    temperature,
    requests.map(({ example }) => example).join(),
  ]);

describe('repairs in batches', () => {
  test('are a batch of their own after the first one', async () => {
    const it = await scene(5, { reply: repairable('1', '3') });
    const called = await it.call({ rounds: rounds(1) });
    expect(called.end).toBeNull();
    expect(called.outcomes).toEqual(Array(5).fill('refined'));
    expect(described(called)).toEqual([
      ['first', 'own', 0.5, '0,1,2,3,4'],
      ['repair', 'repair', 0.5, '1,3'],
    ]);
    expect(called.attempts.slice(5)).toMatchObject([
      { attempt: 2, resend: 0, purpose: 'repair', prompt: REPAIR_PROMPT.hash },
      { attempt: 2, resend: 0, purpose: 'repair', prompt: REPAIR_PROMPT.hash },
    ]);
  });

  test('go on batch after batch while they fail, then by sampling anew', async () => {
    const it = await scene(3, {
      reply: (message) => (numberIn(message) === '1' ? FAILED : goodReply(message)),
    });
    const called = await it.call({ rounds: rounds(3) });
    expect(called.outcomes[1]).toMatch(/^kept: no_answer/);
    expect(described(called)).toEqual([
      ['first', 'own', 0.5, '0,1,2'],
      ['repair', 'repair', 0.5, '1'],
      ['repair', 'own', 0.8, '1'],
      ['repair', 'own', 0.8, '1'],
    ]);
    // Each is a request of its own, not the one before sent again.
    expect(called.attempts.slice(3).map(({ attempt, resend }) => [attempt, resend])).toEqual([
      [2, 0],
      [3, 0],
      [4, 0],
    ]);
    expect((await it.call({ rounds: rounds(3) })).attempts).toHaveLength(called.attempts.length);
  });

  test('wait at the server beside what is sent again, since each round may take a day', async () => {
    const it = await scene(4, { reply: repairable('1'), fates: [{ refuse: { 2: 500 } }] });
    const called = await it.call({ rounds: rounds(1) });
    expect(called.outcomes).toEqual(Array(4).fill('refined'));
    expect(described(called)).toEqual([
      ['first', 'own', 0.5, '0,1,2,3'],
      ['first', 'own', 0.5, '2'],
      ['repair', 'repair', 0.5, '1'],
    ]);
    const kinds = called.events.flatMap(({ type }) =>
      type === 'placed' || type === 'collected' ? [type] : [],
    );
    expect(kinds.slice(2, 4)).toEqual(['placed', 'placed']);
  });

  test('that a batch leaves open are sent again', async () => {
    const it = await scene(3, { reply: repairable('0', '2'), fates: [{}, { refuse: { 1: 503 } }] });
    const called = await it.call({ rounds: rounds(1) });
    expect(called.outcomes).toEqual(Array(3).fill('refined'));
    const own = called.attempts.filter(({ example }) => example === '2');
    expect(own.map(({ purpose, attempt, resend }) => [purpose, attempt, resend])).toEqual([
      ['first', 1, 0],
      ['repair', 2, 0],
      ['repair', 3, 1],
    ]);
    expect(called.ledger[2]?.repairs).toBe(1);
  });

  test('of a batch that expired without anything done are made by the next call', async () => {
    const it = await scene(3, { reply: repairable('1'), fates: [{}, { end: 'expired', worked: 0 }] });
    const first = await it.call({ rounds: rounds(1) });
    expect(first.end).toBeNull();
    expect(first.ledger[1]?.repairs).toBe(0);
    expect(first.outcomes[1]).toMatch(/^kept/);
    const { outcomes } = await it.call({ rounds: rounds(1) });
    expect(outcomes).toEqual(Array(3).fill('refined'));
  });

  test('are left to the server when the call is stopped, and collected by the next one', async () => {
    const it = await scene(3, { reply: repairable('0', '1'), fates: [{}, { polls: null }] });
    const stop = new AbortController();
    const isUnderWay = () => it.server.batches.at(-1)?.status === 'in_progress';
    const first = await it.call({
      rounds: rounds(1),
      stop: stop.signal,
      onEvent: ({ type }) =>
        type === 'seen' && it.server.counts.batches === 2 && isUnderWay() && stop.abort(),
    });
    expect(first.batches.at(-1)?.end).toBeNull();
    it.server.finish();
    const { outcomes, batches } = await it.call({ rounds: rounds(1) });
    expect(outcomes).toEqual(Array(3).fill('refined'));
    expect(batches).toHaveLength(2);
    expect(Object.values(it.server.counts.byMessage)).toEqual(Array(5).fill(1));
  });

  test.each(['uploaded', 'created', 'collected'])(
    'of a process that was killed before "%s" was noted are asked once',
    async (kind) => {
      const it = await scene(3, { reply: repairable('0', '1') });
      await it.call({
        rounds: rounds(1),
        before: (run) => {
          const note = run.noteBatch;
          let isDead = false;
          run.noteBatch = async (entry) => {
            const { intent } = run.batches.find(({ intent }) => intent.batch === entry.batch) ?? {};
            isDead ||= entry.kind === kind && intent?.purpose === 'repair';
            if (isDead) throw new Error('dead');
            await note(entry);
          };
        },
      });
      const { outcomes } = await it.call({ rounds: rounds(1) });
      expect(outcomes).toEqual(Array(3).fill('refined'));
      expect(Object.values(it.server.counts.byMessage)).toEqual(Array(5).fill(1));
      expect(it.server.counts.batches).toBe(2);
    },
  );

  test('keep within the budget, and go on with a larger one', async () => {
    const it = await scene(3, { reply: repairable('0', '1', '2') });
    // A request may use 164 tokens and does use 18.
    for (const [tokens, attempts] of [
      [200, 3],
      [230, 4],
    ] as const) {
      const called = await it.call({ rounds: rounds(1), budget: { tokens, usd: null } });
      expect(called.end).toBeInstanceOf(BudgetSpent);
      expect(called.attempts).toHaveLength(attempts);
    }
    const { outcomes } = await it.call({ rounds: rounds(1), budget: { tokens: 9_000, usd: null } });
    expect(outcomes).toEqual(Array(3).fill('refined'));
    expect(Object.values(it.server.counts.byMessage)).toEqual(Array(6).fill(1));
  });

  test('of a pilot are only those of what it asked', async () => {
    const it = await scene(4, { reply: repairable('0', '1', '2', '3') });
    const called = await it.call({ rounds: rounds(1, 2) });
    expect(called.outcomes).toEqual(['refined', 'refined', 'pending', 'pending']);
    expect(described(called).map(([purpose, , , examples]) => [purpose, examples])).toEqual([
      ['first', '0,1'],
      ['repair', '0,1'],
    ]);
  });
});

test('single requests leave repairs alone that are in a batch', async () => {
  const it = await scene(2, { reply: repairable('0', '1'), fates: [{}, { polls: null }] });
  const stop = new AbortController();
  await it.call({
    rounds: rounds(1, 1),
    stop: stop.signal,
    onEvent: ({ type }) => type === 'seen' && it.server.counts.batches === 2 && stop.abort(),
  });
  let due: readonly string[] | null = null;
  await it.call({
    stop: AbortSignal.abort(),
    before: async (run) => {
      const tasks = await rounds(1)(run)(new Set(['1']));
      due = tasks.map(({ example }) => example.id);
    },
  });
  expect(due).toEqual([]);
});
