import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { fromSegment } from '../report/path-segment.js';
import { problemSchema } from './api-schemas.js';
import { PROBLEM_TYPE } from './problem.js';

type ObjectSchema = z.ZodObject;

interface Request<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly context: Context;
}

/** What an answer holds, by media type. */
type Content = Readonly<Record<string, z.ZodType>>;

/** One way to call the service: what it takes and gives, as it is checked and as it is documented. */
export interface Route<
  Params extends ObjectSchema = ObjectSchema,
  Query extends ObjectSchema = ObjectSchema,
  Body extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As in OpenAPI: `/api/runs/{run}`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** By status, those of success; every route can also answer with a problem. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly content?: Content }>>;
  handle(request: Request<z.output<Params>, z.output<Query>, z.output<Body>>): Response | Promise<Response>;
}

/** Declares a route, so that its handler knows the types of what it takes. */
export function route<
  Params extends ObjectSchema = z.ZodObject<Record<never, never>>,
  Query extends ObjectSchema = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
>(declared: Route<Params, Query, Body>): Route {
  return declared as unknown as Route;
}

/** What is documented of an answer in JSON. */
export function inJson(description: string, schema: z.ZodType) {
  return { description, content: { 'application/json': schema } };
}

export function addRoute(app: OpenAPIHono, declared: Route): void {
  const { method, path, summary, params, query, body, answers, handle } = declared;
  const described = createRoute({
    ...{ method, path, summary },
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, content = {} }]) => [
          status,
          { description, content: mediaTypes(content) },
        ]),
      ),
      default: {
        description: 'A problem (RFC 9457).',
        content: mediaTypes({ [PROBLEM_TYPE]: problemSchema }),
      },
    },
  });
  const handler = (context: Context) => {
    const valid = (target: string) => context.req.valid(target as never);
    return handle({
      params: params && valid('param'),
      query: query && valid('query'),
      body: body && valid('json'),
      context,
    } as never);
  };
  // The table says what routes take and give; the library's types would say it a second time.
  app.openapi(described, handler as never);
}

function mediaTypes(content: Content) {
  return Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));
}

/** The run in a path. */
export const runParams = z.object({ run: z.string().min(1).max(255) });
/** The run and the example in a path; an id of dots alone is written with a tilde in front. */
export const recordParams = runParams.extend({ id: z.string().max(4000).transform(fromSegment) });
