import type { Dataset, DatasetSummary } from '../dataset/dataset.js';
import type { Example } from '../dataset/example.js';
import { toExample } from '../dataset/row-reader.js';
import { UserError } from '../errors.js';
import type { LengthMetric } from './length-metric.js';
import { isBlankResponse, type SelectionRule, takerOf } from './taker.js';

/** The chosen examples, and how they were come by. */
export interface Selection {
  /** In dataset order. */
  readonly examples: readonly Example[];
  /** What the pass over the dataset found. */
  readonly dataset: DatasetSummary;
  /** Good rows whose response is not blank. Fewer than the rule's `top` means that all of them were taken. */
  readonly available: number;
  /** What lengths are measured by; null when the rule does not measure. */
  readonly metric: LengthMetric | null;
  /** The length of each example's response, beside `examples`; empty when the rule does not measure. */
  readonly lengths: readonly number[];
  /** The smallest of the lengths; null when the rule does not measure. */
  readonly threshold: number | null;
}

/**
 * Reads a dataset to its end and takes the examples that a rule asks for, in dataset order. Blank responses are
 * never taken: there is nothing to refine.
 *
 * @throws UserError when `top` is no positive integer, when an id is unknown, repeated or that of a blank
 * response, when no row has a response, and as reading does.
 */
export async function selectExamples(dataset: Dataset, rule: SelectionRule): Promise<Selection> {
  const taker = takerOf(rule);
  let available = 0;
  for await (const rows of dataset.batches()) {
    for (const row of rows) {
      if (!isBlankResponse(row)) available += 1;
      taker.see(row);
    }
  }
  const summary = dataset.summary();
  const taken = taker.taken(dataset.path);
  if (available === 0) {
    throw new UserError('dataset', 'There is nothing to select.', {
      expected: 'at least one row with a response',
      found: `no response in any of ${summary.rows} rows`,
      where: dataset.path,
    });
  }
  const lengths = taken.flatMap(({ length }) => length ?? []);
  return {
    examples: taken.map(({ row }) => toExample(row)),
    dataset: summary,
    available,
    metric: rule.kind === 'top' ? rule.by : null,
    lengths,
    threshold: lengths.length === 0 ? null : lengths.reduce((least, length) => Math.min(least, length)),
  };
}
