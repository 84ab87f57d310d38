import { useState } from 'preact/hooks';
import { formatNumberOf } from '../../report/figures.js';
import { download } from '../api/download.js';
import { describeProblem } from '../api/problem.js';
import { useChoices } from '../api/use-choices.js';
import { useApp } from '../app-context.js';
import { ChoiceField } from './choice-field.js';
import { Dialog } from './dialog.js';
import { ProblemText } from './problem-text.js';

interface ExportDialogProps {
  readonly run: string;
  /** Examples that are not answered yet. */
  readonly pending: number;
  /** Examples that somebody must look at first. */
  readonly blocked: number;
  readonly onClose: () => void;
}

/** Downloads the training set, in a shape that one chooses. */
export function ExportDialog({ run, pending, blocked, onClose }: ExportDialogProps) {
  const { api, announce } = useApp();
  const { choices } = useChoices();
  const [shape, setShape] = useState('');
  const [partial, setPartial] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await download(
        api.exportHref(run, { ...(shape !== '' && { to: shape }), ...(partial && { partial: '1' }) }),
      );
      announce('The training set is downloaded');
      onClose();
    } catch (error) {
      setProblem(describeProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Export the training set"
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            class="button button-primary"
            disabled={busy || (pending > 0 && !partial)}
            onClick={save}
          >
            {busy ? 'Writing…' : 'Download'}
          </button>
        </>
      }
    >
      <div class="form">
        <ChoiceField
          name="export-shape"
          label="Shape"
          options={[
            { value: '', label: 'as the dataset' },
            ...(choices?.shapes ?? []).map((name) => ({ value: name, label: name })),
          ]}
          value={shape}
          onValue={setShape}
        />
        {pending > 0 && (
          <label class="choice">
            <input
              type="checkbox"
              checked={partial}
              onChange={({ currentTarget }) => setPartial(currentTarget.checked)}
            />
            <span>
              Without the {formatNumberOf(pending, 'example')} that {pending === 1 ? 'is' : 'are'} not
              answered yet
            </span>
          </label>
        )}
        {blocked > 0 && (
          <p class="muted">
            {formatNumberOf(blocked, 'example')} {blocked === 1 ? 'is' : 'are'} blocked until somebody
            decides, and not in it.
          </p>
        )}
        <div aria-live="polite">{problem !== undefined && <ProblemText text={problem} />}</div>
      </div>
    </Dialog>
  );
}
