import { expect, test } from 'vitest';
import {
  addressQuery,
  filterQuery,
  isFiltered,
  NO_FILTER,
  type RecordAddress,
  readAddress,
  toggle,
} from '../../../src/web/addresses/record-address.js';

const PLAIN: RecordAddress = { filter: NO_FILTER, sort: 'id', page: 1, view: undefined };

test.each<[string, Partial<RecordAddress>]>([
  ['', {}],
  ['verdict=fail,flag&sort=change', { filter: { ...NO_FILTER, verdict: ['fail', 'flag'] }, sort: 'change' }],
  ['check=loss,code.loss&page=3', { filter: { ...NO_FILTER, check: ['loss', 'code.loss'] }, page: 3 }],
  ['q=a%26b%3D%C3%BC%2B%20c', { filter: { ...NO_FILTER, q: 'a&b=ü+ c' } }],
  [
    'outcome=kept&change=none,whole&decision=none&view=inline',
    {
      filter: { ...NO_FILTER, outcome: ['kept'], change: ['none', 'whole'], decision: ['none'] },
      view: 'inline',
    },
  ],
])('the query "%s" is read, and written as it was', (query, said) => {
  const address = { ...PLAIN, ...said };
  expect(readAddress(query)).toEqual(address);
  expect(addressQuery(address)).toBe(query);
});

test.each([
  ['verdict=good&outcome=lost&change=huge&decision=maybe'],
  ['sort=colour&page=-1&view=both'],
  ['page=1e99'],
  ['page=1.5&other=1'],
])('what is unknown in the query "%s" is left out', (query) => {
  expect(readAddress(query)).toEqual(PLAIN);
});

test('the same choice is always the same query, in whatever order it was made', () => {
  const one = toggle(toggle(NO_FILTER, 'verdict', 'flag'), 'verdict', 'fail');
  const other = toggle(toggle(NO_FILTER, 'verdict', 'fail'), 'verdict', 'flag');
  expect(filterQuery(one, 'id')).toBe('verdict=fail,flag');
  expect(filterQuery(other, 'id')).toBe('verdict=fail,flag');
});

test('a value that is chosen twice is not chosen any more', () => {
  expect(toggle(toggle(NO_FILTER, 'check', 'loss'), 'check', 'loss')).toEqual(NO_FILTER);
});

test('a list without any choice is not filtered, whatever its order', () => {
  expect(isFiltered(NO_FILTER)).toBe(false);
  expect(isFiltered({ ...NO_FILTER, q: ' ' })).toBe(true);
});
