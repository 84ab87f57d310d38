import { isDeepStrictEqual } from 'node:util';
import { bestVerdict, type CheckStamp, stampSuite, type Verdict } from '../checks/index.js';
import type { Attempt } from './attempt.js';
import type { LedgerEntry } from './ledger.js';
import type { RunRecord } from './read-run.js';
import { rememberedVerdict, type Snapshot } from './snapshot.js';
import type { CheckedWith } from './take-snapshot.js';

/** A value before and now; null where there is none. */
export interface Change<T> {
  readonly before: T;
  readonly now: T;
}

/** An example whose replies are judged otherwise than before. */
export interface VerdictChange extends Change<Verdict> {
  readonly id: string;
}

/** How the verdicts of a run differ from those of its last completed check, and what may have led to it. */
export interface VerdictChanges {
  /** When that check was. */
  readonly since: string;
  /** Of the replies that it saw; what was answered later is no change, by a judge neither. */
  readonly rows: readonly VerdictChange[];
  /** Checks that came, went, or have another version, severity or threshold. */
  readonly checks: readonly (Change<CheckStamp | null> & { readonly check: string })[];
  /** The SHA-256 of the checks file; null when it is the same. */
  readonly checksFile: Change<string | null> | null;
  /** The version of Burnish; null when it is the same. */
  readonly burnish: Change<string> | null;
}

/**
 * Compares a ledger with what the last completed check of the run said.
 *
 * @returns null when no check was completed yet
 */
export function findVerdictChanges(
  { manifest, attempts }: Pick<RunRecord, 'manifest' | 'attempts'>,
  ledger: readonly LedgerEntry[],
  checkedWith: CheckedWith,
): VerdictChanges | null {
  const before = manifest.snapshot;
  if (before === null) return null;
  const { suite, file, burnish } = checkedWith;
  return {
    since: before.at,
    rows: changedRows(before, attempts, ledger),
    checks: changedChecks(before.checks, stampSuite(suite)),
    checksFile: changeOf(before.checksFile?.sha256 ?? null, file?.sha256 ?? null),
    burnish: changeOf(before.burnish, burnish),
  };
}

function changedRows(
  snapshot: Snapshot,
  attempts: readonly Attempt[],
  ledger: readonly LedgerEntry[],
): VerdictChange[] {
  const places = new Map(attempts.map((attempt, place) => [attempt, place]));
  const judgedSince = new Set(
    attempts
      .slice(snapshot.verdicts.length)
      .flatMap(({ example, judged }) =>
        judged === undefined ? [] : [JSON.stringify([example, judged.attempt])],
      ),
  );
  return ledger.flatMap(({ example, assessed, decision }) => {
    const seen = assessed.flatMap(({ attempt, verdict: now }) => {
      const before = rememberedVerdict(snapshot, places.get(attempt) ?? -1);
      const isNews = judgedSince.has(JSON.stringify([example.id, attempt.attempt]));
      return before === undefined || isNews ? [] : [{ number: attempt.attempt, before, now }];
    });
    const accepted = seen.filter(
      ({ number }) => decision?.action === 'accept' && number === decision.attempt,
    );
    const counted = accepted.length > 0 ? accepted : seen;
    const before = bestVerdict(counted.map((one) => one.before));
    const now = bestVerdict(counted.map((one) => one.now));
    return before === undefined || now === undefined || before === now
      ? []
      : [{ id: example.id, before, now }];
  });
}

function changedChecks(before: readonly CheckStamp[], now: readonly CheckStamp[]): VerdictChanges['checks'] {
  const old = new Map(before.map((stamp) => [stamp.id, stamp]));
  const current = new Map(now.map((stamp) => [stamp.id, stamp]));
  return [...new Set([...current.keys(), ...old.keys()])].flatMap((check) => {
    const change = changeOf(old.get(check) ?? null, current.get(check) ?? null);
    return change === null ? [] : [{ check, ...change }];
  });
}

function changeOf<T>(before: T, now: T): Change<T> | null {
  return isDeepStrictEqual(before, now) ? null : { before, now };
}
