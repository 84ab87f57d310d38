import { GRADES, type Grade } from './labels.ts';
import type { MeasuredRow } from './measured-row.ts';
import { type Proportion, proportionOf } from './proportion.ts';

/** How many rows of a grade get a bad verdict. Of the bad ones all should, of the others none. */
export interface GradeScore {
  readonly grade: Grade;
  /** With the verdict `flag` or `fail`. */
  readonly flagged: Proportion;
  /** With the verdict `fail`. */
  readonly failed: Proportion;
}

/** How many of the rows with a label are flagged. */
export interface LabelScore {
  readonly label: string;
  readonly flagged: Proportion;
  /** The same among the bad ones of these rows. */
  readonly badFlagged: Proportion;
}

/** What one check contributes. */
export interface CheckScore {
  readonly check: string;
  /** Rows that it flags, by grade. */
  readonly flagged: Readonly<Record<Grade, number>>;
  /** Those of them that no other check flags. */
  readonly alone: Readonly<Record<Grade, number>>;
  /** The share of the bad ones among the rows that it flags. */
  readonly precision: Proportion;
}

/** How often two readers agree. */
export interface Agreement {
  /** On the grade. */
  readonly grade: Proportion;
  /** On bad or not bad. */
  readonly bad: Proportion;
}

/** The scores of a set of rows. */
export interface Scores {
  readonly rows: number;
  readonly byGrade: readonly GradeScore[];
  readonly byLabel: readonly LabelScore[];
  readonly byCheck: readonly CheckScore[];
  readonly agreement: Agreement;
}

/**
 * Scores the checks on rows whose grades are known.
 *
 * @param labels those to score, in the order that is wanted
 * @param checks ids of those to score, likewise
 */
export function scoreRows(
  rows: readonly MeasuredRow[],
  labels: readonly string[],
  checks: readonly string[],
): Scores {
  return {
    rows: rows.length,
    byGrade: GRADES.map((grade) => {
      const own = rows.filter((row) => row.grade === grade);
      return {
        grade,
        flagged: proportionWith(own, isFlagged),
        failed: proportionWith(own, ({ verdict }) => verdict === 'fail'),
      };
    }),
    byLabel: labels.map((label) => {
      const own = rows.filter((row) => row.labels.includes(label));
      const bad = own.filter(({ grade }) => grade === 'bad');
      return {
        label,
        flagged: proportionWith(own, isFlagged),
        badFlagged: proportionWith(bad, isFlagged),
      };
    }),
    byCheck: checks.map((check) => {
      const own = rows.filter((row) => row.checks.includes(check));
      return {
        check,
        flagged: countGrades(own),
        alone: countGrades(own.filter((row) => row.checks.length === 1)),
        precision: proportionWith(own, ({ grade }) => grade === 'bad'),
      };
    }),
    agreement: compareReaders(rows),
  };
}

/** The labels of the rows, the most frequent first; those that tell of the original (`orig_`) come last. */
export function labelsOf(rows: readonly MeasuredRow[]): string[] {
  const counts = new Map<string, number>();
  for (const label of rows.flatMap((row) => row.labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const tellsOfOriginal = (label: string): number => Number(label.startsWith('orig_'));
  return [...counts]
    .toSorted(
      ([one, oneCount], [other, otherCount]) =>
        tellsOfOriginal(one) - tellsOfOriginal(other) || otherCount - oneCount || (one < other ? -1 : 1),
    )
    .map(([label]) => label);
}

function compareReaders(rows: readonly MeasuredRow[]): Agreement {
  const twice = rows.filter(({ secondGrade }) => secondGrade !== null);
  return {
    grade: proportionWith(twice, ({ grade, secondGrade }) => grade === secondGrade),
    bad: proportionWith(twice, ({ grade, secondGrade }) => (grade === 'bad') === (secondGrade === 'bad')),
  };
}

function isFlagged({ verdict }: MeasuredRow): boolean {
  return verdict !== 'pass';
}

function proportionWith(rows: readonly MeasuredRow[], counts: (row: MeasuredRow) => boolean): Proportion {
  return proportionOf(rows.filter(counts).length, rows.length);
}

function countGrades(rows: readonly MeasuredRow[]): Record<Grade, number> {
  const counts = { bad: 0, minor: 0, ok: 0 };
  for (const { grade } of rows) counts[grade] += 1;
  return counts;
}
