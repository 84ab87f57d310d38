import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../src/run/attempt.js';
import { isAttemptAt, refinementTask, type Task } from '../../src/run/task.js';
import { attemptOf, FIRST, PROMPT, someExamples } from '../support/run-parts.js';

const [EXAMPLE] = someExamples(1) as [ReturnType<typeof someExamples>[number]];
const TASK = refinementTask(EXAMPLE, FIRST);

test('a refinement is asked for with its prompt and sampling, and its completion is as long as the response', () => {
  const long = { ...EXAMPLE, response: 'Original. '.repeat(100) };
  expect(refinementTask(long, { ...FIRST, purpose: 'retry', temperature: 0.9, maxTokens: 7 })).toMatchObject({
    ...{ example: long, purpose: 'retry', prompt: PROMPT.hash, temperature: 0.9, maxTokens: 7 },
    expectedCompletionTokens: 500,
  });
  expect(TASK.messages().at(-1)?.content).toBe('I: Ask 0? R: Original 0.');
});

describe('an attempt was made for a task', () => {
  const judge: Task = { ...TASK, purpose: 'judge', judged: { attempt: 2, order: 'original-first' } };
  const asked: Partial<Attempt> = { purpose: 'judge', judged: { attempt: 2, order: 'original-first' } };

  test.each<[string, Task, Partial<Attempt>]>([
    ['that is like it', TASK, {}],
    ['whatever became of it', TASK, { attempt: 3, resend: 2, session: 's2', maxTokens: 9 }],
    ['of a judge about the same texts in the same order', judge, asked],
  ])('%s', (_, task, parts) => {
    expect(isAttemptAt(task, { ...attemptOf(), ...parts })).toBe(true);
  });

  test.each<[string, Task, Partial<Attempt>]>([
    ['not one of another example', TASK, { example: '1' }],
    ['not one for another purpose', TASK, { purpose: 'repair' }],
    ['not one with another prompt', TASK, { prompt: 'f'.repeat(64) }],
    ['not one at another temperature', TASK, { temperature: 0.6 }],
    [
      'not of a judge about another attempt',
      judge,
      { ...asked, judged: { attempt: 1, order: 'original-first' } },
    ],
    ['nor in the other order', judge, { ...asked, judged: { attempt: 2, order: 'refined-first' } }],
  ])('%s', (_, task, parts) => {
    expect(isAttemptAt(task, { ...attemptOf(), ...parts })).toBe(false);
  });
});
