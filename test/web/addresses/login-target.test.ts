import { expect, test } from 'vitest';
import { loginTarget } from '../../../src/web/addresses/login-target.js';

const target = (next: string) =>
  loginTarget(new URLSearchParams({ next }).toString(), 'http://127.0.0.1:7770');

test('a log-in leads back to the page that wanted it', () => {
  expect(target('/runs/a/records/7?verdict=flag&q=a%26b')).toBe('/runs/a/records/7?verdict=flag&q=a%26b');
});

test.each([
  '',
  'http://example.org/',
  '//example.org/',
  '/\\example.org',
  '/\t/example.org',
  '\\\\example.org',
  'javascript:alert(1)',
  'data:text/html,x',
  'http://127.0.0.1:7771/',
  '/api/runs/a/export',
  'http://[',
])('it leads to no other place: %j', (next) => {
  expect(target(next)).toBe('/');
});

test('without a page that wanted it, a log-in leads to all runs', () => {
  expect(loginTarget('', 'http://127.0.0.1:7770')).toBe('/');
});
