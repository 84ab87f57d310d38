import type { Attempt } from '../run/attempt.js';
import { addUp, costPerRefined, type Spending, spendingBy } from '../run/spending.js';
import { formatCount, formatNumberOf, formatUsd } from './figures.js';
import { excerpt } from './visible.js';

/** Width of the first column: with it the table has 74 columns. */
const NAME_WIDTH = 26;

/** What a run used, for `--json`. */
export interface SpendingData extends Spending {
  readonly byModel: Readonly<Record<string, Spending>>;
  readonly byPurpose: Readonly<Record<string, Spending>>;
  /** US dollars; null when unknown, or when nothing is refined. */
  readonly perRefinedUsd: number | null;
}

/**
 * What a run used, as a table for 80 columns: in all, by model, by purpose, and for each refined example.
 *
 * @param refined how many examples are refined
 */
export function spendingLines(attempts: readonly Attempt[], refined: number): string[] {
  if (attempts.length === 0) return ['  nothing was sent yet'];
  const total = addUp(attempts);
  return [
    row('', 'requests', 'tokens in', 'tokens out', 'cost'),
    spendingRow('in all', total),
    ...[...spendingBy(attempts, 'model')].map(([model, spending]) => spendingRow(model, spending)),
    ...[...spendingBy(attempts, 'purpose')].map(([purpose, spending]) => spendingRow(purpose, spending)),
    ...perRefinedLines(total, refined),
    ...noteLines(total),
  ];
}

/** The same as data. */
export function spendingData(attempts: readonly Attempt[], refined: number): SpendingData {
  const total = addUp(attempts);
  return {
    ...total,
    byModel: Object.fromEntries(spendingBy(attempts, 'model')),
    byPurpose: Object.fromEntries(spendingBy(attempts, 'purpose')),
    perRefinedUsd: costPerRefined(total.costUsd, refined),
  };
}

function spendingRow(name: string, spending: Spending): string {
  const { sent, promptTokens, completionTokens, costUsd } = spending;
  const tokens = (count: number): string => tokensText(count, spending);
  return row(name, formatCount(sent), tokens(promptTokens), tokens(completionTokens), formatUsd(costUsd));
}

/** A sum that lacks some replies has a plus; one that lacks all is unknown. */
function tokensText(count: number, { repliesWithoutUsage }: Spending): string {
  if (repliesWithoutUsage === 0) return formatCount(count);
  return count === 0 ? 'unknown' : `${formatCount(count)}+`;
}

function row(name: string, ...cells: string[]): string {
  const [requests = '', tokensIn = '', tokensOut = '', cost = ''] = cells;
  const widths = [requests.padStart(9), tokensIn.padStart(14), tokensOut.padStart(13), cost.padStart(10)];
  return `  ${excerpt(name, NAME_WIDTH).padEnd(NAME_WIDTH)}${widths.join('')}`;
}

function perRefinedLines({ costUsd }: Spending, refined: number): string[] {
  if (refined === 0) return [];
  const each = formatUsd(costPerRefined(costUsd, refined));
  return [`  for each of ${formatNumberOf(refined, 'refined example')}: ${each}`];
}

function noteLines(total: Spending): string[] {
  const { cachedPromptTokens, reasoningTokens, repliesWithoutUsage, maybeCharged } = total;
  return [
    ...(cachedPromptTokens === 0 ? [] : [`  tokens in: ${formatCount(cachedPromptTokens)} from the cache`]),
    ...(reasoningTokens === 0 ? [] : [`  tokens out: ${formatCount(reasoningTokens)} of hidden reasoning`]),
    ...(repliesWithoutUsage === 0
      ? []
      : [`  unknown or "+": ${formatCount(repliesWithoutUsage)} of the replies came without token counts`]),
    ...(maybeCharged === 0
      ? []
      : [`  maybe also charged: ${formatNumberOf(maybeCharged, 'request')} without an answer`]),
  ];
}
