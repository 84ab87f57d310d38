import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import type { RecordFilter } from '../../report/record-query.js';
import { filterFields, isFiltered } from '../addresses/record-address.js';
import type { Plan, RetryBody } from '../api/api-types.js';
import { describeProblem } from '../api/problem.js';
import { useChoices } from '../api/use-choices.js';
import { useApp } from '../app-context.js';
import { ChoiceField } from './choice-field.js';
import { DataText } from './data-text.js';
import { Dialog } from './dialog.js';
import { Fact } from './fact.js';
import { NumberField, numberIn } from './number-field.js';
import { PlanFacts } from './plan-facts.js';
import { ProblemText } from './problem-text.js';

interface RetryDialogProps {
  readonly run: string;
  /** What "all that match" means. */
  readonly filter: RecordFilter;
  /** How many match; undefined when that is not known. */
  readonly count: number | undefined;
  /** The record that is looked at; left out in a list. */
  readonly id?: string;
  readonly onClose: () => void;
}

const PLAN_AFTER_MS = 200;
const AS_IN_RUN = 'as in the run';

/** Asks again about one record or all that match, after saying how many those are and what they may cost. */
export function RetryDialog({ run, filter, count, id, onClose }: RetryDialogProps) {
  const { api, toasts } = useApp();
  const { choices } = useChoices();
  const [onlyThis, setOnlyThis] = useState(id !== undefined);
  const [model, setModel] = useState('');
  const [prompt, setPrompt] = useState('');
  const [temperature, setTemperature] = useState('');
  const [plan, setPlan] = useState<Plan>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const body = useMemo<RetryBody>(() => {
    const which =
      onlyThis && id !== undefined
        ? { ids: [id] }
        : { filter: Object.fromEntries(filterFields(filter).filter(([, value]) => value !== '')) };
    return {
      ...which,
      ...(model !== '' && { model }),
      ...(prompt !== '' && { prompt }),
      ...numberIn('temperature', temperature),
    };
  }, [onlyThis, id, filter, model, prompt, temperature]);

  useEffect(() => {
    const abort = new AbortController();
    setPlan(undefined);
    setProblem(undefined);
    const timer = setTimeout(() => {
      api.planRetry(run, body, abort.signal).then(setPlan, (error: unknown) => {
        if (!abort.signal.aborted) setProblem(describeProblem(error));
      });
    }, PLAN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, run, body]);

  const start = async () => {
    setBusy(true);
    try {
      const { examples } = await api.retry(run, { ...body, agreed: true });
      const text = `${formatNumberOf(examples, 'example')} ${examples === 1 ? 'is' : 'are'} asked again`;
      toasts.note(text);
      onClose();
    } catch (error) {
      setProblem(describeProblem(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title="Retry"
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            class="button button-primary"
            disabled={busy || plan === undefined || plan.examples === 0}
            onClick={start}
          >
            {plan === undefined ? 'Retry' : `Retry ${formatNumberOf(plan.examples, 'example')}`}
          </button>
        </>
      }
    >
      <div class="retry">
        {id !== undefined && (
          <fieldset class="retry-which">
            <legend class="hidden">Which records</legend>
            <label class="choice">
              <input type="radio" name="which" checked={onlyThis} onChange={() => setOnlyThis(true)} />
              <span class="data">
                This record, <DataText text={id} />
              </span>
            </label>
            <label class="choice">
              <input type="radio" name="which" checked={!onlyThis} onChange={() => setOnlyThis(false)} />
              <span>{describeAll(filter, count)}</span>
            </label>
          </fieldset>
        )}
        {id === undefined && <p>{describeAll(filter, count)}.</p>}
        <div class="form-row">
          <ChoiceField
            name="retry-model"
            label="Model"
            options={asInRun(choices?.models ?? [])}
            value={model}
            onValue={setModel}
          />
          <ChoiceField
            name="retry-prompt"
            label="Prompt"
            options={asInRun(choices?.prompts.map(({ name }) => name) ?? [])}
            value={prompt}
            onValue={setPrompt}
          />
          <NumberField
            name="retry-temperature"
            label="Temperature"
            min={0}
            max={2}
            step={0.1}
            placeholder={AS_IN_RUN}
            value={temperature}
            onValue={setTemperature}
          />
        </div>
        <div class="retry-plan" aria-live="polite">
          {problem !== undefined && choices?.canSend !== false && <ProblemText text={problem} />}
          {problem === undefined && plan === undefined && <p class="muted">Counting…</p>}
          {plan !== undefined && (
            <PlanFacts plan={plan} asked="Asked again">
              <Fact name="Left alone">
                {plan.leftAlone === 0 ? 'none' : `${formatCount(plan.leftAlone)}, decided by a person`}
              </Fact>
            </PlanFacts>
          )}
          {choices?.canSend === false && (
            <p class="problem-text">This server was started without a model or a key, so it cannot ask.</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function describeAll(filter: RecordFilter, count: number | undefined): string {
  const number = count === undefined ? '' : ` ${formatCount(count)}`;
  return isFiltered(filter) ? `All${number} that match the filters` : `All${number} records`;
}

/** What may be chosen, after what holds otherwise. */
function asInRun(names: readonly string[]) {
  return [{ value: '', label: AS_IN_RUN }, ...names.map((name) => ({ value: name, label: name }))];
}
