import { deleteCookie, setCookie } from 'hono/cookie';
import { sessionBodySchema, sessionSchema } from '../api-schemas.js';
import { cookieNameFor, isAdmitted, isRightToken, type Visitors } from '../guards.js';
import { HttpFault } from '../http-fault.js';
import { inJson, type Route, route } from '../route.js';

/** Logging in and out. */
export function sessionRoutes(visitors: Visitors): Route[] {
  const { access } = visitors;
  return [
    route({
      method: 'get',
      path: '/api/session',
      summary: 'Tells whether a log-in is needed, and whether this request brings one',
      answers: { 200: inJson('The log-in.', sessionSchema) },
      handle: ({ context }) =>
        context.json({ needed: access.isNeeded, loggedIn: isAdmitted(context, visitors) }),
    }),
    route({
      method: 'post',
      path: '/api/session',
      summary: 'Logs in with the token, which is never sent again: a cookie takes its place',
      body: sessionBodySchema,
      answers: { 204: { description: 'Logged in.' } },
      handle: ({ body, context }) => {
        if (access.isNeeded && !isRightToken(body.token, context, visitors)) {
          throw new HttpFault(401, 'wrong_token', 'This is not the token.', {
            hint: 'It is in BURNISH_TOKEN or in the file that the server was started with.',
          });
        }
        if (access.isNeeded) {
          const { value, maxAgeS } = access.logIn();
          // Seen by the browser: a proxy with TLS may stand between.
          const secure = context.req.header('origin')?.startsWith('https:') === true;
          const attributes = {
            httpOnly: true,
            sameSite: 'Strict',
            path: '/',
            maxAge: maxAgeS,
            secure,
          } as const;
          setCookie(context, cookieNameFor(context), value, attributes);
        }
        return context.body(null, 204);
      },
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: 'Logs out',
      answers: { 204: { description: 'Logged out.' } },
      handle: ({ context }) => {
        deleteCookie(context, cookieNameFor(context), { path: '/' });
        return context.body(null, 204);
      },
    }),
  ];
}
