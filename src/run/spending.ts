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
  /** The part of `promptTokens` that came from the provider's cache. */
  readonly cachedPromptTokens: number;
  /** The part of `completionTokens` that went into hidden reasoning. */
  readonly reasoningTokens: number;
  /** Replies whose server did not tell the tokens. */
  readonly repliesWithoutUsage: number;
  /** Requests without a reply or token counts that the server may have charged for all the same. */
  readonly maybeCharged: number;
  /** US dollars; null when the cost of any reply is unknown. What was maybe charged is not in it. */
  readonly costUsd: number | null;
}

/** Faults after which the model may have done its work, though nobody saw it. */
const MAYBE_CHARGED_CODES: ReadonlySet<string> = new Set<ModelErrorCode>([
  'timeout',
  'malformed_reply',
  'connection',
  'given_up',
]);

/**
 * Statuses that leave the same open: 200 with an answer that was withheld or is none, and those of a gateway that
 * passed the request on and lost the answer (520 and 524 are Cloudflare's).
 */
const MAYBE_CHARGED_STATUSES: ReadonlySet<number> = new Set([200, 502, 504, 520, 524]);

/**
 * Whether a request may have been charged though nobody told how much: its usage is unknown, and it was answered, or may
 * have been.
 */
export function mayBeCharged({ error, usage }: Pick<Attempt, 'error' | 'usage'>): boolean {
  if (usage !== null) return false;
  if (error === null) return true;
  if (MAYBE_CHARGED_CODES.has(error.code)) return true;
  // A provider's package may fail over an answer that it has received, and then tells no status.
  if (error.status === null) return error.code === 'server_error';
  return MAYBE_CHARGED_STATUSES.has(error.status);
}

/** A sum that grows attempt by attempt; its fields are what was used so far. */
export class SpendingSum implements Spending {
  sent = 0;
  faults = 0;
  resent = 0;
  promptTokens = 0;
  completionTokens = 0;
  cachedPromptTokens = 0;
  reasoningTokens = 0;
  repliesWithoutUsage = 0;
  maybeCharged = 0;
  costUsd: number | null = 0;

  add(attempt: Attempt): void {
    const { reply, usage, resend, costUsd } = attempt;
    this.sent += 1;
    if (reply === null) this.faults += 1;
    if (resend > 0) this.resent += 1;
    if (reply === null && mayBeCharged(attempt)) this.maybeCharged += 1;
    if (reply !== null && usage === null) this.repliesWithoutUsage += 1;
    if (usage !== null) {
      this.promptTokens += usage.promptTokens;
      this.completionTokens += usage.completionTokens;
      this.cachedPromptTokens += usage.cachedPromptTokens;
      this.reasoningTokens += usage.reasoningTokens;
    }
    if (costUsd !== null) this.costUsd = this.costUsd === null ? null : this.costUsd + costUsd;
    else if (reply !== null || usage !== null) this.costUsd = null;
  }
}

/** Adds up what attempts used. */
export function addUp(attempts: Iterable<Attempt>): Spending {
  const sum = new SpendingSum();
  for (const attempt of attempts) sum.add(attempt);
  return { ...sum };
}

/** Adds up by model or by purpose, in the order in which they first occur. */
export function spendingBy<Key extends 'model' | 'purpose'>(
  attempts: readonly Attempt[],
  key: Key,
): Map<Attempt[Key], Spending> {
  const groups = Map.groupBy(attempts, (attempt) => attempt[key]);
  return new Map([...groups].map(([name, group]) => [name, addUp(group)]));
}

/** What a refined example cost on average, in US dollars; null when that is unknown or none is refined. */
export function costPerRefined(costUsd: number | null, refined: number): number | null {
  return costUsd === null || refined === 0 ? null : costUsd / refined;
}
