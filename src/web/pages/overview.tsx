import { formatUsd } from '../../report/figures.js';
import { usePlace } from '../addresses/location.js';
import { filterQuery, NO_FILTER, readAddress, toggle } from '../addresses/record-address.js';
import { hrefOf } from '../addresses/route.js';
import { describeProblemData } from '../api/problem.js';
import { useResource } from '../api/resource.js';
import { useChoices } from '../api/use-choices.js';
import { useRunEvents } from '../api/use-run-events.js';
import { useApp } from '../app-context.js';
import { CheckTable } from '../components/check-table.js';
import { Chip } from '../components/chip.js';
import { DataText } from '../components/data-text.js';
import { Layout } from '../components/layout.js';
import { ProblemText } from '../components/problem-text.js';
import { RunActions } from '../components/run-actions.js';
import { RunCharts } from '../components/run-charts.js';
import { RunFacts } from '../components/run-facts.js';
import { RunLive } from '../components/run-live.js';
import { RunTallies } from '../components/run-tallies.js';
import { SpendingTable } from '../components/spending-table.js';
import { ProblemState, State } from '../components/state.js';
import { UnrefinedList } from '../components/unrefined-list.js';
import { useAnnouncedStates } from '../wording/use-announced-states.js';

/** A run as a whole: how far it is, what it holds, what the checks say, what it cost, and what was not refined. */
export function OverviewPage({ run }: { readonly run: string }) {
  const { api } = useApp();
  const { value, error, reload } = useResource(run, () => api.run(run));
  const live = useRunEvents(run, reload);
  const { choices } = useChoices();
  const { page } = readAddress(usePlace().query);
  const { overview, summary } = value ?? {};
  const state = live.state ?? summary?.state;
  const progress = live.progress ?? summary?.progress ?? null;
  const isMoving = state === 'running' || state === 'stopping';
  useAnnouncedStates(state && [{ run, state }]);
  const recordsWith = (facet: 'outcome' | 'verdict' | 'decision' | 'check' | 'change', value: string) =>
    hrefOf({ page: 'records', run }, filterQuery(toggle(NO_FILTER, facet, value), 'id'));
  return (
    <Layout title={run} run={run} current="overview" status={state && <Chip kind={state} />}>
      <div class="page-head">
        <h1 class="data overview-title">
          <DataText text={run} />
        </h1>
        {state === 'elsewhere' && (
          <span class="muted">Another process is sending; what it gets is shown here as it comes.</span>
        )}
        {overview !== undefined && state !== undefined && (
          <RunActions state={state} overview={overview} onChange={reload} />
        )}
      </div>
      {error !== undefined && <ProblemState error={error} retry={reload} />}
      {value === undefined && error === undefined && <State title="Loading" />}
      {isMoving && progress !== null && <RunLive progress={progress} connected={live.connected} />}
      {!isMoving && summary?.problem && (
        <div class="panel overview-problem" role="alert">
          <strong>The latest call ended early.</strong>
          <ProblemText text={describeProblemData(summary.problem)} />
        </div>
      )}
      {overview !== undefined && (
        <div class="overview">
          <div class="panel panel-body overview-tallies">
            <RunTallies overview={overview} hrefOf={recordsWith} />
          </div>
          <RunCharts
            lengths={overview.lengths}
            changes={overview.changes}
            costs={overview.costs}
            hrefOfChange={(range) => recordsWith('change', range)}
          />
          <section class="panel overview-facts" aria-labelledby="settings-heading">
            <div class="panel-head">
              <h2 id="settings-heading">Settings</h2>
            </div>
            <div class="panel-body">
              <RunFacts
                overview={overview}
                promptName={choices?.prompts.find(({ hash }) => hash === overview.prompt)?.name}
              />
            </div>
          </section>
          <div class="overview-main">
            <section class="panel" aria-labelledby="checks-heading">
              <div class="panel-head">
                <h2 id="checks-heading">Findings by check</h2>
              </div>
              <CheckTable checks={overview.checks} hrefOf={(check) => recordsWith('check', check)} />
            </section>
            <section class="panel" aria-labelledby="spending-heading">
              <div class="panel-head">
                <h2 id="spending-heading">Spending</h2>
                <span class="muted">
                  {formatUsd(overview.spending.costUsd)}
                  {overview.spending.perRefinedUsd !== null &&
                    `, ${formatUsd(overview.spending.perRefinedUsd)} a refined example`}
                </span>
              </div>
              <SpendingTable spending={overview.spending} />
            </section>
            <UnrefinedList run={run} page={page} version={JSON.stringify([overview.outcomes])} />
          </div>
        </div>
      )}
    </Layout>
  );
}
