import { useEffect, useRef, useState } from 'preact/hooks';
import type { FindingData } from '../../report/record-data.js';
import type { CheckedText } from '../api/api-types.js';
import { describeProblem } from '../api/problem.js';
import { useApp } from '../app-context.js';
import { keepDraft, readDraft } from '../decisions/edit-draft.js';
import { directionOf } from '../wording/direction.js';
import { Chip } from './chip.js';
import { DataText } from './data-text.js';
import { Dialog } from './dialog.js';
import { LongText } from './long-text.js';
import { ProblemText } from './problem-text.js';

interface EditDialogProps {
  readonly run: string;
  readonly id: string;
  /** The text that is edited. */
  readonly text: string;
  readonly original: string;
  /** @param stay whether the page should stay at this record */
  readonly onSave: (text: string, stay: boolean) => void;
  readonly onClose: () => void;
}

const CHECK_AFTER_MS = 400;
const KEEP_AFTER_MS = 150;

/** Edits the refined response; the checks say what they think of it while one types. */
export function EditDialog({ run, id, text, original, onSave, onClose }: EditDialogProps) {
  const [typed, setTyped] = useState(() => readDraft(localStorage, run, id) ?? text);
  const [asks, setAsks] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const changed = typed !== text;
  const { checked, problem } = useChecked(run, id, typed);

  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(0, 0);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => keepDraft(localStorage, run, id, changed ? typed : null), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [run, id, typed, changed]);

  const close = () => {
    if (changed && !asks) setAsks(true);
    else if (!changed) onClose();
    else setAsks(false);
  };
  const throwAway = () => {
    setTyped(text);
    keepDraft(localStorage, run, id, null);
    onClose();
  };
  const save = (stay: boolean) => {
    if (typed === '') return;
    keepDraft(localStorage, run, id, null);
    onSave(typed, stay);
  };
  const pick = ({ start, end }: FindingData) => {
    if (start === null || end === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(start, end);
  };

  return (
    <Dialog
      wide
      title="Edit the refined response"
      onClose={close}
      actions={
        asks ? (
          <div class="edit-ask" role="alert">
            <span>Throw your changes away?</span>
            <button type="button" class="button" onClick={() => setAsks(false)}>
              Keep editing
            </button>
            <button type="button" class="button button-danger" onClick={throwAway}>
              Throw away
            </button>
          </div>
        ) : (
          <>
            <span class="muted small edit-hint">
              <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves, <kbd>Esc</kbd> closes
            </span>
            <button type="button" class="button" onClick={close}>
              Cancel
            </button>
            <button
              type="button"
              class="button button-primary"
              disabled={typed === ''}
              onClick={() => save(false)}
            >
              Save
            </button>
          </>
        )
      }
    >
      <div class="edit">
        <div class="edit-text">
          <textarea
            ref={area}
            class="input edit-area"
            aria-label="Refined response"
            spellcheck
            dir={directionOf(typed)}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              save(event.shiftKey);
            }}
          />
        </div>
        <div class="edit-side">
          <section aria-labelledby="edit-findings" aria-live="polite">
            <div class="edit-side-head">
              <h3 id="edit-findings">Checks</h3>
              {checked !== undefined && <Chip kind={checked.verdict} />}
            </div>
            {problem !== undefined && <ProblemText text={problem} />}
            {checked === undefined && problem === undefined && <p class="muted small">Checking…</p>}
            {checked?.findings.length === 0 && <p class="muted small">The checks found nothing.</p>}
            <ol class="finding-list">
              {checked?.findings.map((finding, place) => (
                <li key={place} class="finding-item">
                  <span class="finding-head">
                    <Chip kind={finding.severity} />
                    {finding.start === null ? (
                      <code>{finding.check}</code>
                    ) : (
                      <button type="button" class="finding-go" onClick={() => pick(finding)}>
                        <span class="hidden">Show in the text: </span>
                        <code>{finding.check}</code>
                      </button>
                    )}
                  </span>
                  <span class="data">
                    <DataText text={finding.message} />
                  </span>
                </li>
              ))}
            </ol>
          </section>
          <details class="edit-original">
            <summary>Original</summary>
            <LongText text={original} />
          </details>
        </div>
      </div>
    </Dialog>
  );
}

/** What the checks say of a text, a little after it was typed. While it is checked anew, the findings before stay. */
function useChecked(run: string, id: string, typed: string) {
  const { api } = useApp();
  const [checked, setChecked] = useState<CheckedText>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.checkText(run, id, typed, abort.signal).then(
        (answer) => {
          setChecked(answer);
          setProblem(undefined);
        },
        (error: unknown) => {
          if (!abort.signal.aborted) setProblem(`Not checked. ${describeProblem(error)}`);
        },
      );
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, run, id, typed]);
  return { checked, problem };
}
