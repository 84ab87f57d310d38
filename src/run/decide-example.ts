import { shorten, UserError } from '../errors.js';
import { DECISION_VERSION, type DecisionLine } from './decision.js';
import type { LedgerEntry } from './ledger.js';
import { isUsableText } from './usable-text.js';

/** What a person wants for an example. */
export type Wish =
  /** Without a number: the attempt that counts. */
  | { readonly action: 'accept'; readonly attempt?: number | undefined }
  | { readonly action: 'reject' }
  | { readonly action: 'edit'; readonly text: string }
  /** Takes the latest decision back. */
  | { readonly action: 'undo' };

/**
 * The decision that a wish comes to.
 *
 * @param at when it was made, in ISO 8601
 * @throws UserError `usage` when there is nothing to accept or to take back, or the text cannot be used
 */
export function decideExample(entry: LedgerEntry, wish: Wish, at: string): DecisionLine {
  const common = { v: DECISION_VERSION, example: entry.example.id, at } as const;
  switch (wish.action) {
    case 'reject':
      return { ...common, action: 'reject' };
    case 'edit':
      return { ...common, action: 'edit', text: usableText(wish.text, `example ${entry.example.id}`) };
    case 'undo':
      if (entry.decision !== null) return { ...common, action: 'undo' };
      throw new UserError('usage', 'There is no decision to take back.', {
        where: `example ${entry.example.id}`,
      });
    case 'accept':
      return { ...common, action: 'accept', attempt: acceptable(entry, wish.attempt) };
  }
}

/**
 * A text as it goes into the training set.
 *
 * @throws UserError `usage`
 */
export function usableText(text: string, where: string): string {
  const trimmed = text.trim();
  if (isUsableText(trimmed)) return trimmed;
  throw new UserError('usage', 'The text cannot be used as a response.', {
    where,
    expected: 'some text, without NUL characters',
    found: shorten(trimmed),
  });
}

function acceptable({ example, assessed, chosen }: LedgerEntry, wanted: number | undefined): number {
  const attempt = wanted ?? chosen?.attempt.attempt;
  const usable = assessed.filter(({ parsed }) => isUsableText(parsed.candidate));
  const numbers = usable.map((one) => one.attempt.attempt);
  if (attempt !== undefined && numbers.includes(attempt)) return attempt;
  throw new UserError('usage', 'There is no refined response to accept.', {
    where: `example ${example.id}`,
    expected: `one of the attempts with a refined response: ${numbers.join(', ') || 'there is none'}`,
    found: attempt === undefined ? 'no reply at all' : `attempt ${attempt}`,
    hint: '`burnish diff --id ID` shows what there is; `burnish retry --ids ID` asks again.',
  });
}
