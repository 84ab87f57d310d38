import { fromSegment, toSegment } from '../../report/path-segment.js';

/** A page of the application, and what its address says. */
export type Route =
  | { readonly page: 'runs' }
  | { readonly page: 'login' }
  | { readonly page: 'new' }
  | { readonly page: 'overview'; readonly run: string }
  | { readonly page: 'records'; readonly run: string }
  | { readonly page: 'record'; readonly run: string; readonly id: string }
  | { readonly page: 'missing' };

/** Which page a path names; `missing` for any other, and for names that are badly encoded. */
export function routeOf(path: string): Route {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  const [first, encodedRun, third, encodedId] = parts;
  if (parts.length === 0) return { page: 'runs' };
  if (parts.length === 1 && (first === 'login' || first === 'new')) return { page: first };
  const run = decode(encodedRun);
  if (first !== 'runs' || run === undefined) return { page: 'missing' };
  if (parts.length === 2) return { page: 'overview', run };
  if (third !== 'records') return { page: 'missing' };
  if (parts.length === 3) return { page: 'records', run };
  const id = decode(encodedId);
  return parts.length === 4 && id !== undefined
    ? { page: 'record', run, id: fromSegment(id) }
    : { page: 'missing' };
}

function decode(part: string | undefined): string | undefined {
  if (part === undefined || part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The address of a page; `query` without its question mark. */
export function hrefOf(route: Exclude<Route, { page: 'missing' }>, query = ''): string {
  return pathOf(route) + (query === '' ? '' : `?${query}`);
}

function pathOf(route: Exclude<Route, { page: 'missing' }>): string {
  switch (route.page) {
    case 'runs':
      return '/';
    case 'login':
    case 'new':
      return `/${route.page}`;
    case 'overview':
      return `/runs/${encodeURIComponent(route.run)}`;
    case 'records':
      return `/runs/${encodeURIComponent(route.run)}/records`;
    case 'record':
      return `/runs/${encodeURIComponent(route.run)}/records/${encodeURIComponent(toSegment(route.id))}`;
  }
}
