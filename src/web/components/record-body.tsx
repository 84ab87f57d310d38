import { useState } from 'preact/hooks';
import { formatCount, formatShare, formatUsd } from '../../report/figures.js';
import type { FindingData, RecordDetail } from '../../report/record-data.js';
import type { DiffMode } from '../diff-mode.js';
import { useFindingLinks } from '../finding-links.js';
import { AttemptTable } from './attempt-table.js';
import { DataText } from './data-text.js';
import { Dialog } from './dialog.js';
import { DiffView } from './diff-view.js';
import { FindingList } from './finding-list.js';
import { LongText } from './long-text.js';

interface RecordBodyProps {
  readonly detail: RecordDetail;
  readonly mode: DiffMode;
  /** The attempt whose response is shown; null for what counts: an edited text, or the attempt that counts. */
  readonly attempt: number | null;
  readonly onAttempt: (attempt: number) => void;
  /** Shows the messages sent; left out where they are not at hand. */
  readonly onPrompt?: (attempt: number) => void;
}

/** Characters of the task that are shown at first, so that the responses are in sight. */
const TASK_SHOWN_AT_FIRST = 1500;

const NO_FINDINGS: readonly FindingData[] = [];

/** The response that is looked at, with what the checks say of it. */
export function shownResponse(detail: RecordDetail, attempt: number | null) {
  const found = detail.attempts.find((other) => other.attempt === attempt);
  if (found === undefined) return { text: detail.refined, findings: detail.findings, attempt: null };
  return { text: found.candidate, findings: found.findings, attempt: found.attempt };
}

/** A record whole: the task, both responses compared, findings, critique, attempts, and what the training set gets. */
export function RecordBody({ detail, mode, attempt, onAttempt, onPrompt }: RecordBodyProps) {
  const { text, findings } = shownResponse(detail, attempt);
  const links = useFindingLinks(text === null ? NO_FINDINGS : findings);
  const [reply, setReply] = useState<number>();
  const counted = attempt ?? (detail.decision?.action === 'edit' ? null : detail.chosen);
  const shown = detail.attempts.find((other) => other.attempt === (counted ?? detail.chosen));
  const replied = detail.attempts.find((other) => other.attempt === reply);
  return (
    <div class="record">
      <section class="panel record-task" aria-label="Task">
        <h2>Instruction</h2>
        <LongText text={detail.instruction} limit={TASK_SHOWN_AT_FIRST} />
        {detail.input !== '' && (
          <>
            <h2>Input</h2>
            <LongText text={detail.input} limit={TASK_SHOWN_AT_FIRST} />
          </>
        )}
      </section>
      <section class="panel record-diff" aria-label="Original and refined response">
        {text === null && <p class="muted panel-head">There is no refined response: this is the original.</p>}
        <DiffView original={detail.original} refined={text} mode={mode} links={links} />
      </section>
      <div class="record-side">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard */}
        <section class="record-about" aria-label="About the response" tabIndex={0}>
          <section class="panel" aria-labelledby="findings-heading">
            <div class="panel-head">
              <h2 id="findings-heading">Findings</h2>
              <span class="muted number">{links.findings.length}</span>
            </div>
            <div class="panel-body record-findings">
              <FindingList links={links} />
            </div>
          </section>
          <section class="panel" aria-labelledby="set-heading">
            <div class="panel-head">
              <h2 id="set-heading">Training set</h2>
            </div>
            <div class="panel-body">
              <Exported detail={detail} />
            </div>
          </section>
          {shown !== undefined && shown.critique !== null && shown.critique !== '' && (
            <section class="panel" aria-labelledby="critique-heading">
              <div class="panel-head">
                <h2 id="critique-heading">Critique</h2>
                <span class="muted">of attempt {shown.attempt}</span>
              </div>
              <div class="panel-body record-critique">
                <LongText key={shown.attempt} text={shown.critique} />
              </div>
            </section>
          )}
        </section>
      </div>
      <section class="panel record-attempts" aria-labelledby="attempts-heading">
        <div class="panel-head">
          <h2 id="attempts-heading">Attempts</h2>
          <span class="muted">
            {formatCount(detail.attempts.length)}, {formatUsd(detail.row.costUsd)} together
          </span>
        </div>
        <AttemptTable
          attempts={detail.attempts}
          chosen={detail.chosen}
          shown={counted}
          onShow={onAttempt}
          onReply={setReply}
          {...(onPrompt && { onPrompt })}
        />
      </section>
      {replied !== undefined && (
        <Dialog
          wide
          title={`Reply of attempt ${replied.attempt}, as it came`}
          onClose={() => setReply(undefined)}
        >
          <pre class="data">
            <LongText text={replied.reply ?? ''} />
          </pre>
        </Dialog>
      )}
    </div>
  );
}

function Exported({ detail }: { readonly detail: RecordDetail }) {
  const { row, exported, reason, similarity } = detail;
  return (
    <>
      <p>{describeExported(detail)}</p>
      {reason !== null && (
        <p class="muted data small">
          <DataText text={reason} />
        </p>
      )}
      <dl class="facts small record-facts">
        <div>
          <dt>Words</dt>
          <dd>
            {formatCount(row.words.original)} →{' '}
            {row.words.refined === null ? '–' : formatCount(row.words.refined)}
          </dd>
        </div>
        <div>
          <dt>Words changed</dt>
          <dd>{row.changed === null ? '–' : formatShare(row.changed)}</dd>
        </div>
        <div>
          <dt>In both, in the same order</dt>
          <dd>{similarity === null ? '–' : formatShare(similarity)}</dd>
        </div>
        {exported !== null && (
          <div>
            <dt>Characters</dt>
            <dd>{formatCount(exported.length)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function describeExported({ row, decision, chosen }: RecordDetail): string {
  switch (row.outcome) {
    case 'refined':
      return decision?.action === 'edit'
        ? 'Gets the edited text.'
        : `Gets the response of attempt ${chosen}.`;
    case 'kept':
      return 'Keeps the original.';
    case 'dropped':
      return 'Does not have this example.';
    case 'blocked':
      return 'Cannot be written before somebody decides.';
    case 'pending':
      return 'Is not known yet: no answer so far.';
  }
}
