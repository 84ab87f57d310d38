import type { ModelErrorCode } from '../model/model-error.js';
import type { Attempt } from './attempt.js';

/** What the attempts of a run used. */
export interface Spending {
  /** Requests that were sent and whose answer or fault is known. */
  readonly sent: number;
  /** How many of them brought no reply. */
  readonly faults: number;
  /** How many of them were re-sendings. */
  readonly resent: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Replies whose server did not tell the tokens. */
  readonly repliesWithoutUsage: number;
  /** Requests without a reply or token counts that the server may have charged for all the same. */
  readonly maybeCharged: number;
  /** US dollars; null when the cost of any reply is unknown. What was maybe charged is not in it. */
  readonly costUsd: number | null;
}

/** Faults after which the model may have done its work, though nobody saw it. */
const MAYBE_CHARGED: ReadonlySet<string> = new Set<ModelErrorCode>([
  'timeout',
  'malformed_reply',
  'connection',
  'given_up',
]);

/** Adds up what attempts used. */
export function addUp(attempts: Iterable<Attempt>): Spending {
  let sent = 0;
  let faults = 0;
  let resent = 0;
  let maybeCharged = 0;
  let promptTokens = 0;
  let completionTokens = 0;
  let repliesWithoutUsage = 0;
  let costUsd: number | null = 0;
  for (const { reply, error, usage, resend, costUsd: cost } of attempts) {
    sent++;
    if (reply === null) faults++;
    if (resend > 0) resent++;
    if (usage === null && error !== null && MAYBE_CHARGED.has(error.code)) maybeCharged++;
    promptTokens += usage?.promptTokens ?? 0;
    completionTokens += usage?.completionTokens ?? 0;
    if (reply !== null && usage === null) repliesWithoutUsage++;
    if (cost !== null) costUsd = costUsd === null ? null : costUsd + cost;
    else if (reply !== null || usage !== null) costUsd = null;
  }
  return { sent, faults, resent, maybeCharged, promptTokens, completionTokens, repliesWithoutUsage, costUsd };
}
