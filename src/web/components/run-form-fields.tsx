import type { Choices } from '../api/api-types.js';
import type { FormField, RunForm } from '../run-form.js';
import { ChoiceField } from './choice-field.js';
import { DatasetField } from './dataset-field.js';
import { NumberField } from './number-field.js';

interface RunFormFieldsProps {
  readonly form: RunForm;
  readonly choices: Choices;
  readonly onChange: (change: Partial<RunForm>) => void;
  readonly onUploaded: () => void;
  /** The field that something is wrong with, and what. */
  readonly problem: { readonly field: FormField; readonly text: string } | undefined;
}

const ON_FLAG = [
  { value: '', label: 'keep the original (default)' },
  { value: 'use', label: 'use the refined response' },
  { value: 'drop', label: 'drop the example' },
  { value: 'block', label: 'block until somebody decides' },
];
const ON_FAIL = ON_FLAG.filter(({ value }) => value !== 'use');

/** The fields of a new run: what is refined, by what, within which bounds; the rest behind a fold. */
export function RunFormFields({ form, choices, onChange, onUploaded, problem }: RunFormFieldsProps) {
  const of = <Name extends FormField>(name: Name) => ({
    name,
    value: form[name],
    onValue: (value: string) => onChange({ [name]: value } as Partial<RunForm>),
    problem: problem?.field === name ? problem.text : undefined,
  });
  const { name: _, ...dataset } = of('dataset');
  return (
    <>
      <fieldset class="form-part">
        <legend>What is refined</legend>
        <DatasetField choices={choices} onUploaded={onUploaded} {...dataset} />
        <div class="form-row">
          <ChoiceField
            label="Examples"
            options={[
              { value: 'top', label: 'the longest responses' },
              { value: 'all', label: 'all rows' },
            ]}
            {...of('which')}
          />
          {form.which === 'top' && <NumberField label="How many" min={1} placeholder="1000" {...of('top')} />}
          <NumberField label="Ask at most now" min={1} placeholder="all of them" {...of('limit')} />
        </div>
      </fieldset>
      <fieldset class="form-part">
        <legend>By what</legend>
        <div class="form-row">
          <ChoiceField
            label="Model"
            options={choices.models.map((name, place) => ({ value: place === 0 ? '' : name, label: name }))}
            {...of('model')}
          />
          <ChoiceField
            label="Prompt"
            options={choices.prompts.map(({ name }, place) => ({
              value: place === 0 ? '' : name,
              label: name,
            }))}
            {...of('prompt')}
          />
          <NumberField
            label="Temperature"
            min={0}
            max={2}
            step="any"
            placeholder="the prompt's"
            {...of('temperature')}
          />
        </div>
      </fieldset>
      <fieldset class="form-part">
        <legend>At what cost</legend>
        <div class="form-row">
          <NumberField
            label="Budget, US dollars"
            min={0}
            step="any"
            placeholder="none"
            {...of('budgetUsd')}
          />
          <NumberField label="Budget, tokens" min={1} placeholder="none" {...of('budgetTokens')} />
        </div>
      </fieldset>
      <fieldset class="form-part">
        <legend>When a check finds something</legend>
        <div class="form-row">
          <ChoiceField label="On a flag" options={ON_FLAG} {...of('onFlag')} />
          <ChoiceField label="On a fail" options={ON_FAIL} {...of('onFail')} />
          <NumberField
            label="Repairs of an example"
            min={0}
            max={10}
            placeholder="default"
            {...of('repair')}
          />
        </div>
      </fieldset>
      <details class="form-part" open={problem !== undefined && FOLDED.includes(problem.field)}>
        <summary>Length and pace</summary>
        <div class="form-row">
          <NumberField
            label="Most tokens of a reply"
            min={1}
            placeholder="the prompt's"
            {...of('maxTokens')}
          />
          <NumberField
            label="Requests at a time"
            min={1}
            max={1000}
            placeholder="default"
            {...of('concurrency')}
          />
          <NumberField
            label="Requests a minute"
            min={0}
            step="any"
            placeholder="no limit"
            {...of('requestsPerMinute')}
          />
          <NumberField label="Tokens a minute" min={1} placeholder="no limit" {...of('tokensPerMinute')} />
        </div>
      </details>
    </>
  );
}

const FOLDED: readonly FormField[] = ['maxTokens', 'concurrency', 'requestsPerMinute', 'tokensPerMinute'];
