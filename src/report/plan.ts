import type { BudgetLeft, Plan } from '../conduct/plan.js';
import { formatCompact, formatCount, formatDuration, formatNumberOf, formatUsd } from './figures.js';
import { excerpt } from './visible.js';

/** The plan for a terminal of 80 columns, a line each. */
export function planLines(plan: Plan): string[] {
  const { estimate, judging, counter, budgetUsd, budgetTokens } = plan;
  const { promptTokens, completionTokens, basis } = estimate;
  const { due } = plan.repairs;
  const parts = [estimate, due, ...(judging === null ? [] : [judging])];
  const costUsd = parts.reduce<number | null>(
    (sum, part) => (sum === null || part.costUsd === null ? null : sum + part.costUsd),
    0,
  );
  const tokens = parts.reduce((sum, part) => sum + part.promptTokens + part.completionTokens, 0);
  const about = counter.exact && basis === 'responses' ? '' : 'about ';
  const estimated =
    basis === 'responses' ? 'from the lengths of the responses' : "from this run's replies so far";
  return [
    `examples:  ${examplesText(plan)}`,
    `in:        ${about}${formatNumberOf(promptTokens, 'token')} (counted as ${counter.encoding})`,
    `out:       about ${formatNumberOf(completionTokens, 'token')} (${estimated})`,
    ...costLines(plan),
    ...repairLines(plan),
    ...judgingLines(plan),
    `time:      ${timeText(plan)}`,
    ...(budgetUsd === null ? [] : [budgetLine(budgetUsd, costUsd, formatUsd)]),
    ...(budgetTokens === null
      ? []
      : [
          budgetLine(
            budgetTokens,
            tokens,
            (tokens) => `${tokens === null ? 'unknown' : formatCount(tokens)} tokens`,
          ),
        ]),
  ];
}

/** The same as data. */
export function planData(plan: Plan): object {
  const { estimate, counter, ...rest } = plan;
  return { ...estimate, encoding: counter.encoding, exact: counter.exact, ...rest };
}

function timeText({ batch, timeMs }: Plan): string {
  if (batch) return 'within a day, by the Batch API';
  return timeMs === null ? 'unknown' : `about ${formatDuration(timeMs)}`;
}

function examplesText({ estimate, settled, later }: Plan): string {
  return [
    `${formatCount(estimate.examples)} to ask`,
    ...(settled === 0 ? [] : [`${formatCount(settled)} answered before`]),
    ...(later === 0 ? [] : [`${formatCount(later)} left for later`]),
  ].join('; ');
}

function costLines({ estimate, price, batch, maxTokens }: Plan): string[] {
  if (price === null) return ['cost:      unknown: give --price-in and --price-out'];
  const { inputUsdPerMTok, outputUsdPerMTok, asOf } = price;
  const origin = asOf === null ? 'the price you gave' : `the list of ${asOf}`;
  return [
    `cost:      about ${formatUsd(estimate.costUsd)}; without re-sendings at most ${formatUsd(estimate.mostUsd)}`,
    `           (if all completions had ${formatNumberOf(maxTokens, 'token')})`,
    `price:     ${formatPrice(inputUsdPerMTok)} in, ${formatPrice(outputUsdPerMTok)} out per million (${batch ? 'half ' : ''}${origin})`,
  ];
}

function judgingLines({ judging }: Plan): string[] {
  if (judging === null) return [];
  const { model, requests, promptTokens, completionTokens, costUsd } = judging;
  const cost = costUsd === null ? 'cost unknown' : `cost about ${formatUsd(costUsd)}`;
  return [
    `judging:   up to ${formatNumberOf(requests, 'request')} to ${excerpt(model, 40)}, in both orders:`,
    `           about ${formatCount(promptTokens)} tokens in, ${formatCount(completionTokens)} out, ${cost}`,
  ];
}

/** Nobody knows yet which replies will fail: what repairs of those cost comes on top. */
function repairLines({ estimate, repairs, price }: Plan): string[] {
  const { due, most } = repairs;
  const tokens = `${formatCompact(due.promptTokens)} tokens in, ${formatCompact(due.completionTokens)} out`;
  const cost = price === null ? '' : `, ${formatUsd(due.costUsd)}`;
  return [
    ...(due.examples === 0
      ? []
      : [`repairs:   ${formatCount(due.examples)} due, on top: about ${tokens}${cost}`]),
    ...(most === 0 || (estimate.examples === 0 && (due.examples === 0 || most === 1))
      ? []
      : [`repairs:   on top, up to ${formatNumberOf(most, 'request')} for each reply that fails its checks`]),
  ];
}

function budgetLine(
  { limit, left }: BudgetLeft,
  needed: number | null,
  format: (amount: number | null) => string,
): string {
  const verdict = left === null || needed === null || needed <= left ? '' : '; too little: some stay pending';
  return `budget:    ${format(limit)}, of which ${format(left)} left${verdict}`;
}

/** All digits of a price, at least two decimals. */
function formatPrice(usdPerMTok: number): string {
  const digits = String(Number(usdPerMTok.toPrecision(6)));
  return (digits.split('.')[1]?.length ?? 0) > 2 ? `$${digits}` : `$${usdPerMTok.toFixed(2)}`;
}
