import { formatCount } from '../../report/figures.js';
import { visible } from '../../report/visible.js';
import { addressQuery, NO_FILTER } from '../addresses/record-address.js';
import { hrefOf } from '../addresses/route.js';
import { useResource } from '../api/resource.js';
import { useApp } from '../app-context.js';
import { Chip } from './chip.js';
import { DataText } from './data-text.js';
import { Pager } from './pager.js';
import { ProblemState, State } from './state.js';

interface UnrefinedListProps {
  readonly run: string;
  /** From 1. */
  readonly page: number;
  /** Another value when the list is to be asked for anew. */
  readonly version: unknown;
}

const PAGE_SIZE = 25;
const FILTER = { ...NO_FILTER, outcome: ['kept', 'dropped', 'blocked', 'pending'] } as const;
const QUERY = addressQuery({ filter: FILTER, sort: 'id', page: 1, view: undefined });

/** The part of the ledger that needs explaining: examples that did not end as refined, with the reasons. */
export function UnrefinedList({ run, page, version }: UnrefinedListProps) {
  const { api } = useApp();
  const query = `${QUERY}&page=${page}&size=${PAGE_SIZE}`;
  const { value, error, reload } = useResource(`${run} ${query} ${version}`, () => api.records(run, query), {
    keep: true,
  });
  const total = value?.total;
  return (
    <section class="panel" aria-labelledby="ledger-heading">
      <div class="panel-head">
        <h2 id="ledger-heading">Not refined</h2>
        <span class="muted number">{total === undefined ? '' : formatCount(total)}</span>
        {total !== undefined && total > 0 && (
          <a href={hrefOf({ page: 'records', run }, QUERY)}>In the record list</a>
        )}
        <div class="page-head-end">
          <Pager
            page={page}
            pages={Math.max(1, Math.ceil((total ?? 0) / PAGE_SIZE))}
            hrefOf={(number) => hrefOf({ page: 'overview', run }, number === 1 ? '' : `page=${number}`)}
          />
        </div>
      </div>
      {error !== undefined && <ProblemState error={error} retry={reload} />}
      {value === undefined && error === undefined && <State title="Loading" />}
      {value?.rows.length === 0 && (
        <p class="muted panel-body">
          {page === 1 ? 'Every example ended as refined.' : 'There are no more.'}
        </p>
      )}
      {value !== undefined && value.rows.length > 0 && (
        <div class="scrolled">
          <table class="figures-table ledger-table">
            <thead>
              <tr>
                <th scope="col">Id</th>
                <th scope="col">Outcome</th>
                <th scope="col">Reason</th>
                <th scope="col">Instruction</th>
              </tr>
            </thead>
            <tbody>
              {value.rows.map(({ id, outcome, reason, instruction }) => (
                <tr key={id}>
                  <th scope="row">
                    <a class="data" href={hrefOf({ page: 'record', run, id }, QUERY)} title={visible(id)}>
                      <DataText text={id} />
                    </a>
                  </th>
                  <td>
                    <Chip kind={outcome} />
                  </td>
                  <td class="data" title={visible(reason ?? '')}>
                    {reason === null ? (
                      <span class="muted">{outcome === 'pending' ? 'not answered yet' : '–'}</span>
                    ) : (
                      <DataText text={reason} />
                    )}
                  </td>
                  <td class="muted" title={visible(instruction)}>
                    <bdi>
                      <DataText text={instruction} />
                    </bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
