import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

const MS_OF: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const SPAN = /^(\d{1,6}(?:\.\d{1,6})?)([smhdw])$/;
const DATE_TIME =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?<zone>Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads a point in time: ISO 8601, by the local clock unless it names a zone, or a span before now.
 *
 * @example
 * pointInTime('2h'); pointInTime('2026-10-03'); pointInTime('2026-10-03T14:00Z');
 */
export function pointInTime(text: string, now = new Date()): Date {
  const [, count, unit = ''] = SPAN.exec(text) ?? [];
  if (count !== undefined) return new Date(now.getTime() - Number(count) * (MS_OF[unit] ?? 0));
  const { date = '', time = '00:00', zone = '' } = DATE_TIME.exec(text)?.groups ?? {};
  const point = new Date(`${date}T${time}${zone}`);
  // `Date` takes the 30th of February for the 2nd of March.
  if (z.iso.date().safeParse(date).success && !Number.isNaN(point.getTime())) return point;
  throw new InvalidArgumentError(
    'Expected a time like 2026-10-03 or 2026-10-03T14:00, or a span like 30m, 2h or 3d.',
  );
}
