import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Breaker } from '../../src/pace/breaker.js';
import { Budget, BudgetSpent } from '../../src/pace/budget.js';
import { Gate } from '../../src/pace/gate.js';
import { StallWatch } from '../../src/pace/stall-watch.js';
import { type AskOptions, askExamples } from '../../src/run/ask.js';
import { commitmentOf } from '../../src/run/commitment.js';
import { type OwnedRun, ownRun } from '../../src/run/own-run.js';
import { refinementTask } from '../../src/run/task.js';
import { FIRST, makeRun, someExamples, temporaryFolder } from '../support/run-parts.js';
import { faultOf, replyOf, type ScriptedModel, scriptedModel } from '../support/scripted-model.js';

const folder = temporaryFolder();
let runs = 0;
const usage = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
  cachedPromptTokens: 0,
  reasoningTokens: 0,
});

const newRun = (count: number) => makeRun(join(folder, `run${runs++}`), someExamples(count));

/** Asks about all examples of a run with a budget in tokens; each request may use 100 and 64 of them. */
async function ask(
  run: OwnedRun,
  model: ScriptedModel,
  tokens: number | null,
  options: Partial<AskOptions> = {},
) {
  const maxWaitMs = 60_000;
  const pending = run.selection.filter(
    ({ id }) => !run.attempts.some(({ example, reply }) => example === id && reply !== null),
  );
  const tasks = pending.map((example) => refinementTask(example, FIRST));
  return askExamples(run, tasks, {
    model,
    price: { inputUsdPerMTok: 1000, outputUsdPerMTok: 1000 },
    gate: new Gate({ concurrency: 4, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs }),
    budget: new Budget({ tokens, usd: null }, commitmentOf(run).total),
    countPrompt: () => 100,
    maxWaitMs,
    breaker: new Breaker(),
    stalls: new StallWatch(),
    resends: { resends: 2, dearResends: 2, firstWaitMs: 0, longestWaitMs: 0 },
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    onEvent: () => {},
    ...options,
  });
}

