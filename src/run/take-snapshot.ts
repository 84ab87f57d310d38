import { type CheckSuite, stampSuite } from '../checks/index.js';
import type { Attempt } from './attempt.js';
import type { LedgerEntry } from './ledger.js';
import { type Snapshot, type StoredChecksFile, signOf } from './snapshot.js';

/** What a ledger is drawn up with. */
export interface CheckedWith {
  readonly suite: CheckSuite;
  /** Where the suite comes from; null for the catalogue as it is. */
  readonly file: StoredChecksFile | null;
  /** Version of Burnish. */
  readonly burnish: string;
}

/**
 * What is to be remembered of a check.
 *
 * @param attempts those that `ledger` was drawn up from, in their order
 */
export function takeSnapshot(
  attempts: readonly Attempt[],
  ledger: readonly LedgerEntry[],
  { suite, file, burnish }: CheckedWith,
  at: Date,
): Snapshot {
  const verdicts = new Map(
    ledger.flatMap(({ assessed }) => assessed.map(({ attempt, verdict }) => [attempt, verdict])),
  );
  return {
    at: at.toISOString(),
    burnish,
    checks: stampSuite(suite),
    checksFile: file,
    verdicts: attempts.map((attempt) => signOf(verdicts.get(attempt))).join(''),
  };
}
