import type { NextRound } from './task.js';

/**
 * Keeps rounds to a number of examples in all, whatever is asked about them: those that come up first.
 *
 * @param most undefined for no limit
 * @returns what makes such rounds of others; all that it makes share the number
 */
export function limitExamples(most: number | undefined): (nextRound: NextRound) => NextRound {
  if (most === undefined) return (nextRound) => nextRound;
  const asked = new Set<string>();
  return (nextRound) => async (closed) => {
    const tasks = await nextRound(closed);
    return tasks.filter(({ example: { id } }) => {
      if (asked.size < most) asked.add(id);
      return asked.has(id);
    });
  };
}
