import type { Dataset, DatasetSummary } from '../dataset/dataset.js';
import type { Example } from '../dataset/example.js';
import { type DatasetRow, toExample } from '../dataset/row-reader.js';
import { UserError } from '../errors.js';
import { parseCondition } from './condition.js';
import { loadMetric } from './row-metric.js';
import type { SelectionRule } from './selection-rule.js';
import {
  isBlankResponse,
  type Measuring,
  type Taker,
  takeAll,
  takeAtLeast,
  takeAtRandom,
  takeIds,
  takeLongest,
} from './taker.js';

/** The rows that are as long as the shortest chosen one. */
export interface Ties {
  readonly length: number;
  /** How many there are. */
  readonly rows: number;
  /** Ids of those that were chosen: the earliest. */
  readonly chosen: readonly string[];
}

/** The chosen examples, and how they were come by. */
export interface Selection {
  /** In dataset order. */
  readonly examples: readonly Example[];
  /** What the pass over the dataset found. */
  readonly dataset: DatasetSummary;
  /** Rows that could be chosen: good ones with a response that fulfil every condition. */
  readonly available: number;
  /** The length of each example, beside `examples`; empty when the rule does not measure. */
  readonly lengths: readonly number[];
  /** The smallest of the lengths; null when the rule does not measure. */
  readonly threshold: number | null;
  /** null when the rule does not rank. */
  readonly ties: Ties | null;
  /** How many rows have which length; only of some unless `everyLength` was asked for. */
  readonly lengthCounts: ReadonlyMap<number, number>;
}

export interface SelectOptions {
  /** Measure rows even where a bound shows that they are too short, for a picture of all lengths. */
  readonly everyLength?: boolean;
}

/**
 * Reads a dataset to its end and takes the examples that a rule asks for, in dataset order. Blank responses are
 * never taken: there is nothing to refine.
 *
 * @throws UserError when an id is unknown, repeated or cannot be chosen, when a row has no number to be ranked by,
 *   when no row could be chosen, and as reading does.
 */
export async function selectExamples(
  dataset: Dataset,
  rule: SelectionRule,
  { everyLength = false }: SelectOptions = {},
): Promise<Selection> {
  const conditions = rule.where.map(parseCondition);
  const canBeChosen = (row: DatasetRow): boolean =>
    !isBlankResponse(row) && conditions.every((fulfilled) => fulfilled(row));
  const lengthCounts = new Map<number, number>();
  const taker = await takerOf(rule, dataset, canBeChosen, lengthCounts, everyLength);
  const available = await showRows(dataset, taker, canBeChosen);
  const taken = taker.taken();
  if (taken.length === 0) {
    throw new UserError('dataset', 'There is nothing to select.', {
      expected: `at least one row with a response${rule.where.length > 0 ? ' for which every --where holds' : ''}${rule.kind === 'min' ? `, of at least ${rule.min} ${rule.by}` : ''}`,
      found: `none among ${dataset.summary().rows} rows`,
      where: dataset.path,
    });
  }
  const lengths = taken.flatMap(({ length }) => length ?? []);
  const threshold = lengths.length === 0 ? null : lengths.reduce((least, length) => Math.min(least, length));
  const ranks = rule.kind === 'top' || rule.kind === 'share';
  return {
    examples: taken.map(({ row }) => toExample(row, dataset.summary().shape)),
    dataset: dataset.summary(),
    available,
    lengths,
    threshold,
    ties:
      threshold === null || !ranks
        ? null
        : {
            length: threshold,
            rows: lengthCounts.get(threshold) ?? 0,
            chosen: taken.filter(({ length }) => length === threshold).map(({ row }) => row.id),
          },
    lengthCounts,
  };
}

/** Shows a taker every row of a dataset; returns how many could be chosen. */
async function showRows(
  dataset: Dataset,
  taker: Taker,
  canBeChosen: (row: DatasetRow) => boolean,
): Promise<number> {
  let available = 0;
  for await (const rows of dataset.batches()) {
    for (const row of rows) {
      if (canBeChosen(row)) {
        available += 1;
        taker.see(row);
      } else {
        taker.passOver?.(row);
      }
    }
  }
  return available;
}

async function takerOf(
  rule: SelectionRule,
  dataset: Dataset,
  canBeChosen: (row: DatasetRow) => boolean,
  lengthCounts: Map<number, number>,
  every: boolean,
): Promise<Taker> {
  const measuring = async ({ by, of }: Extract<SelectionRule, { by: string }>): Promise<Measuring> => ({
    metric: await loadMetric(by, of),
    onLength: (length) => lengthCounts.set(length, (lengthCounts.get(length) ?? 0) + 1),
    every,
    path: dataset.path,
    by,
  });
  switch (rule.kind) {
    case 'top':
      return takeLongest(rule.top, await measuring(rule));
    case 'share': {
      // How many a share of all is, only a pass over all can tell.
      const available = await showRows(dataset, { see: () => {}, taken: () => [] }, canBeChosen);
      return takeLongest(Math.max(1, Math.round((available * rule.percent) / 100)), await measuring(rule));
    }
    case 'min':
      return takeAtLeast(rule.min, await measuring(rule));
    case 'random':
      return takeAtRandom(rule.count, rule.seed);
    case 'all':
      return takeAll();
    case 'ids':
      return takeIds(rule.ids, dataset.path);
  }
}
