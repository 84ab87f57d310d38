import { expect, test } from 'vitest';
import { hrefOf, type Route, routeOf } from '../../../src/web/addresses/route.js';

test.each<[string, Route]>([
  ['/', { page: 'runs' }],
  ['/login', { page: 'login' }],
  ['/new', { page: 'new' }],
  ['/runs/alpaca-1f', { page: 'overview', run: 'alpaca-1f' }],
  ['/runs/alpaca-1f/records', { page: 'records', run: 'alpaca-1f' }],
  ['/runs/alpaca-1f/records/7', { page: 'record', run: 'alpaca-1f', id: '7' }],
  ['/runs/a%20b%2Fc/records/%3Fid%3D1%25', { page: 'record', run: 'a b/c', id: '?id=1%' }],
  ['/runs/a/records/..', { page: 'record', run: 'a', id: '..' }],
])('the path %s names a page, and the page that path', (path, route) => {
  expect(routeOf(path)).toEqual(route);
  if (route.page !== 'missing') expect(routeOf(hrefOf(route))).toEqual(route);
});

test.each(['/other', '/runs', '/runs/', '/runs/a/b', '/runs/a/records/1/2', '/runs/%E0%A4%A', '/login/now'])(
  'the path %s names no page',
  (path) => {
    expect(routeOf(path)).toEqual({ page: 'missing' });
  },
);

test('a slash at the end changes nothing', () => {
  expect(routeOf('/runs/a/records/')).toEqual({ page: 'records', run: 'a' });
});

test('a query follows the path after a question mark', () => {
  expect(hrefOf({ page: 'records', run: 'a' }, 'verdict=flag')).toBe('/runs/a/records?verdict=flag');
});
