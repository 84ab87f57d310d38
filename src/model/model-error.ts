import type { OptionalParameter, TokenUsage } from './chat-model.js';
import type { LimitedResource, ToldLimits } from './rate-limit-headers.js';

/**
 * Who a failed request concerns, and therefore what becomes of it.
 *
 * - `run`: no other request would fare better (key, permission, unknown model, quota): stop at once.
 * - `example`: this example will never be answered (too long, filtered, malformed): an outcome.
 * - `capability`: the model refuses one parameter: leave it out, remember, ask again.
 * - `transport`: passing trouble; the same request may be sent again.
 */
export type ModelErrorKind = 'run' | 'example' | 'capability' | 'transport';

/** What exactly happened, as stable codes. */
export type ModelErrorCode =
  // run
  | 'unauthorized'
  | 'forbidden'
  | 'unknown_model'
  | 'quota_exhausted'
  /** The address leads elsewhere: a redirect, or no chat completions there. */
  | 'wrong_endpoint'
  /** A batch or a file that the server does not have, or no longer. */
  | 'not_found'
  /** A value of temperature or max_tokens that this model allows for no request. */
  | 'invalid_parameter'
  // example
  | 'bad_request'
  | 'too_large'
  | 'content_filter'
  | 'context_length'
  // capability
  | 'unsupported_parameter'
  // transport
  | 'rate_limited'
  | 'timeout'
  | 'conflict'
  | 'server_error'
  /** No connection was made, so that nothing was sent and nothing can be charged. */
  | 'unreachable'
  /** A connection that was made broke before the answer: the request may have been done, and charged. */
  | 'connection'
  | 'malformed_reply'
  /** A request in a batch that ended before its turn: never worked on, not charged. */
  | 'not_done'
  /** Not waited for any longer, because the user said so. */
  | 'given_up';

export interface ModelErrorFacts {
  readonly kind: ModelErrorKind;
  readonly code: ModelErrorCode;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the server tells of its rate limits beside the refusal. */
  readonly limits?: ToldLimits;
  /** Which limit a `rate_limited` is about, where that can be known. */
  readonly limitedBy?: LimitedResource;
  /** Tokens that a faulty answer was charged for, where it tells. */
  readonly usage?: TokenUsage;
  /** The refused parameter of a `capability` error. */
  readonly parameter?: OptionalParameter;
}

/** A request that brought no usable reply. The message is the server's words, with secrets removed. */
export class ModelError extends Error {
  readonly facts: ModelErrorFacts;

  constructor(message: string, facts: ModelErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelError';
    this.facts = facts;
  }
}
