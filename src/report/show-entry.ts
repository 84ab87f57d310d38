import { changedShare } from '../diff/changed-share.js';
import type { Attempt } from '../run/attempt.js';
import type { LedgerEntry } from '../run/ledger.js';
import type { Version } from './compare.js';
import { countWords } from './comparison-list.js';
import { formatCount, formatShare } from './figures.js';
import type { ShownExample, ShownRequest } from './shown-example.js';

/** What is shown beside what always is. */
export interface EntryDetails {
  /** What the model wrote before the refined response. */
  readonly critique: boolean;
  /** The request that was sent; null for not. */
  readonly request: ShownRequest | null;
}

/**
 * An entry of a run as it is shown whole.
 *
 * @param version which of its texts is shown
 * @param attempts all requests that were sent for it, oldest first
 */
export function showEntry(
  entry: LedgerEntry,
  version: Version,
  attempts: readonly Attempt[],
  { critique, request }: EntryDetails,
): ShownExample {
  const { example, outcome, reason, chosen, decision } = entry;
  const { attempt, refined, findings, parsed } = version;
  const isCurrent = decision?.action === 'edit' ? attempt === null : attempt === (chosen?.attempt ?? null);
  // Without a decision the reason is what the findings say.
  const isTold = isCurrent && decision === null && chosen !== null;
  return {
    id: example.id,
    facts: [
      outcome,
      ...(isCurrent ? [] : [`attempt ${attempt?.attempt}`]),
      ...changeFacts(example.response, refined),
    ],
    instruction: example.instruction,
    input: example.input,
    original: example.response,
    refined,
    findings,
    attempts:
      attempts.length < 2 ? '' : attempts.map((one) => attemptText(one, one === attempt, entry)).join(', '),
    reason: isTold || !isCurrent ? null : reason,
    reply: refined === null ? replyText(attempt) : null,
    critique: critique ? (parsed?.critique ?? null) : null,
    request,
  };
}

/** How much changed, in a few words each; nothing without a refined response. */
export function changeFacts(original: string, refined: string | null): string[] {
  if (refined === null) return [];
  const words = [original, refined].map((text) => formatCount(countWords(text)));
  return [
    `${formatShare(changedShare(original, refined))} of the words changed`,
    `${words.join(' > ')} words`,
  ];
}

function attemptText(
  { attempt, purpose, judged, error }: Attempt,
  isShown: boolean,
  { assessed }: LedgerEntry,
): string {
  const verdict = assessed.find((one) => one.attempt.attempt === attempt)?.verdict;
  const what = judged === undefined ? purpose : `${purpose} of ${judged.attempt}`;
  return [`${attempt} ${what}`, verdict ?? error?.code ?? '', isShown ? '(shown)' : '']
    .filter(Boolean)
    .join(' ');
}

/** What came back that is no refined response. */
function replyText(attempt: Attempt | null): string | null {
  if (attempt === null) return null;
  const { reply, error } = attempt;
  return reply !== null ? reply.content : error === null ? null : `none: ${error.code}: ${error.message}`;
}
