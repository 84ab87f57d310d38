import { z } from 'zod';
import { inJson, type Route, route } from '../route.js';

/** For those who look whether the server is up: of no interest to anybody else, so that no log-in is needed. */
export function healthRoute(): Route {
  return route({
    method: 'get',
    path: '/healthz',
    summary: 'Tells that the server answers; no log-in needed',
    answers: { 200: inJson('It does.', z.object({ status: z.literal('ok') })) },
    handle: ({ context }) => context.json({ status: 'ok' }),
  });
}
