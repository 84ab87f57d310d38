import { VERDICTS, type Verdict } from '../checks/index.js';
import type { LedgerEntry } from '../run/ledger.js';
import { formatCount } from './figures.js';
import { visible } from './visible.js';

/** What asking examples again has changed. */
export interface RetryChanges {
  /** The examples that were asked, in dataset order. */
  readonly examples: readonly ExampleChange[];
  /** How many examples went from one verdict to another, or kept it: the worst first. */
  readonly verdicts: readonly VerdictShift[];
  /** The checks that found something before or after, by name. */
  readonly checks: readonly CheckChange[];
}

/** What became of one example. */
export interface ExampleChange {
  readonly id: string;
  readonly before: Standing;
  readonly after: Standing;
}

/** What the attempt that counts amounts to. */
export interface Standing {
  /** null while the example is pending. */
  readonly verdict: Verdict | null;
  /** Number of the attempt that counts; null when none brought a reply. */
  readonly attempt: number | null;
  /** Ids of the checks that found something, once each. */
  readonly checks: readonly string[];
}

/** How many examples went from one verdict to another; null is none yet. */
export interface VerdictShift {
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  readonly examples: number;
}

/** In how many examples a check finds nothing more, still something, or something for the first time. */
export interface CheckChange {
  readonly check: string;
  readonly gone: number;
  readonly stayed: number;
  readonly appeared: number;
}

const STANDINGS: readonly (Verdict | null)[] = [...VERDICTS, null];

/**
 * Compares two ledgers of a run: before some of its examples were asked again, and after.
 *
 * @param asked ids of those examples
 */
export function changesOf(
  before: readonly LedgerEntry[],
  after: readonly LedgerEntry[],
  asked: ReadonlySet<string>,
): RetryChanges {
  const standings = new Map(before.map((entry) => [entry.example.id, standingOf(entry)]));
  const examples = after.flatMap((entry): ExampleChange[] => {
    const { id } = entry.example;
    const earlier = standings.get(id);
    return earlier === undefined || !asked.has(id) ? [] : [{ id, before: earlier, after: standingOf(entry) }];
  });
  return { examples, verdicts: verdictChanges(examples), checks: checkChanges(examples) };
}

function standingOf({ verdict, chosen }: LedgerEntry): Standing {
  return {
    verdict,
    attempt: chosen?.attempt.attempt ?? null,
    checks: [...new Set(chosen?.findings.map(({ check }) => check))],
  };
}

function verdictChanges(examples: readonly ExampleChange[]): VerdictShift[] {
  return STANDINGS.flatMap((before) =>
    STANDINGS.map((after) => ({
      before,
      after,
      examples: examples.filter(
        (change) => change.before.verdict === before && change.after.verdict === after,
      ).length,
    })),
  ).filter((change) => change.examples > 0);
}

function checkChanges(examples: readonly ExampleChange[]): CheckChange[] {
  const ids = new Set(examples.flatMap(({ before, after }) => [...before.checks, ...after.checks]));
  return [...ids].sort().map((check) => {
    const count = (was: boolean, is: boolean): number =>
      examples.filter(
        ({ before, after }) => before.checks.includes(check) === was && after.checks.includes(check) === is,
      ).length;
    return {
      check,
      gone: count(true, false),
      stayed: count(true, true),
      appeared: count(false, true),
    };
  });
}

/** The same for a terminal of 80 columns, a line each; none when nothing was asked. */
export function changeLines({ verdicts, checks }: RetryChanges): string[] {
  const name = (verdict: Verdict | null): string => verdict ?? 'pending';
  const width = Math.max(18, ...checks.map(({ check }) => visible(check).length));
  return [
    ...verdicts.map(({ before, after, examples }) =>
      tableRow(`${name(before)} -> ${name(after)}`, width, formatCount(examples)),
    ),
    ...(checks.length === 0 ? [] : ['', tableRow('', width, 'gone', 'stayed', 'appeared')]),
    ...checks.map(({ check, gone, stayed, appeared }) =>
      tableRow(visible(check), width, formatCount(gone), formatCount(stayed), formatCount(appeared)),
    ),
  ];
}

function tableRow(name: string, width: number, ...cells: readonly string[]): string {
  return `  ${name.padEnd(width)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}
