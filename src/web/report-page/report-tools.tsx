import type { RefObject } from 'preact';
import { formatCount } from '../../report/figures.js';
import { RECORD_ORDERS, type RecordOrder } from '../../report/record-query.js';
import { isFiltered, NO_FILTER } from '../addresses/record-address.js';
import { Pager } from '../components/pager.js';
import { SearchBox } from '../components/search-box.js';
import type { DiffMode } from '../diff-mode.js';
import { ORDER_NAMES } from '../wording/order-names.js';
import { type ReportAddress, reportHash } from './report-address.js';

interface ReportToolsProps {
  readonly address: ReportAddress;
  /** Examples that fit the filter. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly mode: DiffMode;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly hasCosts: boolean;
  readonly onChange: (next: Partial<ReportAddress>, replace?: boolean) => void;
  readonly onMode: () => void;
  readonly onHelp: () => void;
}

/** What stays in sight above the examples: search, order, and how they are shown. */
export function ReportTools(props: ReportToolsProps) {
  const { address, total, page, pages, mode, search, hasCosts, onChange, onMode, onHelp } = props;
  const { filter, sort } = address;
  const orders: readonly RecordOrder[] = hasCosts
    ? RECORD_ORDERS
    : RECORD_ORDERS.filter((order) => order !== 'cost');
  return (
    <div class="record-bar report-tools">
      <div class="record-where">
        <h2 id="examples-heading">
          Examples <span class="muted number">{formatCount(total)}</span>
        </h2>
        <SearchBox
          text={filter.q}
          input={search}
          onSearch={(q) => onChange({ filter: { ...filter, q } }, true)}
        />
        <label class="inline-field">
          <span class="muted">Order</span>
          <select
            class="input"
            value={sort}
            onChange={({ currentTarget }) =>
              onChange({ sort: RECORD_ORDERS.find((order) => order === currentTarget.value) ?? 'id' }, true)
            }
          >
            {orders.map((order) => (
              <option key={order} value={order}>
                {ORDER_NAMES[order]}
              </option>
            ))}
          </select>
        </label>
        {isFiltered(filter) && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => onChange({ filter: NO_FILTER }, true)}
          >
            Clear the filters
          </button>
        )}
      </div>
      <div class="record-actions">
        <Pager
          page={page}
          pages={pages}
          hrefOf={(number) => reportHash({ ...address, id: undefined, page: number })}
        />
        <button type="button" class="button" aria-pressed={mode === 'inline'} onClick={onMode}>
          Inline
        </button>
        <button type="button" class="button button-quiet" aria-label="Keys" onClick={onHelp}>
          <kbd>?</kbd>
        </button>
      </div>
    </div>
  );
}
