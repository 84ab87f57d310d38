import { useEffect, useRef, useState } from 'preact/hooks';
import { navigate } from '../addresses/location.js';
import { hrefOf } from '../addresses/route.js';
import type { Plan } from '../api/api-types.js';
import { describeProblem, Problem } from '../api/problem.js';
import { useResource } from '../api/resource.js';
import { useApp } from '../app-context.js';
import { DataText } from '../components/data-text.js';
import { Fact } from '../components/fact.js';
import { Layout } from '../components/layout.js';
import { PlanFacts } from '../components/plan-facts.js';
import { ProblemText } from '../components/problem-text.js';
import { RunFormFields } from '../components/run-form-fields.js';
import { ProblemState, State } from '../components/state.js';
import { EMPTY_FORM, type FormField, fieldOf, type RunForm, toStartBody } from '../run-form.js';

interface FormProblem {
  /** Undefined for the form as a whole. */
  readonly field: FormField | undefined;
  readonly text: string;
}

/** Starts a run: first it is said what would be asked and may be paid, and only then anything is sent. */
export function NewRunPage() {
  const { api } = useApp();
  const { value: choices, error, reload } = useResource('choices', api.choices);
  return (
    <Layout title="New run" current="new" narrow>
      <div class="page-head">
        <h1>New run</h1>
      </div>
      {choices !== undefined && <NewRunForm choices={choices} onUploaded={reload} />}
      {choices === undefined && error === undefined && <State title="Loading" />}
      {choices === undefined && error !== undefined && <ProblemState error={error} retry={reload} />}
    </Layout>
  );
}

interface NewRunFormProps {
  readonly choices: Parameters<typeof RunFormFields>[0]['choices'];
  readonly onUploaded: () => void;
}

function NewRunForm({ choices, onUploaded }: NewRunFormProps) {
  const { api, announce } = useApp();
  const [form, setForm] = useState(EMPTY_FORM);
  const [plan, setPlan] = useState<Plan>();
  const [problem, setProblem] = useState<FormProblem>();
  const [busy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const start = useRef<HTMLButtonElement>(null);

  const change = (changed: Partial<RunForm>) => {
    setForm((before) => ({ ...before, ...changed }));
    // What was planned was planned for another form.
    setPlan(undefined);
    setProblem(undefined);
  };
  // Whoever cannot see where something is wrong is taken there.
  useEffect(() => {
    if (problem === undefined) return;
    const field = problem.field && element.current?.elements.namedItem(problem.field);
    if (field instanceof HTMLElement) field.focus();
    else head.current?.focus();
  }, [problem]);
  useEffect(() => {
    if (plan !== undefined) start.current?.focus();
  }, [plan]);

  const attempt = async (call: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
    } catch (error) {
      const where = error instanceof Problem ? (error.data.where ?? error.data.found) : undefined;
      setProblem({ field: fieldOf(where), text: describeProblem(error) });
    }
    setBusy(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      if (plan === undefined) {
        setPlan(await api.planRun(toStartBody(form)));
        announce('The plan is there. Nothing was sent yet.');
        return;
      }
      const { run } = await api.startRun({ ...toStartBody(form), agreed: true });
      navigate(hrefOf({ page: 'overview', run }));
    });
  };

  const { field, text } = problem ?? {};
  return (
    <form ref={element} class="panel form new-run" onSubmit={submit}>
      {choices.canSend ? null : (
        <p class="problem-text form-note">
          This server was started without a model or a key, so it cannot ask. Start it with --model, and a key
          in the environment.
        </p>
      )}
      <div ref={head} tabIndex={-1} role="alert" class="form-problem">
        {text !== undefined && field === undefined && <ProblemText text={text} />}
      </div>
      <RunFormFields
        form={form}
        choices={choices}
        onChange={change}
        onUploaded={onUploaded}
        problem={field !== undefined && text !== undefined ? { field, text } : undefined}
      />
      {plan !== undefined && (
        <section class="form-plan" aria-label="Plan">
          <PlanFacts plan={plan} asked="Asked">
            <Fact name="Run">
              <span class="data">
                <DataText text={plan.run} />
              </span>
            </Fact>
          </PlanFacts>
          <p class="muted small">Nothing was sent yet.</p>
        </section>
      )}
      <div class="form-foot">
        {plan === undefined ? (
          <button type="submit" class="button button-primary" disabled={busy}>
            {busy ? 'Counting…' : 'See what it would cost'}
          </button>
        ) : (
          <button
            ref={start}
            type="submit"
            class="button button-primary"
            disabled={busy || !choices.canSend || plan.examples === 0}
          >
            {busy ? 'Starting…' : 'Start the run'}
          </button>
        )}
      </div>
    </form>
  );
}
