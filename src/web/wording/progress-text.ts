import { formatCount, formatDuration } from '../../report/figures.js';
import type { Progress } from '../api/api-types.js';

/** `120 of 1,000, 3.2 a second, 4m 35s left`; or why nothing is sent just now. */
export function describeProgress({ done, total, perSecond, leftMs, waiting }: Progress): string {
  const parts = [`${formatCount(done)} of ${formatCount(total)}`];
  if (waiting !== null) return [...parts, waiting].join(', ');
  if (perSecond > 0) parts.push(`${formatCount(Number(perSecond.toPrecision(2)))} a second`);
  if (leftMs !== null) parts.push(`${formatDuration(leftMs)} left`);
  return parts.join(', ');
}
