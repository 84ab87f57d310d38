import { UserError } from '../errors.js';
import type { BudgetSpent } from '../pace/budget.js';
import { formatCount, formatUsd } from '../report/figures.js';

/** Why a call ended at the budget of its run. */
export function budgetFailure({ needed, used, limits }: BudgetSpent): UserError {
  const inUsd = limits.usd !== null && (used.usd ?? 0) + (needed.usd ?? 0) > limits.usd;
  const tokens = (count: number): string => `${formatCount(count)} tokens`;
  const [next, sum, limit] = inUsd
    ? [formatUsd(needed.usd), formatUsd(used.usd), formatUsd(limits.usd)]
    : [tokens(needed.tokens), tokens(used.tokens), tokens(limits.tokens ?? 0)];
  return new UserError('budget_spent', 'The run has reached its budget. What was not asked stays pending.', {
    expected: `room for the next request, which may take ${next}`,
    found: `${sum} of ${limit} used or reserved`,
    hint: 'Go on with a larger budget.',
  });
}
