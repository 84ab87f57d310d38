import { z } from 'zod';
import { isMetricName, MEASURED_PARTS } from './row-metric.js';

/** What rows are ranked by. */
const ranking = {
  by: z.string().refine(isMetricName, 'no metric that this version knows'),
  of: z.enum(MEASURED_PARTS),
};
/** Conditions that rows must fulfil to be considered at all; see `parseCondition`. */
const where = { where: z.array(z.string()) };

/** Which examples are chosen. Those with a blank response never are. */
export const selectionRuleSchema = z.discriminatedUnion('kind', [
  /** The N longest; of equals the earlier. */
  z.object({ kind: z.literal('top'), top: z.int().positive(), ...ranking, ...where }),
  /** The longest, so many per cent of all that could be chosen. */
  z.object({ kind: z.literal('share'), percent: z.number().positive().max(100), ...ranking, ...where }),
  /** All that are at least so long. */
  z.object({ kind: z.literal('min'), min: z.number(), ...ranking, ...where }),
  /** N at random: the same for the same seed and rows. */
  z.object({ kind: z.literal('random'), count: z.int().positive(), seed: z.int().nonnegative(), ...where }),
  z.object({ kind: z.literal('all'), ...where }),
  z.object({ kind: z.literal('ids'), ids: z.array(z.string()), ...where }),
]);

export type SelectionRule = z.infer<typeof selectionRuleSchema>;

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
