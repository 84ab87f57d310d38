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
  /** The longest completion that was longer than allowed; 0 while there was none. */
  #overlong = 0;
  /** Prompt tokens by the server's count for one of ours; never below 1. */
  #excess = 1;

  constructor(countPrompt: CountPrompt, price: Price | null) {
    this.#countPrompt = countPrompt;
    this.#price = price;
  }

  /** What to reserve for a request. */
  of(messages: readonly ChatMessage[], maxTokens: number): RequestMost {
    return this.ofCounted(this.#count(messages), maxTokens);
  }

  /** The same where the prompt's tokens were counted before. */
  ofCounted(countedTokens: number, maxTokens: number): RequestMost {
    const promptTokens = Math.ceil(countedTokens * this.#excess);
    const completionTokens = Math.max(maxTokens, this.#overlong);
    const usage = { promptTokens, completionTokens, cachedPromptTokens: 0 };
    return { promptTokens, completionTokens, usd: costOf(usage, this.#price) };
  }

  /** Learns from what the server counted. */
  learn(messages: readonly ChatMessage[], maxTokens: number, usage: TokenUsage): void {
    this.learnCounted(this.#count(messages), maxTokens, usage);
  }

  /** The same where the prompt's tokens were counted before. */
  learnCounted(countedTokens: number, maxTokens: number, usage: TokenUsage): void {
    if (usage.completionTokens > maxTokens) this.#overlong = Math.max(this.#overlong, usage.completionTokens);
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
    const { usage, maxTokens } = attempt;
    if (usage === null) continue;
    bound.learnCounted(reserved.get(sentKey(attempt)) ?? usage.promptTokens, maxTokens, usage);
  }
}
