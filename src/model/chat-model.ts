import type { ToldLimits } from './rate-limit-headers.js';

/** One message of a chat request. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Parameters of a request that a model may refuse to accept, and that are then left out. */
export type OptionalParameter = 'temperature' | 'max_tokens';

/** One request, independent of any provider. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly temperature: number;
  /** The most tokens the completion may have. */
  readonly maxTokens: number;
  /** Parameters this model has refused before; they are not sent. */
  readonly omit: readonly OptionalParameter[];
}

/** Tokens as the server counted them. */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** The part of `promptTokens` served from the provider's cache. */
  readonly cachedPromptTokens: number;
  /** The part of `completionTokens` spent on hidden reasoning. */
  readonly reasoningTokens: number;
}

/** A usable answer: a 200 whose body was checked to be a chat completion. */
export interface ChatReply {
  readonly content: string;
  /** `stop`, `length`, `content_filter` or whatever the server says; null when it says nothing. */
  readonly finishReason: string | null;
  /** null when the server does not tell. */
  readonly usage: TokenUsage | null;
  /** The model that the server says answered; null when it does not say. */
  readonly servedModel: string | null;
  /** What the server tells of its rate limits beside the answer; absent where it tells nothing. */
  readonly limits?: ToldLimits | null;
}

/** Something that answers chat requests. The only way in which Burnish speaks to a model. */
export interface ChatModel {
  /** The name as the user gave it; part of the run's identity. */
  readonly name: string;
  /**
   * Sends one request, once: re-sending belongs to the caller.
   *
   * @throws ModelError for every refusal and fault; the signal's reason when it was aborted.
   */
  complete(request: ChatRequest, options: { readonly signal: AbortSignal }): Promise<ChatReply>;
  /** Closes idle connections. */
  close(): Promise<void>;
}
