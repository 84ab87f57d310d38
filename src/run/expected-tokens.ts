import type { Example } from '../dataset/example.js';
import type { ChatMessage } from '../model/chat-model.js';
import { roughCounter, type TokenCounter } from '../model/count-tokens.js';
import type { Prompt } from '../prompt/prompt.js';
import type { PromptKind } from '../prompt/prompt-kind.js';
import type { Task } from './task.js';

/**
 * Tokens of a critique and the markers around the answer. The default prompt allows 150 words, and models take such a
 * limit lightly.
 */
const CRITIQUE_TOKENS = 250;

/**
 * Tokens that a completion will probably have: as many as the original response, after a critique where the prompt asks
 * for one. The 1,000 that were published with *Long Is More for Alignment* have 0.96 times those of their originals.
 */
export function expectCompletion(
  { response }: Example,
  { settings }: Pick<Prompt<PromptKind>, 'settings'>,
  counter: Pick<TokenCounter, 'count'>,
): number {
  const critique = settings.reply === 'better-answer' ? CRITIQUE_TOKENS : 0;
  return critique + counter.count(response);
}

/** What a request will probably use, prompt and completion, told from the lengths alone. */
export function expectTokens(
  messages: readonly ChatMessage[],
  { maxTokens, expectedCompletionTokens }: Pick<Task, 'maxTokens' | 'expectedCompletionTokens'>,
): number {
  return roughCounter.countMessages(messages) + Math.min(maxTokens, expectedCompletionTokens);
}
