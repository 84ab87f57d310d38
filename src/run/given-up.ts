import type { ModelErrorCode } from '../model/model-error.js';
import type { Attempt } from './attempt.js';

/** An attempt, with its place in the run. */
export interface PlacedAttempt {
  readonly attempt: Attempt;
  /** Place among all attempts of the run. */
  readonly place: number;
}

/**
 * Why what was asked without a reply is not asked again: what its latest attempt says that settles anything; null while
 * none does, so that it must still be asked.
 *
 * @param own all attempts at it, oldest first
 * @param lastReplies as `lastReplyOfSessions` finds them
 */
export function whyGivenUp(
  own: readonly PlacedAttempt[],
  lastReplies: ReadonlyMap<string, number>,
): string | null {
  for (const placed of own.toReversed()) {
    const reason = reasonAfter(placed, own, lastReplies);
    if (reason !== null) return reason;
  }
  return null;
}

/**
 * An example is given up only when the server refused it for good, or when it ran out of re-sendings while others were
 * being answered: what nobody got an answer to was an outage, and a rate limit is no example's fault either.
 */
function reasonAfter(
  { attempt, place }: PlacedAttempt,
  own: readonly PlacedAttempt[],
  lastReplies: ReadonlyMap<string, number>,
): string | null {
  const { error, resend, resendsLeft, session } = attempt;
  if (error === null) return null;
  if (error.kind === 'example') {
    return `refused by the server: ${error.code}: ${error.message}`;
  }
  if (error.kind !== 'transport' || resendsLeft > 0 || NOBODYS_FAULT.has(error.code)) return null;
  const first = own.findLast(
    (earlier) =>
      earlier.place <= place && earlier.attempt.resend === 0 && earlier.attempt.session === session,
  );
  if ((lastReplies.get(session) ?? -1) < (first?.place ?? place)) return null;
  return `no reply after ${resend + 1} sendings: ${error.code}: ${error.message}`;
}

const NOBODYS_FAULT: ReadonlySet<string> = new Set<ModelErrorCode>(['rate_limited', 'given_up']);

/**
 * How many repairs of an example were made: what brought a reply, and what is given up, each as a whole. A repair that
 * met an outage or a rate limit was not made.
 *
 * @param own all attempts of the example, oldest first
 */
export function countRepairs(
  own: readonly PlacedAttempt[],
  lastReplies: ReadonlyMap<string, number>,
): number {
  const repairs = own.filter(({ attempt }) => attempt.purpose === 'repair');
  return repairs.filter(
    (placed) => placed.attempt.reply !== null || reasonAfter(placed, repairs, lastReplies) !== null,
  ).length;
}

/** The attempts of each example, oldest first. */
export function groupByExample(attempts: readonly Attempt[]): Map<string, PlacedAttempt[]> {
  const groups = new Map<string, PlacedAttempt[]>();
  for (const [place, attempt] of attempts.entries()) {
    const group = groups.get(attempt.example);
    if (group === undefined) groups.set(attempt.example, [{ attempt, place }]);
    else group.push({ attempt, place });
  }
  return groups;
}

/** For each session, the place of the last attempt that brought a reply. */
export function lastReplyOfSessions(attempts: readonly Attempt[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, attempt] of attempts.entries()) {
    if (attempt.reply !== null) places.set(attempt.session, place);
  }
  return places;
}
