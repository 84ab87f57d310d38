import type { RecordOrder } from '../../report/record-query.js';

/** What each order of records is called. */
export const ORDER_NAMES: Readonly<Record<RecordOrder, string>> = {
  id: 'as in the dataset',
  change: 'most changed first',
  length: 'longest first',
  cost: 'dearest first',
};
