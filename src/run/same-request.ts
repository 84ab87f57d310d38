import { wasCut } from '../model/finish-reason.js';
import type { Prompt } from '../prompt/prompt.js';
import type { LedgerEntry } from './ledger.js';

/** What a request is made from, besides its example. */
export interface RequestParameters {
  readonly model: string;
  readonly prompt: Pick<Prompt, 'hash'>;
  readonly temperature: number;
  readonly maxTokens: number;
}

/**
 * Whether an example was answered before to the very request that is to be sent, without chance: then much the same
 * answer is to be expected. An answer that was cut goes on when more tokens are allowed.
 */
export function wouldAnswerTheSame(
  { assessed }: Pick<LedgerEntry, 'assessed'>,
  { model, prompt, temperature, maxTokens }: RequestParameters,
): boolean {
  if (temperature > 0) return false;
  return assessed.some(
    ({ attempt }) =>
      attempt.model === model &&
      attempt.prompt === prompt.hash &&
      attempt.temperature === 0 &&
      !attempt.omitted.includes('temperature') &&
      (attempt.maxTokens >= maxTokens || !wasCut(attempt.reply?.finishReason ?? null)),
  );
}
