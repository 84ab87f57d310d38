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
  /** Whether `measure` can come to so much: false is certain, true is not. For less work than `measure`. */
  mayReach(row: DatasetRow, least: number): boolean;
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
  const { measure, mayReach } = await load();
  if (of === 'response') {
    return {
      measure: ({ response }) => measure(response),
      mayReach: ({ response }, least) => mayReach(response, least),
    };
  }
  return {
    measure: ({ instruction, input, response }) => measure(instruction) + measure(input) + measure(response),
    // What the other two come to is less work to count than to bound well: they are short.
    mayReach: ({ instruction, input, response }, least) =>
      mayReach(response, least - measure(instruction) - measure(input)),
  };
}

function fieldMetric(field: string): RowMetric {
  const measure = ({ fields }: DatasetRow): number => {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    return typeof value === 'number' ? value : Number.NaN;
  };
  return { measure, mayReach: () => true };
}