describe('before a request is sent', () => {
  test('what it may use is written down, on the disk', async () => {
    const dir = await newRun(1);
    const run = await ownRun(dir);
    let written = '';
    const model = scriptedModel(() => {
      written = readFileSync(join(dir, 'sent.jsonl'), 'utf8');
      return replyOf('Better.', { usage: usage(90, 10) });
    });
    await ask(run, model, null);
    await run.close();
    expect(JSON.parse(written)).toEqual({
      v: 1,
      example: '0',
      attempt: 1,
      session: expect.any(String),
      model: 'small-model',
      reserved: { promptTokens: 100, completionTokens: 64, usd: 0.164 },
    });
  });

  test('nothing is sent that the budget has no room for; the rest is asked with a larger one', async () => {
    const dir = await newRun(10);
    const script = () => replyOf('Better.', { usage: usage(100, 20) });
    let run = await ownRun(dir);
    const small = scriptedModel(script);
    const spent = await ask(run, small, 500);
    await run.close();
    expect(spent).toBeInstanceOf(BudgetSpent);
    // After three answers 360 are used, and 164 more would be too much.
    expect(small.asked).toHaveLength(3);

    run = await ownRun(dir);
    const larger = scriptedModel(script);
    expect(await ask(run, larger, 10_000)).toBeNull();
    await run.close();
    expect(larger.asked).toHaveLength(7);
  });

  test('a server that counts more than was reserved is believed from its first answer on', async () => {
    const run = await ownRun(await newRun(20));
    const model = scriptedModel(() => replyOf('Better.', { usage: usage(300, 200) }));
    const gate = new Gate({ concurrency: 1, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs: 1 });
    expect(await ask(run, model, 2_600, { gate })).toBeInstanceOf(BudgetSpent);
    await run.close();
    expect(model.asked).toHaveLength(5);
    expect(run.sent.map(({ reserved }) => reserved.promptTokens + reserved.completionTokens)).toEqual([
      164, 500, 500, 500, 500,
    ]);
  });

  test('and a later call knows what it counted in an earlier one', async () => {
    const dir = await newRun(40);
    const script = () => replyOf('Better.', { usage: usage(300, 200) });
    let total = 0;
    for (let call = 0; call < 3; call++) {
      const run = await ownRun(dir);
      const model = scriptedModel(script);
      expect(await ask(run, model, 4_900)).toBeInstanceOf(BudgetSpent);
      await run.close();
      total += model.asked.length * 500;
    }
    expect(total).toBe(4_500);
  });

  test('while it is not known what the server counts, requests go one by one', async () => {
    const run = await ownRun(await newRun(12));
    const most: number[] = [];
    let underWay = 0;
    const model = scriptedModel(async () => {
      most.push(++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return replyOf('Better.', { usage: usage(1000, 5000) });
    });
    expect(await ask(run, model, 30_000)).toBeInstanceOf(BudgetSpent);
    await run.close();
    expect(most[0]).toBe(1);
    expect(most[1]).toBe(1);
    expect(Math.max(...most)).toBe(4);
    expect(model.asked).toHaveLength(5);
  });

  test('what an unanswered request may have used is kept back for good', async () => {
    const dir = await newRun(3);
    const run = await ownRun(dir);
    const model = scriptedModel(() => faultOf('transport', 'timeout'));
    const spent = await ask(run, model, 500);
    await run.close();
    expect(spent).toMatchObject({ used: { tokens: 492 } });
    expect(model.asked).toHaveLength(3);
  });

  test('a refusal that costs nothing gives its reservation back', async () => {
    const run = await ownRun(await newRun(8));
    const model = scriptedModel((example) =>
      example < 6 ? faultOf('example', 'context_length') : replyOf('Better.', { usage: usage(100, 20) }),
    );
    expect(await ask(run, model, 300)).toBeNull();
    await run.close();
    expect(model.asked).toHaveLength(8);
  });
});

test('a request lost with its process keeps its reservation, and its number is given again', async () => {
  const dir = await newRun(1);
  let run = await ownRun(dir);
  run.noteSent({
    v: 1,
    example: '0',
    attempt: 1,
    session: 's0',
    model: 'small-model',
    reserved: { promptTokens: 100, completionTokens: 64, usd: null },
  });
  await run.close();
  run = await ownRun(dir);
  const model = scriptedModel(() => replyOf('Better.', { usage: usage(100, 20) }));
  expect(await ask(run, model, 300)).toBeInstanceOf(BudgetSpent);
  expect(model.asked).toHaveLength(0);
  expect(await ask(run, model, 328)).toBeNull();
  expect(run.attempts).toMatchObject([{ example: '0', attempt: 1 }]);
  expect(commitmentOf(run)).toMatchObject({
    total: { tokens: 164 + 120 },
    unanswered: [{ session: 's0' }],
  });
  await run.close();
});

test('a request that the server has forgotten is given up and sent again', async () => {
  const run = await ownRun(await newRun(30));
  let nowMs = 0;
  const stalls = new StallWatch(() => nowMs);
  const model = scriptedModel((example, before, signal) => {
    if (example !== 25 || before > 0) return replyOf('Better.');
    setImmediate(() => {
      nowMs += 61_000;
      stalls.look();
    });
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  });
  expect(await ask(run, model, null, { stalls })).toBeNull();
  await run.close();
  const own = run.attempts.filter(({ example }) => example === '25');
  expect(own.map(({ error }) => error?.code)).toEqual(['timeout', undefined]);
  expect(own[0]?.error?.message).toContain('no answer after 61 s');
});

test('no request is sent before there is room for its attempt', async () => {
  const run = await ownRun(await newRun(3));
  const order: string[] = [];
  const slow: OwnedRun = {
    ...run,
    room: async () => {
      order.push('room');
    },
  };
  const model = scriptedModel((example) => {
    order.push(`sent ${example}`);
    return replyOf('Better.');
  });
  const gate = new Gate({ concurrency: 1, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs: 1 });
  await ask(slow, model, null, { gate });
  await run.close();
  expect(order[0]).toBe('room');
  expect(order.filter((step) => step === 'room').length).toBeGreaterThanOrEqual(3);
});

test('a pause that a busy server asks for holds back every request', async () => {
  const run = await ownRun(await newRun(3));
  const order: string[] = [];
  const gate = new Gate({
    concurrency: 1,
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxWaitMs: 60_000,
  });
  const pauses: number[] = [];
  const model = scriptedModel((example, before) => {
    order.push(`${example}.${before}`);
    return example === 0 && before === 0
      ? faultOf('transport', 'server_error', { status: 503, retryAfterMs: 300 })
      : replyOf('Better.');
  });
  await ask(run, model, null, {
    gate,
    onEvent: ({ type }) => {
      if (type === 'waiting') pauses.push(gate.state().pausedForMs);
    },
  });
  await run.close();
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toBeGreaterThan(100);
  expect(order[0]).toBe('0.0');
  expect(order).toHaveLength(4);
});
