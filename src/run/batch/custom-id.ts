import { createHash } from 'node:crypto';

/**
 * The `custom_id` of a request: the attempt's number, and its example's id in a form that every server takes, however
 * long or strange the id is.
 */
export function customIdOf({
  example,
  attempt,
}: {
  readonly example: string;
  readonly attempt: number;
}): string {
  return `a${attempt}-${createHash('sha256').update(example).digest('hex').slice(0, 32)}`;
}
