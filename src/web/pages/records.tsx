import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import type { RecordRow } from '../../report/record-data.js';
import { RECORD_ORDERS } from '../../report/record-query.js';
import { useApp } from '../app-context.js';
import { Facets } from '../components/facets.js';
import { KeyHelp } from '../components/key-help.js';
import { Layout } from '../components/layout.js';
import { Pager } from '../components/pager.js';
import { RecordTable } from '../components/record-table.js';
import { RetryDialog } from '../components/retry-dialog.js';
import { RunProgress } from '../components/run-progress.js';
import { SearchBox } from '../components/search-box.js';
import { ProblemState, State } from '../components/state.js';
import { decidedRow } from '../decided-record.js';
import { navigate } from '../location.js';
import { ORDER_NAMES } from '../order-names.js';
import {
  addressQuery,
  isFiltered,
  NO_FILTER,
  type RecordAddress,
  readAddress,
  toggle,
} from '../record-address.js';
import { useResource } from '../resource.js';
import { hrefOf } from '../route.js';
import { useSignal } from '../signal.js';
import { keep, kept } from '../storage.js';
import { useChoices } from '../use-choices.js';
import { useDecisions } from '../use-decisions.js';
import { useKeys } from '../use-keys.js';
import { useRunEvents } from '../use-run-events.js';
import { forgetWalk } from '../walk.js';

/** Rows of a page: what the server gives when it is not asked for a size. */
const PAGE_SIZE = 100;

export function RecordsPage({ run, query }: { readonly run: string; readonly query: string }) {
  const { api, announce, saved } = useApp();
  const address = useMemo(() => readAddress(query), [query]);
  const { filter, sort, page } = address;
  const listQuery = addressQuery({ ...address, view: undefined });
  const records = useResource(`${run}?${listQuery}`, () => api.records(run, listQuery), { keep: true });
  const { value, patch } = records;
  const live = useRunEvents(run, records.reload);
  const decisions = useDecisions(run);
  const choices = useChoices();
  const [current, setCurrent] = useCurrentRow(value?.rows);
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
  const currentRow = rows.find(({ id }) => id === current);

  const move = (step: number) => {
    const index = rows.findIndex(({ id }) => id === current);
    const next = rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step))];
    if (next !== undefined) focusRow(next.id);
  };
  const decide = (action: 'accept' | 'reject', stay: boolean) => {
    if (currentRow === undefined) return;
    if (action === 'accept' && currentRow.words.refined === null) {
      announce('There is no refined response to accept');
      return;
    }
    decisions.decide(currentRow.id, { action });
    if (!stay) move(1);
  };
  useKeys('records', {
    next: () => move(1),
    previous: () => move(-1),
    open: () => currentRow && navigate(recordHref(currentRow)),
    accept: (stay) => decide('accept', stay),
    reject: (stay) => decide('reject', stay),
    undo: () => {
      const id = decisions.undoLatest();
      if (id !== undefined) focusRow(id);
      else announce('Nothing was decided in this window');
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
          <button type="button" class="button button-quiet" aria-label="Keys" onClick={() => setOpen('help')}>
            <kbd>?</kbd>
          </button>
        </>
      }
    >
      <div class="page-head">
        <h1>
          Records <span class="muted number">{total === undefined ? '' : formatCount(total)}</span>
        </h1>
        <SearchBox
          key={run}
          text={filter.q}
          input={search}
          onSearch={(q) => change({ filter: { ...filter, q } }, filter.q !== '')}
        />
        <label class="inline-field">
          <span class="muted">Order</span>
          <select
            class="input"
            value={sort}
            onChange={({ currentTarget }) =>
              change({ sort: RECORD_ORDERS.find((order) => order === currentTarget.value) ?? 'id' })
            }
          >
            {RECORD_ORDERS.map((order) => (
              <option key={order} value={order}>
                {ORDER_NAMES[order]}
              </option>
            ))}
          </select>
        </label>
        {isFiltered(filter) && (
          <button type="button" class="button button-quiet" onClick={() => change({ filter: NO_FILTER })}>
            Clear the filters
          </button>
        )}
        <div class="page-head-end">
          <button type="button" class="button" disabled={!total} onClick={() => setOpen('retry')}>
            Retry {total === undefined ? '' : formatCount(total)}…
          </button>
          <Pager
            page={page}
            pages={pages}
            hrefOf={(number) => hrefOf({ page: 'records', run }, addressQuery({ ...address, page: number }))}
          />
        </div>
      </div>
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
              current={current}
              onCurrent={setCurrent}
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

const CURRENT_KEY = 'burnish.row';

/** The row that keys act on: the one focused last, also after a record was looked at. */
function useCurrentRow(rows: readonly RecordRow[] | undefined) {
  const [current, setCurrent] = useState(() => kept(sessionStorage, CURRENT_KEY));
  const restored = useRef(false);
  useEffect(() => {
    if (rows === undefined || restored.current) return;
    restored.current = true;
    if (current !== null) focusRow(current);
  }, [rows, current]);
  const choose = (id: string) => {
    keep(sessionStorage, CURRENT_KEY, id);
    setCurrent(id);
  };
  return [current, choose] as const;
}

/** Focuses a row by the link in it, if it is there. */
function focusRow(id: string): void {
  const links = document.querySelectorAll<HTMLElement>('[data-record]');
  const link = [...links].find(({ dataset }) => dataset.record === id);
  link?.scrollIntoView({ block: 'nearest' });
  link?.focus({ preventScroll: true });
}
