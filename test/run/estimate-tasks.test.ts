import { expect, test } from 'vitest';
import { estimateTasks } from '../../src/run/estimate-tasks.js';
import { refinementTask, type Task } from '../../src/run/task.js';
import { FIRST, someExamples } from '../support/run-parts.js';

/** A message has ten tokens, and may have twelve. */
const counter = {
  countMessages: (messages: readonly unknown[]) => 10 * messages.length,
  mostInMessages: (messages: readonly unknown[]) => 12 * messages.length,
};
const PRICE = { inputUsdPerMTok: 1e6, outputUsdPerMTok: 1e7 };

const tasksOf = (...expected: number[]): Task[] =>
  someExamples(expected.length).map((example, index) => ({
    ...refinementTask(example, FIRST),
    expectedCompletionTokens: expected[index] ?? 0,
  }));

test('tasks use what their messages have and what they expect, at most what is allowed', () => {
  expect(estimateTasks(tasksOf(5, 1000), counter, PRICE)).toEqual({
    examples: 2,
    promptTokens: 40,
    completionTokens: 5 + 64,
    costUsd: 40 + 690,
    mostUsd: 48 + 2 * 640,
  });
});

test('what they cost is unknown without a price, and nothing when there are none', () => {
  expect(estimateTasks(tasksOf(5), counter, null)).toMatchObject({ costUsd: null, mostUsd: null });
  expect(estimateTasks([], counter, PRICE)).toMatchObject({ examples: 0, costUsd: 0, mostUsd: 0 });
});
