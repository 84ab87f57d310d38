import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Access } from './access.js';
import { HttpFault } from './http-fault.js';
import type { LoginLimit } from './login-limit.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
/** Types that a form of another site cannot send. */
const JSON_TYPE = 'application/json';
const UPLOAD_TYPE = 'application/octet-stream';
/** Where files are uploaded. */
export const UPLOADS_PATH = '/api/datasets';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Tells browsers what the pages may do, which is little, and keeps answers out of other sites and of caches. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', CONTENT_SECURITY_POLICY);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}

/** HEAD is answered as GET is, but for the body: what would have been read, a file or events, is let go of. */
export function noBodyForHead(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.req.method === 'HEAD') await c.res.body?.cancel();
  };
}

/** Refuses requests that another site makes a browser send: by its name for this server, or by its own origin. */
export function onlyOwnSite(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!hosts.has(host.replace(/:\d+$/, '').toLowerCase())) {
      throw new HttpFault(421, 'foreign_host', 'The server is not called by a name of its own.', {
        where: 'Host',
        found: host.slice(0, 200),
        hint: 'Call it by the address that it printed, or name this one with --allow-host when it is started.',
      });
    }
    const origin = c.req.header('origin');
    const isForeign = origin !== undefined && hostOf(origin) !== host.toLowerCase();
    const site = c.req.header('sec-fetch-site') ?? 'none';
    // Following a link from elsewhere to a page is fine; to ask for data is not.
    const isCrossSite = !['none', 'same-origin'].includes(site) && !isPageVisit(c);
    if (isForeign || isCrossSite) {
      throw new HttpFault(403, 'foreign_origin', 'The request comes from another site.', {
        where: isForeign ? 'Origin' : 'Sec-Fetch-Site',
        found: (isForeign ? origin : site)?.slice(0, 200) ?? '',
      });
    }
    if (!SAFE_METHODS.includes(c.req.method)) requireBodyType(c);
    await next();
  };
}

function isPageVisit(c: Context): boolean {
  return c.req.method === 'GET' && !c.req.path.startsWith('/api/');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function requireBodyType(c: Context): void {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isFit = type === JSON_TYPE || (type === UPLOAD_TYPE && c.req.path === UPLOADS_PATH);
  if (isFit || (c.req.method === 'DELETE' && type === '')) return;
  throw new HttpFault(415, 'unsupported_type', 'The body is of a type that is not taken here.', {
    where: 'Content-Type',
    expected: c.req.path === UPLOADS_PATH ? UPLOAD_TYPE : JSON_TYPE,
    found: type === '' ? 'none' : type.slice(0, 200),
  });
}

/** What is known of who asks. */
export interface Visitors {
  readonly access: Access;
  readonly limit: LoginLimit;
}

/** Cookies are shared by all ports of a host, so that each server has a name of its own for its cookie. */
export function cookieNameFor(c: Context): string {
  const port = /:(\d+)$/.exec(c.req.header('host') ?? '')?.[1] ?? '';
  return `burnish-${port}`;
}

/** Where a request comes from; one address for all where there is no connection. */
function addressOf(c: Context): string {
  const bindings: Partial<HttpBindings> | undefined = c.env;
  return bindings?.incoming?.socket.remoteAddress ?? '';
}

/** Lets only those pass who have logged in, or send the token with the request. */
export function onlyLoggedIn(visitors: Visitors): MiddlewareHandler {
  return async (c, next) => {
    if (!isAdmitted(c, visitors)) {
      throw new HttpFault(401, 'unauthorized', 'Log in first.', {
        expected: "the server's token: by the log-in page, or as Authorization: Bearer TOKEN",
      });
    }
    await next();
  };
}

export function isAdmitted(c: Context, visitors: Visitors): boolean {
  const { access } = visitors;
  if (!access.isNeeded || access.isLoggedIn(getCookie(c, cookieNameFor(c)))) return true;
  const bearer = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  return bearer !== undefined && isRightToken(bearer, c, visitors);
}

/**
 * Whether it is the token.
 *
 * @throws HttpFault 429 when the address has tried too many wrong ones
 */
export function isRightToken(token: string, c: Context, { access, limit }: Visitors): boolean {
  const address = addressOf(c);
  const waitS = limit.waitS(address);
  if (waitS > 0) {
    const facts = { hint: `Try again in ${waitS} s.` };
    const headers = { 'retry-after': String(waitS) };
    throw new HttpFault(429, 'too_many_tries', 'Too many wrong tokens were tried.', facts, headers);
  }
  if (access.isToken(token)) return true;
  limit.noteWrong(address);
  return false;
}
