import { formatCount, formatNumberOf, formatUsd } from '../../report/figures.js';
import { visible } from '../../report/visible.js';
import { hrefOf } from '../addresses/route.js';
import type { RunSummary } from '../api/api-types.js';
import { describeProblemData } from '../api/problem.js';
import { useResource } from '../api/resource.js';
import { usePolling } from '../api/use-polling.js';
import { useApp } from '../app-context.js';
import { Chip } from '../components/chip.js';
import { DataText } from '../components/data-text.js';
import { Layout } from '../components/layout.js';
import { OutcomeBar } from '../components/outcome-bar.js';
import { ProblemText } from '../components/problem-text.js';
import { ProgressBar } from '../components/progress-bar.js';
import { ProblemState, State } from '../components/state.js';
import { When } from '../components/when.js';
import { describeProgress } from '../wording/progress-text.js';
import { useAnnouncedStates } from '../wording/use-announced-states.js';

const BUSY_EVERY_MS = 2000;
const QUIET_EVERY_MS = 15_000;

/** All runs of the server's folder, the one used last first. */
export function RunsPage() {
  const { api } = useApp();
  const { value, error, loading, reload } = useResource('runs', api.runs);
  const runs = value?.runs;
  const isBusy = runs?.some(({ state, outcomes }) => isMoving(state) || outcomes === null) === true;
  usePolling(() => !loading && reload(), isBusy ? BUSY_EVERY_MS : QUIET_EVERY_MS);
  useAnnouncedStates(runs);
  return (
    <Layout title="Runs" current="runs">
      <div class="page-head">
        <h1>Runs</h1>
        {runs !== undefined && <span class="muted">{formatNumberOf(runs.length, 'run')}</span>}
        <div class="page-head-end">
          <a class="button button-primary" href={hrefOf({ page: 'new' })}>
            New run
          </a>
        </div>
      </div>
      {error !== undefined && <ProblemState error={error} retry={reload} />}
      {runs === undefined && error === undefined && <State title="Loading" />}
      {runs?.length === 0 && <NoRuns />}
      {runs !== undefined && runs.length > 0 && <RunTable runs={runs} />}
    </Layout>
  );
}

function isMoving(state: RunSummary['state']): boolean {
  return state === 'running' || state === 'stopping' || state === 'elsewhere';
}

function NoRuns() {
  return (
    <div class="panel">
      <State title="There are no runs yet">
        <p>
          Start one here, or with <code>burnish refine DATASET</code> in the folder that this server looks at.
        </p>
        <a class="button button-primary" href={hrefOf({ page: 'new' })}>
          New run
        </a>
      </State>
    </div>
  );
}

function RunTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <div class="panel scrolled">
      <table class="figures-table runs-table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Outcomes</th>
            <th scope="col" class="number">
              Examples
            </th>
            <th scope="col" class="number">
              Cost
            </th>
            <th scope="col">Model</th>
            <th scope="col">Dataset</th>
            <th scope="col">Started</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((summary) => (
            <RunRow key={summary.run} summary={summary} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunRow({ summary }: { readonly summary: RunSummary }) {
  const { run, state, progress, problem, outcomes } = summary;
  const isReadable = state !== 'unreadable';
  return (
    <tr>
      <th scope="row" class="runs-name">
        <a class="data" href={hrefOf({ page: 'overview', run })}>
          <DataText text={run} />
        </a>
      </th>
      <td class="runs-state">
        {/* Whether a run that rests is finished is not known before it was read. */}
        {state === 'interrupted' && outcomes === null ? <span class="muted">–</span> : <Chip kind={state} />}
        {progress !== null && (
          <div class="runs-progress">
            <ProgressBar label={`Progress of ${visible(run)}`} done={progress.done} total={progress.total} />
            <span class="small muted">{describeProgress(progress)}</span>
          </div>
        )}
        {problem !== null && (
          <div class="small">
            <ProblemText text={describeProblemData(problem)} />
          </div>
        )}
      </td>
      <td class="runs-outcomes">
        {outcomes !== null ? (
          <OutcomeBar outcomes={outcomes} />
        ) : (
          <span class="muted">{isReadable ? 'being read…' : '–'}</span>
        )}
      </td>
      <td class="number">{isReadable ? formatCount(summary.selected) : '–'}</td>
      <td class="number">{outcomes === null ? '–' : formatUsd(summary.costUsd)}</td>
      <td class="data">
        <DataText text={summary.model} />
      </td>
      <td class="data">
        <DataText text={summary.dataset} />
      </td>
      <td class="runs-when">{isReadable ? <When at={summary.createdAt} /> : '–'}</td>
    </tr>
  );
}
