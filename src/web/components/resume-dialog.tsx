import { useState } from 'preact/hooks';
import { formatNumberOf, formatUsd } from '../../report/figures.js';
import type { RunOverview } from '../../report/run-data.js';
import { describeProblem, Problem } from '../api/problem.js';
import { useApp } from '../app-context.js';
import { Dialog } from './dialog.js';
import { NumberField, numberIn } from './number-field.js';
import { ProblemText } from './problem-text.js';

interface ResumeDialogProps {
  readonly overview: RunOverview;
  readonly onStarted: () => void;
  readonly onClose: () => void;
}

/** Goes on with a run that rests, if wanted with another budget or only a part of what is left. */
export function ResumeDialog({ overview, onStarted, onClose }: ResumeDialogProps) {
  const { api, toasts } = useApp();
  const { run, outcomes, budget, spending } = overview;
  const [limit, setLimit] = useState('');
  const [budgetUsd, setBudgetUsd] = useState('');
  const [budgetTokens, setBudgetTokens] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  /** Whether what it will cost was told, and only a word is missing. */
  const [isTold, setTold] = useState(false);
  const resume = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const { examples } = await api.resume(run, {
        ...numberIn('limit', limit),
        ...numberIn('budgetUsd', budgetUsd),
        ...numberIn('budgetTokens', budgetTokens),
        agreed: isTold,
      });
      const text = `${formatNumberOf(examples, 'example')} ${examples === 1 ? 'is' : 'are'} asked`;
      toasts.show({ key: 'resume', text, problem: false, actions: [] }, 8000);
      onStarted();
    } catch (error) {
      const isDear = error instanceof Problem && error.data.code === 'cost_not_agreed';
      setProblem(isDear ? error.data.title : describeProblem(error));
      setTold(isDear);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Go on with the run"
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form="resume-form" class="button button-primary" disabled={busy}>
            {isTold ? 'Go on all the same' : 'Go on'}
          </button>
        </>
      }
    >
      <form id="resume-form" class="form" onSubmit={resume}>
        <p>
          {formatNumberOf(outcomes.pending ?? 0, 'example')} not answered yet. Cost so far:{' '}
          {formatUsd(spending.costUsd)}.
        </p>
        <div class="form-row">
          <NumberField
            name="resume-limit"
            label="At most, examples"
            value={limit}
            onValue={setLimit}
            min={1}
            placeholder="all"
          />
          <NumberField
            name="resume-budget"
            label="Budget of the run, US dollars"
            value={budgetUsd}
            onValue={setBudgetUsd}
            min={0}
            step="any"
            placeholder={budget.usd === null ? 'none' : String(budget.usd)}
          />
          <NumberField
            name="resume-tokens"
            label="Budget of the run, tokens"
            value={budgetTokens}
            onValue={setBudgetTokens}
            min={1}
            placeholder={budget.tokens === null ? 'none' : String(budget.tokens)}
          />
        </div>
        <div aria-live="polite">{problem !== undefined && <ProblemText text={problem} />}</div>
      </form>
    </Dialog>
  );
}
