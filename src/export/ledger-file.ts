import { writeFile } from 'node:fs/promises';
import { publishFile } from '../atomic-file.js';
import type { LedgerEntry } from '../run/ledger.js';

/** What an account of an example says, as data. */
export interface LedgerLine {
  readonly id: string;
  readonly row: number;
  readonly outcome: string;
  readonly verdict: string | null;
  readonly reason: string | null;
  /** Number of the attempt that counts, from 1. */
  readonly attempt: number | null;
  /** What that attempt was made for: `first`, `repair` or `retry`. */
  readonly purpose: string | null;
  /** How many repairs were made. */
  readonly repairs: number;
  readonly decision: string | null;
  /** Ids of the checks that found something. */
  readonly checks: readonly string[];
}

/** The account of one example as data. */
export function toLedgerLine({
  example,
  outcome,
  verdict,
  reason,
  chosen,
  repairs,
  decision,
}: LedgerEntry): LedgerLine {
  return {
    id: example.id,
    row: example.row,
    outcome,
    verdict,
    reason,
    attempt: chosen?.attempt.attempt ?? null,
    purpose: chosen?.attempt.purpose ?? null,
    repairs,
    decision: decision?.action ?? null,
    checks: [...new Set(chosen?.findings.map(({ check }) => check) ?? [])],
  };
}

/** Entries whose lines are written at once: the ledger of a large run is long, and others wait for their turn. */
const ENTRIES_AT_ONCE = 1000;

/** Writes the ledger as JSONL, one example a line, in dataset order. */
export async function writeLedger(path: string, ledger: readonly LedgerEntry[]): Promise<void> {
  await publishFile(path, (temporaryPath) => writeFile(temporaryPath, linesOf(ledger)));
}

function* linesOf(ledger: readonly LedgerEntry[]): Generator<string> {
  for (let start = 0; start < ledger.length; start += ENTRIES_AT_ONCE) {
    const some = ledger.slice(start, start + ENTRIES_AT_ONCE);
    yield some.map((entry) => `${JSON.stringify(toLedgerLine(entry))}\n`).join('');
  }
}
