import type { DatasetRow } from '../dataset/row-reader.js';
import { UserError } from '../errors.js';
import { textMeasures } from './text-measures.js';

/** Which texts of a row are measured: the response alone, or instruction, input and response together. */
export const MEASURED_PARTS = ['response', 'all'] as const;
export type MeasuredPart = (typeof MEASURED_PARTS)[number];

/** What rows are ranked by; the highest come first. */
export interface RowMetric {
  /** NaN for a row that cannot be measured. */
  measure(row: DatasetRow): number;
  /** A number that `measure` never exceeds, for less work. */
  bound(row: DatasetRow): number;
}

const FIELD = /^field:(.+)$/s;

/** Whether a name is one that `loadMetric` knows. */
export function isMetricName(name: string): boolean {
  return Object.hasOwn(textMeasures, name) || FIELD.test(name);
}

/** The names that `--by` takes, for messages. */
export const METRIC_NAMES = [...Object.keys(textMeasures), 'field:NAME'].join(', ');

/**
 * Makes a metric ready for use.
 *
 * @param by a text measure, or `field:NAME` for a numeric field of the row
 * @param of what a text measure adds up
 * @throws UserError for an unknown name
 */
export async function loadMetric(by: string, of: MeasuredPart): Promise<RowMetric> {
  const field = FIELD.exec(by)?.[1];
  if (field !== undefined) return fieldMetric(field);
  const load = Object.hasOwn(textMeasures, by) ? textMeasures[by] : undefined;
  if (load === undefined) {
    throw new UserError('usage', 'There is no such metric.', {
      expected: METRIC_NAMES,
      found: by,
      where: '--by',
    });
  }
  const { measure, bound } = await load();
  if (of === 'response') {
    return { measure: ({ response }) => measure(response), bound: ({ response }) => bound(response) };
  }
  const sum = (row: DatasetRow, one: (text: string) => number): number =>
    one(row.instruction) + one(row.input) + one(row.response);
  return { measure: (row) => sum(row, measure), bound: (row) => sum(row, bound) };
}

function fieldMetric(field: string): RowMetric {
  const measure = ({ fields }: DatasetRow): number => {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    return typeof value === 'number' ? value : Number.NaN;
  };
  return { measure, bound: measure };
}
