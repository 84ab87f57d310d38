import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatNumberOf } from '../../report/figures.js';
import type { RecordRow } from '../../report/record-data.js';
import { focusRow, useCurrentRow } from '../addresses/current-row.js';
import { navigate } from '../addresses/location.js';
import {
  addressQuery,
  isFiltered,
  NO_FILTER,
  type RecordAddress,
  readAddress,
  toggle,
} from '../addresses/record-address.js';
import { hrefOf } from '../addresses/route.js';
import { forgetWalk } from '../addresses/walk.js';
import { useResource } from '../api/resource.js';
import { useChoices } from '../api/use-choices.js';
import { useRunEvents } from '../api/use-run-events.js';
import { useApp } from '../app-context.js';
import { Facets } from '../components/facets.js';
import { HelpButton } from '../components/help-button.js';
import { KeyHelp } from '../components/key-help.js';
import { Layout } from '../components/layout.js';
import { RecordTable } from '../components/record-table.js';
import { RecordsHead } from '../components/records-head.js';
import { RetryDialog } from '../components/retry-dialog.js';
import { RunProgress } from '../components/run-progress.js';
import { ProblemState, State } from '../components/state.js';
import { decidedRow } from '../decisions/decided-record.js';
import { useDecisions } from '../decisions/use-decisions.js';
import { useKeys } from '../keys/use-keys.js';
import { useSignal } from '../signal.js';

/** Rows of a page: what the server gives when it is not asked for a size. */
const PAGE_SIZE = 100;

export function RecordsPage({ run, query }: { readonly run: string; readonly query: string }) {
  const { api, announce, saved, toasts } = useApp();
  const address = useMemo(() => readAddress(query), [query]);
  const { filter, page } = address;
  const listQuery = addressQuery({ ...address, view: undefined });
  const records = useResource(`${run}?${listQuery}`, () => api.records(run, listQuery), { keep: true });
  const { value, patch } = records;
  const live = useRunEvents(run, records.reload);
  const decisions = useDecisions(run);
  const choices = useChoices();
  const current = useCurrentRow(value?.rows);
  const [open, setOpen] = useState<'help' | 'retry'>();
  const search = useRef<HTMLInputElement>(null);

  // The next record that is opened begins a new way through what the list shows now.
  useEffect(forgetWalk, []);
  useEffect(() => {
    if (history.state?.search === true) search.current?.focus();
  }, []);

  const confirmed = useSignal(saved);
  useEffect(() => {
    if (confirmed?.run !== run) return;
    const { row } = confirmed.detail;
    patch((known) => ({ ...known, rows: known.rows.map((other) => (other.id === row.id ? row : other)) }));
  }, [confirmed, run, patch]);

  const total = value?.total;
  const told = useRef('');
  useEffect(() => {
    const news = `${total} ${listQuery}`;
    if (total === undefined || records.loading || told.current === news) return;
    told.current = news;
    announce(formatNumberOf(total, 'record'));
  }, [total, listQuery, records.loading, announce]);

  const change = (next: Partial<RecordAddress>, replace = false) => {
    const target = addressQuery({ ...address, page: 1, ...next });
    navigate(hrefOf({ page: 'records', run }, target), { replace });
  };
  const rows = (value?.rows ?? []).map((row) => decidedRow(row, decisions.waiting(row.id)?.bodies.at(-1)));
  const unsaved = new Set(
    rows.filter(({ id }) => decisions.waiting(id)?.state === 'unsaved').map(({ id }) => id),
  );
  const recordHref = ({ id }: RecordRow) =>
    hrefOf({ page: 'record', run, id }, addressQuery({ ...address, page: 1 }));
  const pages = Math.max(1, Math.ceil((total ?? 0) / PAGE_SIZE));
  useEffect(() => {
    // A link may lead beyond the last page that is left.
    if (page > pages && !records.loading && records.error === undefined) change({ page: pages }, true);
  });
  const currentRow = rows.find(({ id }) => id === current.id);

  const decide = (action: 'accept' | 'reject', stay: boolean) => {
    if (currentRow === undefined) return;
    const obstacle = action === 'accept' ? whyNotAccepted(currentRow) : undefined;
    if (obstacle !== undefined) {
      toasts.note(obstacle);
      return;
    }
    decisions.decide(currentRow.id, { action });
    if (!stay) current.move(1);
  };
  useKeys('records', {
    next: () => current.move(1),
    previous: () => current.move(-1),
    open: () => currentRow && navigate(recordHref(currentRow)),
    accept: (stay) => decide('accept', stay),
    reject: (stay) => decide('reject', stay),
    undo: () => {
      const id = decisions.undoLatest();
      if (id !== undefined) focusRow(id);
      else toasts.note('Nothing was decided in this window.');
    },
    retry: () => setOpen('retry'),
    older: () => page > 1 && change({ page: page - 1 }),
    newer: () => page < pages && change({ page: page + 1 }),
    search: () => search.current?.select(),
    help: () => setOpen('help'),
  });

  return (
    <Layout
      title={`Records of ${run}`}
      run={run}
      current="records"
      status={
        <>
          <RunProgress live={live} />
          <HelpButton onOpen={() => setOpen('help')} />
        </>
      }
    >
      <RecordsHead
        address={address}
        total={total}
        pages={pages}
        pageHref={(number) => hrefOf({ page: 'records', run }, addressQuery({ ...address, page: number }))}
        search={search}
        onChange={change}
        onRetry={() => setOpen('retry')}
      />
      <div class="records">
        <aside class="panel records-facets" aria-label="Filters">
          <Facets
            filter={filter}
            counts={value?.facets}
            descriptions={choices.checks}
            onToggle={(facet, name) => change({ filter: toggle(filter, facet, name) })}
          />
        </aside>
        <div class="panel records-list" aria-busy={records.loading}>
          {records.error !== undefined && <ProblemState error={records.error} retry={records.reload} />}
          {value === undefined && records.loading && <State title="Loading" />}
          {value !== undefined && rows.length === 0 && (
            <State title={isFiltered(filter) ? 'No record matches' : 'There are no records'}>
              {isFiltered(filter) && (
                <button type="button" class="button" onClick={() => change({ filter: NO_FILTER })}>
                  Clear the filters
                </button>
              )}
            </State>
          )}
          {rows.length > 0 && (
            <RecordTable
              rows={rows}
              hrefOf={recordHref}
              current={current.id}
              onCurrent={current.choose}
              onOpen={(row) => navigate(recordHref(row))}
              unsaved={unsaved}
            />
          )}
        </div>
      </div>
      {open === 'help' && <KeyHelp page="records" onClose={() => setOpen(undefined)} />}
      {open === 'retry' && (
        <RetryDialog run={run} filter={filter} count={total ?? 0} onClose={() => setOpen(undefined)} />
      )}
    </Layout>
  );
}

/** Why a row cannot be accepted without a look at the record; undefined when it can. */
function whyNotAccepted({ words, decision }: RecordRow): string | undefined {
  if (words.refined === null) return 'There is no refined response to accept.';
  if (decision === 'edit') return 'An edited text is in place. Open the record to accept an attempt instead.';
  return undefined;
}
