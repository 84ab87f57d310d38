import { expect, test } from 'vitest';
import { CallProgress } from '../../src/conduct/call-progress.js';
import { ModelError } from '../../src/model/model-error.js';
import { Gate } from '../../src/pace/gate.js';
import type { AskEvent } from '../../src/run/ask.js';
import { refinementTask } from '../../src/run/task.js';
import { SimulatedClock } from '../pace/simulation.js';
import { type AttemptParts, attemptOf, FIRST, someExamples } from '../support/run-parts.js';

const BUSY = new ModelError('too many requests', { kind: 'transport', code: 'rate_limited', status: 429 });
const round = (count: number): AskEvent => ({
  type: 'round',
  tasks: someExamples(count).map((example) => refinementTask(example, FIRST)),
});
const saved = (parts: AttemptParts = {}, ended = true): AskEvent => ({
  ...{ type: 'saved', attempt: attemptOf(parts), ended },
});
const waiting = (waitMs: number): AskEvent => ({ type: 'waiting', example: '0', waitMs, fault: BUSY });

/** Progress on a clock that stands where it is told to. */
function scene(): { progress: CallProgress; at(ms: number): void } {
  let nowMs = 0;
  const progress = new CallProgress(() => nowMs);
  return {
    progress,
    at: (ms) => {
      nowMs = ms;
    },
  };
}

test('a call that has just begun has no rate and no end in sight', () => {
  expect(scene().progress.figures(null)).toMatchObject({
    ...{ total: 0, done: 0, perSecond: 0, leftMs: null, underWay: 0, waiting: null },
    spending: { sent: 0, costUsd: 0 },
  });
});

test('rounds add up, and what is left is told from what was done so far', () => {
  const { progress, at } = scene();
  progress.note(round(10));
  for (let count = 0; count < 4; count++) progress.note(saved());
  progress.note(saved({}, false));
  at(2000);
  expect(progress.figures(null)).toMatchObject({ total: 10, done: 4, perSecond: 2, leftMs: 3000 });
  progress.note(round(2));
  expect(progress.figures(null)).toMatchObject({ total: 12, done: 4, leftMs: 4000 });
  for (let count = 0; count < 8; count++) progress.note(saved());
  expect(progress.figures(null)).toMatchObject({ total: 12, done: 12, leftMs: 0 });
});

test('tokens and cost are those of all attempts since the call began; one of unknown cost makes the sum unknown', () => {
  const { progress } = scene();
  const usage = { promptTokens: 10, completionTokens: 5, cachedPromptTokens: 0, reasoningTokens: 0 };
  progress.note(saved({ usage, costUsd: 0.25 }));
  progress.note(saved({ usage, costUsd: 0.5, resend: 1 }));
  const { spending } = progress.figures(null);
  expect(spending).toMatchObject({ promptTokens: 20, completionTokens: 10, costUsd: 0.75, resent: 1 });
  progress.note(saved({ usage, costUsd: null }));
  expect(progress.figures(null).spending).toMatchObject({ promptTokens: 30, costUsd: null });
});

test('a wait is told for as long as it takes, and none of no length', () => {
  const { progress, at } = scene();
  progress.note(waiting(0));
  expect(progress.figures(null).waiting).toBeNull();
  progress.note(waiting(500));
  at(499);
  expect(progress.figures(null).waiting).toMatchObject({ waitMs: 500, fault: BUSY });
  at(500);
  expect(progress.figures(null).waiting).toBeNull();
});

test('requests under way are those of the gate', async () => {
  const options = { concurrency: 2, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs: 1000 };
  const gate = new Gate(options, new SimulatedClock());
  const pass = await gate.enter({ tokens: 1, again: false }, new AbortController().signal);
  expect(scene().progress.figures(gate).underWay).toBe(1);
  pass.leave({ type: 'unsent' });
  expect(scene().progress.figures(gate).underWay).toBe(0);
});
