import { commitmentOf, pricedBySettings } from '../run/commitment.js';
import type { RunRecord } from '../run/read-run.js';
import { formatCount, formatNumberOf, formatUsd } from './figures.js';

/** What a run's budget has left, and what may have been charged though no answer came, a line each; often none. */
export function commitmentLines(run: RunRecord): string[] {
  const { budgetUsd, budgetTokens } = run.manifest.settings;
  const { total, unanswered } = commitmentOf(run, pricedBySettings(run.manifest));
  const lines: string[] = [];
  if (unanswered.length > 0)
    lines.push(
      `  sent, but cut off before the answer: ${formatNumberOf(unanswered.length, 'request')}, maybe charged`,
    );
  if (budgetUsd !== null)
    lines.push(`  budget: ${formatUsd(total.usd)} of ${formatUsd(budgetUsd)} used or reserved`);
  if (budgetTokens !== null)
    lines.push(
      `  budget: ${formatCount(total.tokens)} of ${formatNumberOf(budgetTokens, 'token')} used or reserved`,
    );
  return lines;
}
