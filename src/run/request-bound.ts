import type { ChatMessage, TokenUsage } from '../model/chat-model.js';
import { costOf, type Price } from '../model/prices.js';
import type { Attempt } from './attempt.js';
import { type Sent, sentKey } from './sent.js';

/** The most that a request can use. */
export interface RequestMost {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars; null when the price is unknown. */
  readonly usd: number | null;
}

/** The most tokens that messages can come to as a prompt. */
export type CountPrompt = (messages: readonly ChatMessage[]) => number;

/**
 * Bounds what a request can use: its prompt as counted, and the longest completion allowed. A server that counts more
 * than that, or does not keep to the limit, is believed from its first such answer on.
 */
export class RequestBound {
  readonly #countPrompt: CountPrompt;
  readonly #price: Price | null;
  readonly #counted = new WeakMap<readonly ChatMessage[], number>();
  #mostCompletionTokens: number;
  /** Prompt tokens by the server's count for one of ours; never below 1. */
  #excess = 1;

  constructor(maxTokens: number, countPrompt: CountPrompt, price: Price | null) {
    this.#mostCompletionTokens = maxTokens;
    this.#countPrompt = countPrompt;
    this.#price = price;
  }

  /** What to reserve for a request. */
  of(messages: readonly ChatMessage[]): RequestMost {
    return this.ofCounted(this.#count(messages));
  }

  /** The same where the prompt's tokens were counted before. */
  ofCounted(countedTokens: number): RequestMost {
    const promptTokens = Math.ceil(countedTokens * this.#excess);
    const completionTokens = this.#mostCompletionTokens;
    const usage = { promptTokens, completionTokens, cachedPromptTokens: 0 };
    return { promptTokens, completionTokens, usd: costOf(usage, this.#price) };
  }

  /** Learns from what the server counted. */
  learn(messages: readonly ChatMessage[], usage: TokenUsage): void {
    this.learnCounted(this.#count(messages), usage);
  }

  /** The same where the prompt's tokens were counted before. */
  learnCounted(countedTokens: number, usage: TokenUsage): void {
    this.#mostCompletionTokens = Math.max(this.#mostCompletionTokens, usage.completionTokens);
    this.#excess = Math.max(this.#excess, usage.promptTokens / Math.max(1, countedTokens));
  }

  #count(messages: readonly ChatMessage[]): number {
    const known = this.#counted.get(messages);
    if (known !== undefined) return known;
    const count = this.#countPrompt(messages);
    this.#counted.set(messages, count);
    return count;
  }
}

/** Lets a bound know what the server counted for earlier attempts at the same model. */
export function learnFromRun(bound: RequestBound, attempts: readonly Attempt[], sent: readonly Sent[]): void {
  const reserved = new Map(sent.map((line) => [sentKey(line), line.reserved.promptTokens]));
  for (const attempt of attempts) {
    const { usage } = attempt;
    if (usage !== null) bound.learnCounted(reserved.get(sentKey(attempt)) ?? usage.promptTokens, usage);
  }
}
