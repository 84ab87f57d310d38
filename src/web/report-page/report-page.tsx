import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import type { RecordDetail } from '../../report/record-data.js';
import {
  chooseRecords,
  type RECORD_ORDERS,
  type RecordFilter,
  searchPattern,
} from '../../report/record-query.js';
import { visible } from '../../report/visible.js';
import { isFiltered, NO_FILTER, toggle } from '../addresses/record-address.js';
import { DataText } from '../components/data-text.js';
import { Facets } from '../components/facets.js';
import { KeyHelp } from '../components/key-help.js';
import { State } from '../components/state.js';
import type { DiffMode } from '../diff-mode.js';
import { useKeys } from '../keys/use-keys.js';
import type { Report } from './embedded-report.js';
import { createNearWatch } from './near.js';
import { type ReportAddress, readReportAddress, reportHash } from './report-address.js';
import { elementId, ReportRecord } from './report-record.js';
import { ReportSummary } from './report-summary.js';
import { ReportTools } from './report-tools.js';
import { useHash } from './use-hash.js';
import { usePrinting } from './use-printing.js';

/** Examples on the page at a time; all of most reports. */
const MOST_ON_PAGE = 1000;

/** A whole report: the summary, and every example that fits the filter. */
export function ReportPage({ report }: { readonly report: Report }) {
  const { title, subject, records, examples } = report;
  const ofRun = subject.kind === 'run';
  const [hash, replaceHash] = useHash();
  const address = useMemo(() => readReportAddress(hash), [hash]);
  const { filter, sort, page, id } = address;
  const mode: DiffMode = address.view ?? 'side';
  const printing = usePrinting();
  const watch = useMemo(createNearWatch, []);
  const [showsHelp, setShowsHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLElement>(null);
  const current = useRef<number | undefined>(undefined);

  const chosen = useChosen(records, filter, sort);
  const pages = Math.max(1, Math.ceil(chosen.records.length / MOST_ON_PAGE));
  const at = id === undefined ? -1 : chosen.records.findIndex(({ row }) => row.id === id);
  const shownPage = Math.min(pages, at < 0 ? page : 1 + Math.floor(at / MOST_ON_PAGE));
  const onPage = chosen.records.slice((shownPage - 1) * MOST_ON_PAGE, shownPage * MOST_ON_PAGE);

  useEffect(() => {
    document.title = visible(title);
  }, [title]);
  const go = useCallback((place: number) => {
    current.current = place;
    const element = document.getElementById(elementId(place));
    element?.scrollIntoView({ block: 'start' });
    element?.querySelector('a')?.focus({ preventScroll: true });
  }, []);
  // An address that names an example, or a filter, leads there: when it is opened, and when a link is followed.
  const place = chosen.records[at]?.row.place;
  useEffect(() => {
    if (place !== undefined) go(place);
    else if (isFiltered(filter) || page > 1) list.current?.scrollIntoView({ block: 'start' });
  }, [place, hash]);

  // A search that ends late, or a key, changes what the address is by then.
  const addressNow = () => readReportAddress(location.hash);
  const change = (next: Partial<ReportAddress>, replace = false) => {
    const target = reportHash({ ...addressNow(), id: undefined, page: 1, ...next });
    if (replace) replaceHash(target);
    else location.hash = target;
  };
  const move = (step: number) => {
    const from = onPage.findIndex(({ row }) => row.place === current.current);
    const next = onPage[from < 0 ? 0 : from + step];
    if (next === undefined) return;
    current.current = next.row.place;
    replaceHash(reportHash({ ...addressNow(), id: next.row.id }));
  };
  const changeMode = () => {
    const view = mode === 'side' ? 'inline' : 'side';
    replaceHash(reportHash({ ...addressNow(), view }));
  };
  useKeys('report', {
    next: () => move(1),
    previous: () => move(-1),
    view: changeMode,
    search: () => {
      list.current?.scrollIntoView({ block: 'start' });
      search.current?.select();
    },
    help: () => setShowsHelp(true),
  });

  return (
    <div class="report">
      <button
        type="button"
        class="skip"
        onClick={() => {
          list.current?.scrollIntoView({ block: 'start' });
          search.current?.focus({ preventScroll: true });
        }}
      >
        Skip to the examples
      </button>
      <main class="main" id="main">
        <div class="page-head report-head">
          <h1 class="data">
            <DataText text={title} />
          </h1>
          <span class="muted">
            {records.length < examples && `${formatCount(records.length)} of `}
            {formatNumberOf(examples, 'example')} compared
          </span>
        </div>
        <ReportSummary
          subject={subject}
          hrefOf={(facet, value) =>
            reportHash({ ...address, id: undefined, page: 1, filter: toggle(NO_FILTER, facet, value) })
          }
        />
        <section ref={list} class="report-examples" aria-labelledby="examples-heading">
          <ReportTools
            address={address}
            total={chosen.records.length}
            page={shownPage}
            pages={pages}
            mode={mode}
            search={search}
            hasCosts={ofRun}
            onChange={change}
            onMode={changeMode}
            onHelp={() => setShowsHelp(true)}
          />
          <div class="records">
            <aside class="panel records-facets" aria-label="Filters">
              <Facets
                filter={filter}
                counts={chosen.facets}
                {...(!ofRun && { without: ['outcome', 'decision'] as const })}
                onToggle={(facet, value) => change({ filter: toggle(filter, facet, value) }, true)}
              />
            </aside>
            <div class="report-list">
              {onPage.length === 0 && <State title="No example matches" />}
              {onPage.map((detail) => (
                <ReportRecord
                  key={detail.row.id}
                  detail={detail}
                  href={reportHash({ ...address, id: detail.row.id })}
                  mode={mode}
                  ofRun={ofRun}
                  printing={printing}
                  watch={watch}
                />
              ))}
            </div>
          </div>
        </section>
      </main>
      {showsHelp && <KeyHelp page="report" onClose={() => setShowsHelp(false)} />}
    </div>
  );
}

/** The records that fit, in order, and what further choices would leave. */
function useChosen(
  records: readonly RecordDetail[],
  filter: RecordFilter,
  sort: (typeof RECORD_ORDERS)[number],
) {
  const byPlace = useMemo(() => new Map(records.map((detail) => [detail.row.place, detail])), [records]);
  return useMemo(() => {
    const pattern = searchPattern(filter.q);
    const { rows, facets } = chooseRecords(
      records.map(({ row }) => row),
      filter,
      sort,
      ({ id, place }) => {
        const detail = byPlace.get(place);
        if (detail === undefined) return false;
        const { instruction, input, original, refined } = detail;
        return [id, instruction, input, original, refined ?? ''].some((text) => pattern.test(text));
      },
    );
    return { records: rows.flatMap(({ place }) => byPlace.get(place) ?? []), facets };
  }, [records, byPlace, filter, sort]);
}
