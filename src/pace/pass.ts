import type { LimitedResource, ToldLimits } from '../model/rate-limit-headers.js';

/** How a request ended that the gate let through. */
export type PassEnd =
  /** `tokens`: what it used, null when the server does not tell. */
  | { readonly type: 'answered'; readonly tokens: number | null; readonly limits: ToldLimits | null }
  /** HTTP 429. `words`: what the server said. */
  | {
      readonly type: 'refused';
      readonly retryAfterMs: number | null;
      readonly limitedBy: LimitedResource | null;
      readonly limits: ToldLimits | null;
      readonly words: string;
    }
  /** No answer, or a server's fault: a sign of overload. */
  | { readonly type: 'failed'; readonly retryAfterMs: number | null; readonly limits: ToldLimits | null }
  | { readonly type: 'unsent' };

/** The leave to send one request. */
export interface Pass {
  /** To be called exactly once. */
  leave(end: PassEnd): void;
}
