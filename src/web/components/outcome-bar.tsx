import { formatCount } from '../../report/figures.js';
import { OUTCOMES } from '../../run/outcomes.js';
import { StackedBar } from './stacked-bar.js';

type Outcomes = { readonly [Name in (typeof OUTCOMES)[number]]?: number };

/** Where the examples of a run ended, small enough for a row of a list. */
export function OutcomeBar({ outcomes }: { readonly outcomes: Outcomes }) {
  const shown = OUTCOMES.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [{ outcome, count }];
  });
  return (
    <div class="outcome-bar">
      <StackedBar slim parts={shown.map(({ outcome, count }) => ({ look: outcome, count }))} />
      <span class="small number-text">
        {shown.map(({ outcome, count }) => `${formatCount(count)} ${outcome}`).join(' · ')}
      </span>
    </div>
  );
}
