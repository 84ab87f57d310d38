import type { OptionalParameter, TokenUsage } from './chat-model.js';

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
  | 'connection'
  | 'malformed_reply'
  /** Not waited for any longer, because the user said so. */
  | 'given_up';

export interface ModelErrorFacts {
  readonly kind: ModelErrorKind;
  readonly code: ModelErrorCode;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
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
