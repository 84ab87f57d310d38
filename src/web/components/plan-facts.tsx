import type { ComponentChildren } from 'preact';
import { formatNumberOf, formatUsd } from '../../report/figures.js';
import type { Plan } from '../api/api-types.js';
import { Fact } from './fact.js';

interface PlanFactsProps {
  readonly plan: Plan;
  /** What will be done with the examples. */
  readonly asked: string;
  /** Further facts. */
  readonly children: ComponentChildren;
}

/** What a call would ask and may cost. */
export function PlanFacts({ plan: { examples, expectedUsd, mostUsd }, asked, children }: PlanFactsProps) {
  return (
    <dl class="facts">
      <Fact name={asked}>{formatNumberOf(examples, 'example')}</Fact>
      <Fact name="Expected cost">{formatUsd(expectedUsd)}</Fact>
      <Fact name="At most">{formatUsd(mostUsd)}</Fact>
      {children}
    </dl>
  );
}
