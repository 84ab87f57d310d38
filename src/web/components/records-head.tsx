import type { RefObject } from 'preact';
import { formatCount } from '../../report/figures.js';
import { RECORD_ORDERS } from '../../report/record-query.js';
import { isFiltered, NO_FILTER, type RecordAddress } from '../addresses/record-address.js';
import { ORDER_NAMES } from '../wording/order-names.js';
import { Pager } from './pager.js';
import { SearchBox } from './search-box.js';

interface RecordsHeadProps {
  readonly address: RecordAddress;
  /** Records that match; undefined until they are counted. */
  readonly total: number | undefined;
  readonly pages: number;
  readonly pageHref: (page: number) => string;
  readonly search: RefObject<HTMLInputElement | null>;
  /** @param replace whether it is no step to go back to */
  readonly onChange: (change: Partial<RecordAddress>, replace?: boolean) => void;
  /** Left out where nothing can be asked. */
  readonly onRetry?: () => void;
}

/** What stands above a list of records: how many, search, order, and what can be done with all of them. */
export function RecordsHead(props: RecordsHeadProps) {
  const { address, total, pages, pageHref, search, onChange, onRetry } = props;
  const { filter, sort, page } = address;
  const number = total === undefined ? '' : formatCount(total);
  return (
    <div class="page-head">
      <h1>
        Records <span class="muted number">{number}</span>
      </h1>
      <SearchBox
        text={filter.q}
        input={search}
        onSearch={(q) => onChange({ filter: { ...filter, q } }, filter.q !== '')}
      />
      <label class="inline-field">
        <span class="muted">Order</span>
        <select
          class="input"
          value={sort}
          onChange={({ currentTarget }) =>
            onChange({ sort: RECORD_ORDERS.find((order) => order === currentTarget.value) ?? 'id' })
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
        <button type="button" class="button button-quiet" onClick={() => onChange({ filter: NO_FILTER })}>
          Clear the filters
        </button>
      )}
      <div class="page-head-end">
        {onRetry && (
          <button type="button" class="button" disabled={!total} onClick={onRetry}>
            Retry {number}…
          </button>
        )}
        <Pager page={page} pages={pages} hrefOf={pageHref} />
      </div>
    </div>
  );
}
