import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { inJson, type Route, route } from '../route.js';

/** The OpenAPI document of all routes, made when it is first asked for: by then all have been added. */
export function documentRoute(app: OpenAPIHono, version: string): Route {
  let document: object | undefined;
  return route({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    answers: { 200: inJson('OpenAPI 3.1.', z.looseObject({ openapi: z.string() })) },
    handle: ({ context }) => {
      document ??= app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Burnish',
          version,
          description: 'Refines the responses of instruction-tuning datasets.',
        },
      });
      return context.json(document);
    },
  });
}
