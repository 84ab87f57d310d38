import { useState } from 'preact/hooks';
import type { RunOverview } from '../../report/run-data.js';
import { hrefOf } from '../addresses/route.js';
import type { RunSummary } from '../api/api-types.js';
import { describeProblem } from '../api/problem.js';
import { useChoices } from '../api/use-choices.js';
import { useApp } from '../app-context.js';
import { ExportDialog } from './export-dialog.js';
import { ResumeDialog } from './resume-dialog.js';

interface RunActionsProps {
  readonly state: RunSummary['state'];
  readonly overview: RunOverview;
  /** Called when something was begun or ended, so that the page looks anew. */
  readonly onChange: () => void;
}

/** What can be done with a run as a whole: cancel, go on, export, review. */
export function RunActions({ state, overview, onChange }: RunActionsProps) {
  const { api, toasts } = useApp();
  const { choices } = useChoices();
  const [opened, setOpened] = useState<'resume' | 'export'>();
  const [busy, setBusy] = useState(false);
  const { run, outcomes } = overview;
  const pending = outcomes.pending ?? 0;
  const close = () => setOpened(undefined);
  const cancel = async () => {
    setBusy(true);
    try {
      await api.cancel(run);
    } catch (error) {
      toasts.show({
        key: 'cancel',
        text: `The run was not stopped: ${describeProblem(error)}`,
        problem: true,
        actions: [],
      });
    }
    setBusy(false);
    onChange();
  };
  return (
    <div class="page-head-end">
      {(state === 'running' || state === 'stopping') && (
        <button type="button" class="button" disabled={busy || state === 'stopping'} onClick={cancel}>
          {state === 'stopping' ? 'Stopping…' : 'Stop the run'}
        </button>
      )}
      {state === 'interrupted' && pending > 0 && (
        <button
          type="button"
          class="button"
          disabled={choices?.canSend === false}
          title={choices?.canSend === false ? 'This server was started without a model or a key.' : undefined}
          onClick={() => setOpened('resume')}
        >
          Go on…
        </button>
      )}
      <button type="button" class="button" onClick={() => setOpened('export')}>
        Export…
      </button>
      <a class="button button-primary" href={hrefOf({ page: 'records', run })}>
        Review the records
      </a>
      {opened === 'export' && (
        <ExportDialog run={run} pending={pending} blocked={outcomes.blocked ?? 0} onClose={close} />
      )}
      {opened === 'resume' && (
        <ResumeDialog
          overview={overview}
          onClose={close}
          onStarted={() => {
            close();
            onChange();
          }}
        />
      )}
    </div>
  );
}
