import type { Grade } from './labels.ts';
import type { Scores } from './score.ts';

/** What the checks are meant to reach on rows drawn at random, without an LLM. */
export interface Target {
  readonly grade: Grade;
  /** The share of the rows of this grade with the verdict `flag` or `fail`: at least this for bad rows, else at most. */
  readonly share: number;
}

export const TARGETS: readonly Target[] = [
  { grade: 'bad', share: 0.9 },
  { grade: 'minor', share: 0.2 },
  { grade: 'ok', share: 0.03 },
];

/** Whether the scores reach a target; null when no row could tell. */
export function isMet({ grade, share: target }: Target, scores: Scores): boolean | null {
  const share = scores.byGrade.find((score) => score.grade === grade)?.flagged.share ?? null;
  if (share === null) return null;
  return grade === 'bad' ? share >= target : share <= target;
}
