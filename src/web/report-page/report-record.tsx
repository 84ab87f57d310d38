import { useRef, useState } from 'preact/hooks';
import { formatCount, formatUsd } from '../../report/figures.js';
import type { RecordDetail } from '../../report/record-data.js';
import { AttemptTable } from '../components/attempt-table.js';
import { ChangeBar } from '../components/change-bar.js';
import { Chip } from '../components/chip.js';
import { DataText } from '../components/data-text.js';
import { Dialog } from '../components/dialog.js';
import { DiffView } from '../components/diff-view.js';
import { FindingList } from '../components/finding-list.js';
import { LongText } from '../components/long-text.js';
import { shownResponse } from '../components/record-body.js';
import type { DiffMode } from '../diff-mode.js';
import { useFindingLinks } from '../finding-links.js';
import { memo } from './memo.js';
import { type NearWatch, useNear } from './near.js';

interface ReportRecordProps {
  readonly detail: RecordDetail;
  readonly href: string;
  readonly mode: DiffMode;
  /** Whether it is of a run, and not of two files. */
  readonly ofRun: boolean;
  readonly printing: boolean;
  readonly watch: NearWatch;
}

/** The id of a record's element: its place, since its own id can be anything. */
export const elementId = (place: number) => `example-${place}`;

/** One example: what became of it, and its texts compared. The comparison is made when it comes near the window. */
export const ReportRecord = memo(function ReportRecord(props: ReportRecordProps) {
  const { detail, href, ofRun, printing, watch } = props;
  const { row } = detail;
  const element = useRef<HTMLElement>(null);
  const near = useNear(watch, element);
  const isShown = near || printing;
  return (
    <article
      ref={element}
      id={elementId(row.place)}
      class="panel example"
      aria-labelledby={`${elementId(row.place)}-title`}
    >
      <header class="panel-head example-head">
        <h3 id={`${elementId(row.place)}-title`}>
          <a href={href} class="data">
            <DataText text={row.id} />
          </a>
        </h3>
        {row.verdict !== null && <Chip kind={row.verdict} />}
        {ofRun && <Chip kind={row.outcome} />}
        {row.decision !== null && <Chip kind={row.decision}>decided: {row.decision}</Chip>}
        <ChangeBar share={row.changed} />
        <span class="muted number">
          {formatCount(row.words.original)} →{' '}
          {row.words.refined === null ? '–' : formatCount(row.words.refined)} words
        </span>
        {row.costUsd !== null && row.requests > 0 && (
          <span class="muted number">{formatUsd(row.costUsd)}</span>
        )}
      </header>
      {isShown ? (
        <ExampleBody {...props} />
      ) : (
        <div class="example-waiting" style={{ blockSize: `${expectedHeight(detail)}px` }}>
          <DataText text={row.instruction} />
        </div>
      )}
    </article>
  );
});

/** About how high an example will be, in pixels, so that the scroll bar tells the truth. */
function expectedHeight({ original, refined, findings }: RecordDetail): number {
  const lines = Math.max(original.length, refined?.length ?? 0) / 62;
  return Math.round(90 + 22 * Math.max(lines, 3 * findings.length));
}

function ExampleBody({ detail, mode, printing }: ReportRecordProps) {
  const [attempt, setAttempt] = useState<number | null>(null);
  const [reply, setReply] = useState<number>();
  const { text, findings } = shownResponse(detail, attempt);
  const links = useFindingLinks(findings);
  const counted = attempt ?? (detail.decision?.action === 'edit' ? null : detail.chosen);
  const shown = detail.attempts.find((other) => other.attempt === (counted ?? detail.chosen));
  const replied = detail.attempts.find((other) => other.attempt === reply);
  const critique = shown?.critique ?? '';
  return (
    <div class="example-body">
      <div class="example-task">
        <LongText text={detail.instruction} limit={printing ? Number.POSITIVE_INFINITY : 600} />
        {detail.input !== '' && (
          <div class="example-input">
            <LongText text={detail.input} limit={printing ? Number.POSITIVE_INFINITY : 600} />
          </div>
        )}
      </div>
      <div class="example-side">
        {detail.reason !== null && findings.length === 0 && (
          <p class="muted data small">
            <DataText text={detail.reason} />
          </p>
        )}
        {findings.length > 0 && <FindingList links={links} />}
        {critique !== '' && (
          <details class="example-more">
            <summary>Critique</summary>
            <LongText text={critique} />
          </details>
        )}
      </div>
      <div class="example-diff">
        {text === null && (
          <p class="muted example-note">There is no refined response: this is the original.</p>
        )}
        <DiffView original={detail.original} refined={text} mode={mode} links={links} />
      </div>
      {detail.attempts.length > 0 && (
        <details class="example-more example-attempts">
          <summary>
            {formatCount(detail.attempts.length)} {detail.attempts.length === 1 ? 'attempt' : 'attempts'}
          </summary>
          <AttemptTable
            attempts={detail.attempts}
            chosen={detail.chosen}
            shown={counted}
            onShow={setAttempt}
            onReply={setReply}
          />
        </details>
      )}
      {replied !== undefined && (
        <Dialog wide title={`Reply of attempt ${replied.attempt}`} onClose={() => setReply(undefined)}>
          <pre class="data">
            <LongText text={replied.reply ?? ''} />
          </pre>
        </Dialog>
      )}
    </div>
  );
}
