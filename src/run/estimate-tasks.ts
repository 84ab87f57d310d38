import type { TokenCounter } from '../model/count-tokens.js';
import { costOf, type Price } from '../model/prices.js';
import type { Estimate } from './estimate.js';
import type { Task } from './task.js';

/** What tasks will probably use. */
export type TaskEstimate = Omit<Estimate, 'basis'>;

/** Estimates what tasks will use, one answer each, from their messages and from the completions that they expect. */
export function estimateTasks(
  tasks: readonly Task[],
  counter: Pick<TokenCounter, 'countMessages' | 'mostInMessages'>,
  price: Price | null,
): TaskEstimate {
  let promptTokens = 0;
  let completionTokens = 0;
  let costUsd: number | null = price === null ? null : 0;
  let mostUsd = costUsd;
  const add = (sum: number | null, tokensIn: number, tokensOut: number): number | null => {
    const usage = { promptTokens: tokensIn, completionTokens: tokensOut, cachedPromptTokens: 0 };
    const cost = costOf(usage, price);
    return sum === null || cost === null ? null : sum + cost;
  };
  for (const task of tasks) {
    const messages = task.messages();
    const tokensIn = counter.countMessages(messages);
    const tokensOut = Math.min(task.maxTokens, task.expectedCompletionTokens);
    promptTokens += tokensIn;
    completionTokens += tokensOut;
    costUsd = add(costUsd, tokensIn, tokensOut);
    mostUsd = add(mostUsd, counter.mostInMessages(messages), task.maxTokens);
  }
  return { examples: tasks.length, promptTokens, completionTokens, costUsd, mostUsd };
}
