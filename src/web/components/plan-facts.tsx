import { formatNumberOf, formatUsd } from '../../report/figures.js';
import type { Plan } from '../api/api-types.js';
import { DataText } from './data-text.js';

/** What a call would ask and may cost. */
export function PlanFacts({ plan: { run, examples, expectedUsd, mostUsd } }: { readonly plan: Plan }) {
  return (
    <dl class="facts">
      <div>
        <dt>Asked</dt>
        <dd>{formatNumberOf(examples, 'example')}</dd>
      </div>
      <div>
        <dt>Expected cost</dt>
        <dd>{formatUsd(expectedUsd)}</dd>
      </div>
      <div>
        <dt>At most</dt>
        <dd>{formatUsd(mostUsd)}</dd>
      </div>
      <div>
        <dt>Run</dt>
        <dd class="data">
          <DataText text={run} />
        </dd>
      </div>
    </dl>
  );
}
