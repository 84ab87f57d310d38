import type { TokenUsage } from '../model/chat-model.js';

/**
 * What stands in for measurements before there are any, worth about two requests: English has some four bytes a token,
 * and a refined response is about as long as the original.
 */
const FIRST_GUESS = { promptBytes: 8_000, promptTokens: 2_000, guessed: 1_000, completionTokens: 1_000 };
/** What a critique adds to the refined response, in tokens. */
const CRITIQUE_TOKENS = 250;
const BYTES_A_TOKEN = 4;

/** Sizes of a request that are known before it is sent, in bytes of UTF-8. */
export interface RequestSize {
  readonly promptBytes: number;
  /** Of the response that is to be refined. */
  readonly responseBytes: number;
}

/**
 * Guesses how many tokens a request will use, for limits on tokens a minute: first from its length, then from what the
 * server counted for earlier ones. A guess that is off is put right by the answer.
 */
export class TokenEstimate {
  readonly #maxTokens: number;
  readonly #sums = { ...FIRST_GUESS };

  /** @param maxTokens the most a completion may have */
  constructor(maxTokens: number) {
    this.#maxTokens = maxTokens;
  }

  /** Prompt and completion of a request, in tokens. */
  of(size: RequestSize): number {
    const { promptBytes, promptTokens, guessed, completionTokens } = this.#sums;
    const prompt = (size.promptBytes * promptTokens) / promptBytes;
    const completion = (guessCompletion(size) * completionTokens) / guessed;
    return Math.ceil(prompt + Math.min(this.#maxTokens, completion));
  }

  /** Learns from what the server counted. */
  learn(size: RequestSize, usage: TokenUsage): void {
    this.#sums.promptBytes += size.promptBytes;
    this.#sums.promptTokens += usage.promptTokens;
    this.#sums.guessed += guessCompletion(size);
    this.#sums.completionTokens += usage.completionTokens;
  }
}

function guessCompletion({ responseBytes }: RequestSize): number {
  return CRITIQUE_TOKENS + responseBytes / BYTES_A_TOKEN;
}
