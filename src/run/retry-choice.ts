import type { Verdict } from '../checks/index.js';
import type { Attempt } from './attempt.js';
import type { LedgerEntry } from './ledger.js';
import type { Outcome } from './outcomes.js';

/** Which examples of a run are to be asked again: those in any of the states, where states are given. */
export interface RetryChoice {
  readonly verdicts: readonly Verdict[];
  readonly outcomes: readonly Outcome[];
  /** Ids of checks, of which one found something in the attempt that counts, however bad. */
  readonly checks: readonly string[];
  /** Only examples of which the latest request was sent then or later; null for all. */
  readonly since: Date | null;
}

/** What a choice comes to. */
export interface RetryChosen {
  readonly chosen: readonly LedgerEntry[];
  /** Fit the choice as well, but a person decided on them. */
  readonly decided: readonly LedgerEntry[];
}

/** Chooses from a ledger; what a person decided on is not asked again. */
export function chooseForRetry(
  ledger: readonly LedgerEntry[],
  attempts: readonly Attempt[],
  choice: RetryChoice,
): RetryChosen {
  const fitting = onlySince(ledger, attempts, choice.since).filter((entry) => isInState(entry, choice));
  return {
    chosen: fitting.filter(({ decision }) => decision === null),
    decided: fitting.filter(({ decision }) => decision !== null),
  };
}

/** The entries of which the latest request, other than a judge's, was sent at that time or later. */
export function onlySince(
  entries: readonly LedgerEntry[],
  attempts: readonly Attempt[],
  since: Date | null,
): LedgerEntry[] {
  if (since === null) return [...entries];
  const lately = new Set(
    attempts.flatMap(({ example, purpose, sentAt }) =>
      purpose !== 'judge' && Date.parse(sentAt) >= since.getTime() ? [example] : [],
    ),
  );
  return entries.filter(({ example }) => lately.has(example.id));
}

function isInState(
  { verdict, outcome, chosen }: LedgerEntry,
  { verdicts, outcomes, checks }: RetryChoice,
): boolean {
  if (verdicts.length + outcomes.length + checks.length === 0) return true;
  return (
    (verdict !== null && verdicts.includes(verdict)) ||
    outcomes.includes(outcome) ||
    (chosen?.findings.some(({ check }) => checks.includes(check)) ?? false)
  );
}
