import { formatCompact, formatCount } from '../../report/figures.js';
import type { RecordRow } from '../../report/record-data.js';
import { visible } from '../../report/visible.js';
import { ChangeBar } from './change-bar.js';
import { Chip } from './chip.js';
import { DataText } from './data-text.js';

interface RecordTableProps {
  readonly rows: readonly RecordRow[];
  /** Where a record is shown whole. */
  readonly hrefOf: (row: RecordRow) => string;
  /** The row that keys act on, by id. */
  readonly current: string | null;
  readonly onCurrent: (id: string) => void;
  /** Called when a row is clicked beside its link. */
  readonly onOpen: (row: RecordRow) => void;
  /** Ids of records whose latest decision is not saved. */
  readonly unsaved?: ReadonlySet<string>;
}

const MOST_CHECKS = 3;

/** Records as a dense table, one line each. */
export function RecordTable({ rows, hrefOf, current, onCurrent, onOpen, unsaved }: RecordTableProps) {
  return (
    <table class="records-table">
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Instruction</th>
          <th scope="col">Verdict</th>
          <th scope="col">Outcome</th>
          <th scope="col">Checks</th>
          <th scope="col">Change</th>
          <th scope="col" class="number">
            Words
          </th>
          <th scope="col">Decision</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            class={row.id === current ? 'record-row record-row-current' : 'record-row'}
            onClick={(event) => {
              if (event.target instanceof Element && event.target.closest('a') === null) onOpen(row);
            }}
            onFocusCapture={() => onCurrent(row.id)}
          >
            <th scope="row">
              <a href={hrefOf(row)} data-record={row.id} class="data" title={visible(row.id)}>
                <DataText text={row.id} />
              </a>
            </th>
            <td class="record-instruction" title={visible(row.instruction)}>
              <bdi>
                <DataText text={row.instruction} />
              </bdi>
            </td>
            <td>{row.verdict === null ? <span class="muted">–</span> : <Chip kind={row.verdict} />}</td>
            <td>
              <Chip kind={row.outcome} title={row.reason ?? undefined} />
            </td>
            <td class="record-checks">
              <Checks checks={row.checks} />
            </td>
            <td>
              <ChangeBar share={row.changed} />
            </td>
            <td class="number">
              {formatWords(row.words.original)}
              <span class="muted"> → </span>
              {row.words.refined === null ? '–' : formatWords(row.words.refined)}
            </td>
            <td>
              {row.decision !== null && <Chip kind={row.decision} />}
              {unsaved?.has(row.id) && <Chip kind="unsaved">not saved</Chip>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In full as long as the column has room. */
function formatWords(count: number): string {
  return count < 10_000 ? formatCount(count) : formatCompact(count);
}

function Checks({ checks }: { readonly checks: readonly string[] }) {
  const more = checks.length - MOST_CHECKS;
  return (
    <span title={visible(checks.join(', '))}>
      {checks.slice(0, MOST_CHECKS).map((check) => (
        <code key={check}>{check}</code>
      ))}
      {more > 0 && <span class="muted">+{more}</span>}
    </span>
  );
}
