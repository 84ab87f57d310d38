import { type Finding, type Verdict, verdictOf } from '../../src/checks/index.ts';
import { shorten, UserError } from '../../src/errors.ts';
import type { LabelledRow } from './labels.ts';

/** A labelled row, and what the checks say of it. */
export interface MeasuredRow extends LabelledRow {
  readonly verdict: Verdict;
  /** The checks whose findings made it `flag` or `fail`, each once, in their order. */
  readonly checks: readonly string[];
}

/** The checks with a finding that is worse than a note, each once, in their order. */
export function flaggingChecks(findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter(({ severity }) => severity !== 'note').map(({ check }) => check))];
}

/**
 * Puts labels and findings together.
 *
 * @param findings by id, of every pair
 * @throws UserError `dataset` when a labelled row is not among the pairs
 */
export function measureRows(
  labelled: readonly LabelledRow[],
  findings: ReadonlyMap<string, readonly Finding[]>,
): MeasuredRow[] {
  const missing = labelled.filter(({ id }) => !findings.has(id));
  const [first] = missing;
  if (first !== undefined) {
    throw new UserError('dataset', 'The labels name rows that the pairs do not have.', {
      expected: `ids of the ${findings.size} pairs`,
      found: `${shorten(first.id)}${missing.length === 1 ? '' : ` and ${missing.length - 1} more`}`,
      hint: 'Give the two files that were labelled, with --original and --refined',
    });
  }
  return labelled.map((row) => {
    const own = findings.get(row.id) ?? [];
    return { ...row, verdict: verdictOf(own), checks: flaggingChecks(own) };
  });
}
