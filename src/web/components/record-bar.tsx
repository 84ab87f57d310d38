import type { ComponentChildren } from 'preact';
import { formatCount } from '../../report/figures.js';
import type { RecordRow } from '../../report/record-data.js';
import type { WalkPlace } from '../addresses/walk.js';
import type { DiffMode } from '../diff-mode.js';
import { Chip } from './chip.js';

interface RecordBarProps {
  readonly title: ComponentChildren;
  /** Undefined while it is loaded. */
  readonly row: RecordRow | undefined;
  readonly unsaved: boolean;
  /** Undefined while it is not known. */
  readonly way: WalkPlace | undefined;
  readonly listHref: string;
  readonly recordHref: (id: string) => string;
  readonly mode: DiffMode;
  readonly advances: boolean;
  readonly onAdvances: (advances: boolean) => void;
  readonly canAccept: boolean;
  readonly canUndo: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
  readonly onEdit: () => void;
  readonly onRetry: () => void;
  readonly onUndo: () => void;
  readonly onView: () => void;
}

/** What stays in sight above a record: where one is, how it stands, and what can be done. */
export function RecordBar(props: RecordBarProps) {
  const { title, row, unsaved, way, mode, advances } = props;
  return (
    <div class="record-bar">
      <div class="record-where">
        <a class="button button-quiet" href={props.listHref} title="Back to the list (Esc)">
          <span aria-hidden="true">←</span> List
        </a>
        <nav class="pager" aria-label="Records">
          <Step label="Record before (k)" sign="‹" id={way?.previous} hrefOf={props.recordHref} />
          <span class="number">
            {way === undefined ? '–' : `${formatCount(way.place)} / ${formatCount(way.total)}`}
          </span>
          <Step label="Next record (j)" sign="›" id={way?.next[0]} hrefOf={props.recordHref} />
        </nav>
        {title}
        {row !== undefined && (
          <span class="record-chips">
            {row.verdict !== null && <Chip kind={row.verdict} />}
            <Chip kind={row.outcome} />
            {row.decision !== null && <Chip kind={row.decision}>decided: {row.decision}</Chip>}
            {unsaved && <Chip kind="unsaved">not saved</Chip>}
          </span>
        )}
      </div>
      <div class="record-actions">
        <Action
          label="Accept"
          sign="a"
          chosen={row?.decision === 'accept'}
          off={!props.canAccept}
          run={props.onAccept}
        />
        <Action
          label="Reject"
          sign="r"
          chosen={row?.decision === 'reject'}
          off={row === undefined}
          run={props.onReject}
        />
        <Action
          label="Edit"
          sign="e"
          chosen={row?.decision === 'edit'}
          off={row === undefined}
          run={props.onEdit}
        />
        <Action label="Retry" sign="t" off={row === undefined} run={props.onRetry} />
        <Action label="Undo" sign="u" off={!props.canUndo} run={props.onUndo} />
        <span class="button-group">
          <button
            type="button"
            class="button"
            aria-pressed={mode === 'side'}
            title="Side by side (v)"
            onClick={() => mode !== 'side' && props.onView()}
          >
            Side by side
          </button>
          <button
            type="button"
            class="button"
            aria-pressed={mode === 'inline'}
            title="Inline (v)"
            onClick={() => mode !== 'inline' && props.onView()}
          >
            Inline
          </button>
        </span>
        <label class="choice small" title="Shift with a or r stays once">
          <input
            type="checkbox"
            checked={advances}
            onChange={({ currentTarget }) => props.onAdvances(currentTarget.checked)}
          />
          Go on after deciding
        </label>
      </div>
    </div>
  );
}

interface ActionProps {
  readonly label: string;
  /** Its key. */
  readonly sign: string;
  readonly chosen?: boolean;
  readonly off: boolean;
  readonly run: () => void;
}

function Action({ label, sign, chosen, off, run }: ActionProps) {
  return (
    <button
      type="button"
      class="button"
      aria-pressed={chosen}
      aria-keyshortcuts={sign}
      disabled={off}
      onClick={run}
    >
      {label}{' '}
      <span class="key-sign" aria-hidden="true">
        {sign}
      </span>
    </button>
  );
}

interface StepProps {
  readonly label: string;
  readonly sign: string;
  /** Undefined where there is no such record. */
  readonly id: string | undefined;
  readonly hrefOf: (id: string) => string;
}

function Step({ label, sign, id, hrefOf }: StepProps) {
  if (id === undefined) {
    return (
      <span class="button button-off" aria-hidden="true">
        {sign}
      </span>
    );
  }
  return (
    <a class="button" href={hrefOf(id)} title={label}>
      <span aria-hidden="true">{sign}</span>
      <span class="hidden">{label}</span>
    </a>
  );
}
