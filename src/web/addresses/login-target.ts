import { hrefOf } from './route.js';

/**
 * Where a log-in leads to: the page that wanted it, or all runs. Whatever the address says, it is a page of ours.
 *
 * @param query of the log-in's address
 * @param origin ours
 */
export function loginTarget(query: string, origin: string): string {
  const next = new URLSearchParams(query).get('next') ?? '';
  const target = URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  const isOurs = target?.origin === origin && !target.pathname.startsWith('/api/');
  return isOurs && next !== '' ? target.pathname + target.search : hrefOf({ page: 'runs' });
}
