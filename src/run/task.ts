import type { Example } from '../dataset/example.js';
import type { ChatMessage } from '../model/chat-model.js';
import { roughCounter } from '../model/count-tokens.js';
import type { Prompt } from '../prompt/prompt.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import type { Attempt, AttemptPurpose } from './attempt.js';
import { expectCompletion } from './expected-tokens.js';

/** One thing to ask about an example. Several may concern the same example at once. */
export interface Task {
  readonly example: Example;
  readonly purpose: AttemptPurpose;
  /** Hash of the prompt, which must be saved in the run. */
  readonly prompt: string;
  readonly temperature: number;
  /** Most tokens of the completion. */
  readonly maxTokens: number;
  /** Tokens that the completion will probably have. */
  readonly expectedCompletionTokens: number;
  /** What a judge is asked about; absent in every other task. */
  readonly judged?: NonNullable<Attempt['judged']>;
  /** Rendered when needed: those of all tasks at once would take much memory. */
  messages(): readonly ChatMessage[];
}

/**
 * Says what to ask next, when nothing that was asked is open any more; empty for nothing.
 *
 * @param closed ids of the examples that this call must not ask again
 */
export type NextRound = (closed: ReadonlySet<string>) => Promise<readonly Task[]>;

/** A single round. */
export function oneRound(tasks: readonly Task[]): NextRound {
  const rounds = [tasks];
  return async () => rounds.shift() ?? [];
}

/** How an example is asked for a better response. */
export interface Asking extends Pick<Task, 'purpose' | 'temperature' | 'maxTokens'> {
  readonly prompt: Prompt;
}

/** Asks for a better response to an example. */
export function refinementTask(example: Example, { prompt, purpose, temperature, maxTokens }: Asking): Task {
  return {
    example,
    purpose,
    prompt: prompt.hash,
    temperature,
    maxTokens,
    expectedCompletionTokens: expectCompletion(example, prompt, roughCounter),
    messages: () => renderPrompt(prompt, example),
  };
}

/** Whether an attempt was made for a task like this one, so that the task goes on where it ended. */
export function isAttemptAt(task: Task, attempt: Attempt): boolean {
  return (
    attempt.example === task.example.id &&
    attempt.purpose === task.purpose &&
    attempt.prompt === task.prompt &&
    attempt.temperature === task.temperature &&
    attempt.judged?.attempt === task.judged?.attempt &&
    attempt.judged?.order === task.judged?.order
  );
}
