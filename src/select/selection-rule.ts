import type { MeasuredPart } from './row-metric.js';

/** What rows are ranked by. */
interface Ranking {
  /** A name that `loadMetric` knows. */
  readonly by: string;
  readonly of: MeasuredPart;
}

/** Which examples are chosen. Those with a blank response never are. */
export type SelectionRule = (
  | /** The N longest; of equals the earlier. */ ({ readonly kind: 'top'; readonly top: number } & Ranking)
  | /** The longest, so many per cent of all that could be chosen. */ ({
      readonly kind: 'share';
      readonly percent: number;
    } & Ranking)
  | /** All that are at least so long. */ ({ readonly kind: 'min'; readonly min: number } & Ranking)
  | /** N at random: the same for the same seed and rows. */ {
      readonly kind: 'random';
      readonly count: number;
      readonly seed: number;
    }
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
) & {
  /** Conditions that rows must fulfil to be considered at all; see `parseCondition`. */
  readonly where: readonly string[];
};

/** A rule in a few words, to stand behind a number of examples. */
export function describeRule(rule: SelectionRule): string {
  const conditions = rule.where.map((condition) => `, where ${condition}`).join('');
  const measure =
    'by' in rule ? `${rule.by}${rule.of === 'all' ? ' of instruction, input and response' : ''}` : '';
  switch (rule.kind) {
    case 'top':
      return `the longest by ${measure}${conditions}`;
    case 'share':
      return `the longest ${rule.percent} % by ${measure}${conditions}`;
    case 'min':
      return `at least ${rule.min} ${measure}${conditions}`;
    case 'random':
      return `at random, seed ${rule.seed}${conditions}`;
    case 'all':
      return `all with a response${conditions}`;
    case 'ids':
      return `by id${conditions}`;
  }
}
