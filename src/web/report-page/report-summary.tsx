import { formatUsd } from '../../report/figures.js';
import type { ReportSubject } from '../../report/report-data.js';
import type { FacetName } from '../addresses/record-address.js';
import { CheckTable } from '../components/check-table.js';
import { RunCharts } from '../components/run-charts.js';
import { RunFacts } from '../components/run-facts.js';
import { RunTallies } from '../components/run-tallies.js';
import { SpendingTable } from '../components/spending-table.js';

interface ReportSummaryProps {
  readonly subject: ReportSubject;
  /** Where the examples with a value of a facet are. */
  readonly hrefOf: (facet: FacetName, value: string) => string;
}

/** All examples together: how they ended, what changed, what the checks say, what it cost. */
export function ReportSummary({ subject, hrefOf }: ReportSummaryProps) {
  const { overview } = subject;
  const run = subject.kind === 'run' ? subject.overview : null;
  return (
    <div class={run === null ? 'overview overview-of-files' : 'overview'}>
      <div class="panel panel-body overview-tallies">
        <RunTallies
          overview={overview}
          // Examples that were not answered are not in a report.
          hrefOf={(facet, value) => (value === 'pending' ? undefined : hrefOf(facet, value))}
        />
      </div>
      <RunCharts
        lengths={overview.lengths}
        changes={overview.changes}
        costs={run === null ? null : run.costs}
        hrefOfChange={(range) => hrefOf('change', range)}
      />
      {run !== null && (
        <section class="panel overview-facts" aria-labelledby="settings-heading">
          <div class="panel-head">
            <h2 id="settings-heading">Settings</h2>
          </div>
          <div class="panel-body">
            <RunFacts overview={run} />
          </div>
        </section>
      )}
      <div class="overview-main">
        <section class="panel" aria-labelledby="checks-heading">
          <div class="panel-head">
            <h2 id="checks-heading">Findings by check</h2>
          </div>
          <CheckTable checks={overview.checks} hrefOf={(check) => hrefOf('check', check)} />
        </section>
        {run !== null && (
          <section class="panel" aria-labelledby="spending-heading">
            <div class="panel-head">
              <h2 id="spending-heading">Spending</h2>
              <span class="muted">{formatUsd(run.spending.costUsd)}</span>
            </div>
            <SpendingTable spending={run.spending} />
          </section>
        )}
      </div>
    </div>
  );
}
