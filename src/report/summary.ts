import type { BudgetSpent } from '../pace/budget.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import { OUTCOMES } from '../run/outcomes.js';
import type { RunRecord } from '../run/read-run.js';
import { addUp } from '../run/spending.js';
import { formatCount, formatNumberOf, formatUsd } from './figures.js';
import { excerpt, visible } from './visible.js';

/** What an outcome means, in a few words. */
const MEANINGS: Record<(typeof OUTCOMES)[number], string> = {
  refined: 'the refined response',
  kept: 'the original response',
  dropped: 'left out',
  blocked: 'left out until somebody looks',
  pending: 'not answered yet',
};

/** The outcomes of a run, a line each; those that did not occur are left out. */
export function outcomeLines(ledger: readonly LedgerEntry[]): string[] {
  const counts = countOutcomes(ledger);
  return OUTCOMES.filter((outcome) => counts[outcome] > 0).map(
    (outcome) => `  ${outcome.padEnd(8)} ${formatCount(counts[outcome]).padStart(7)}   ${MEANINGS[outcome]}`,
  );
}

/** How many examples each check found something in, most first. */
export function checkLines(ledger: readonly LedgerEntry[]): string[] {
  const counts = new Map<string, number>();
  for (const { chosen } of ledger) {
    for (const key of new Set(
      chosen?.findings.map(({ check, severity }) => `${check.padEnd(18)} ${severity}`),
    )) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([key, count]) => `  ${formatCount(count).padStart(5)}  ${key}`);
}

/** The examples that did not end as refined, a line each, with the reason. */
export function reasonLines(ledger: readonly LedgerEntry[], columns: number, limit: number): string[] {
  const entries = ledger.filter(({ outcome, reason }) => outcome !== 'refined' && reason !== null);
  const width = Math.max(2, ...entries.map(({ example }) => visible(example.id).length));
  const lines = entries.slice(0, limit).map(({ example, outcome, reason }) => {
    const head = `  ${visible(example.id).padStart(width)}  ${outcome.padEnd(7)}  `;
    return head + excerpt(reason ?? '', Math.max(20, columns - head.length));
  });
  return entries.length > limit ? [...lines, `  ... and ${formatCount(entries.length - limit)} more`] : lines;
}

/** Why a run stopped at its budget, and what to do. */
export function budgetLines({ needed, used, limits }: BudgetSpent): string[] {
  const inUsd = limits.usd !== null && (used.usd ?? 0) + (needed.usd ?? 0) > limits.usd;
  const [flag, next, sum, limit] = inUsd
    ? ['--budget', formatUsd(needed.usd), formatUsd(used.usd), formatUsd(limits.usd)]
    : [
        '--budget-tokens',
        formatCount(needed.tokens),
        formatCount(used.tokens),
        formatCount(limits.tokens ?? 0),
      ];
  return [
    `stopped at the budget: ${sum} of ${limit} used or reserved;`,
    `              the next request may take ${next}. With a larger ${flag} it goes on.`,
  ];
}

/** One line: requests, tokens, cost. */
export function spendingLine(run: Pick<RunRecord, 'attempts'>): string {
  const { sent, faults, promptTokens, completionTokens, costUsd, repliesWithoutUsage, maybeCharged } = addUp(
    run.attempts,
  );
  const parts = [
    `${formatNumberOf(sent, 'request')}${faults === 0 ? '' : ` (${formatCount(faults)} without a reply)`}`,
    promptTokens + completionTokens === 0 && repliesWithoutUsage > 0
      ? 'tokens unknown'
      : `${formatCount(promptTokens)} tokens in, ${formatCount(completionTokens)} out`,
    `cost ${formatUsd(costUsd)}`,
  ];
  if (repliesWithoutUsage > 0) parts.push(`token counts missing for ${formatCount(repliesWithoutUsage)}`);
  if (maybeCharged > 0)
    parts.push(`maybe also charged: ${formatNumberOf(maybeCharged, 'request')} without an answer`);
  return parts.join(', ');
}
