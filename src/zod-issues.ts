import type { z } from 'zod';

/** What does not fit a schema, in one line: the first fault, and how many more there are. */
export function describeIssues({ issues }: z.ZodError): string {
  const [first] = issues;
  if (first === undefined) return 'nothing';
  const where = first.path.length === 0 ? '' : `${first.path.join('.')}: `;
  const more = issues.length === 1 ? '' : ` (and ${issues.length - 1} more)`;
  return `${where}${first.message}${more}`;
}
