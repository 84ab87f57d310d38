import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { shorten } from '../errors.js';
import { type Datasets, tooLarge } from './datasets.js';
import {
  noBodyForHead,
  onlyLoggedIn,
  onlyOwnSite,
  securityHeaders,
  UPLOADS_PATH,
  type Visitors,
} from './guards.js';
import { HttpFault } from './http-fault.js';
import type { Calls, Desk } from './parts.js';
import { PROBLEM_TYPE, type Problems } from './problem.js';
import { addRoute } from './route.js';
import { datasetRoutes, type NamedChoices } from './routes/datasets.js';
import { documentRoute } from './routes/document.js';
import { OpenStreams } from './routes/events.js';
import { healthRoute } from './routes/health.js';
import { recordRoutes } from './routes/records.js';
import { runRoutes } from './routes/runs.js';
import { sessionRoutes } from './routes/session.js';
import { RunEvents } from './run-events.js';
import { RunSummaries } from './run-summaries.js';
import type { StaticFile } from './static-files.js';

/** Bytes of a body that is no upload. */
const MOST_BODY = 4 * 1024 * 1024;

/** Paths of the pages, all of one application. */
const PAGES = ['/', '/login', '/new', '/runs/*'];

/** What the service is built from. */
export interface AppParts {
  readonly runsFolder: string;
  readonly desk: Desk;
  readonly calls: Calls;
  readonly datasets: Datasets;
  readonly named: NamedChoices;
  readonly visitors: Visitors;
  /** Names by which the server may be called, without ports. */
  readonly hosts: ReadonlySet<string>;
  readonly problems: Problems;
  /** By path; `/index.html` is the application. */
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly version: string;
  /** Told of bugs and of faults that no request can be told of. */
  onFault(error: unknown): void;
}

export interface BurnishApp {
  readonly app: OpenAPIHono;
  /** Ends what would keep the server from ending. */
  close(): Promise<void>;
}

/** The HTTP service; whoever listens hands requests to `app.fetch`. */
export function createApp(parts: AppParts): BurnishApp {
  const { desk, calls, datasets, named, visitors, hosts, problems, files, version, onFault } = parts;
  const summaries = new RunSummaries(parts);
  const events = new RunEvents({ desk, calls, onFault, summarise: (run) => summaries.of(run) });
  const streams = new OpenStreams();
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });

  const answerProblem = (error: unknown): Response => {
    const problem = problems.of(error);
    if (problem.code === 'bug') onFault(error);
    const headers = error instanceof HttpFault ? error.headers : {};
    return Response.json(problem, {
      status: problem.status,
      headers: { 'content-type': PROBLEM_TYPE, ...headers },
    });
  };
  app.onError((error) => answerProblem(error));
  app.notFound((c) =>
    answerProblem(new HttpFault(404, 'not_found', 'There is nothing here.', { found: shorten(c.req.path) })),
  );

  app.use(securityHeaders(), noBodyForHead());
  addRoute(app, healthRoute());
  app.use(onlyOwnSite(hosts));
  app.use('/api/*', limitBody());
  for (const route of sessionRoutes(visitors)) addRoute(app, route);
  app.use('/api/*', onlyLoggedIn(visitors));
  const routes = [
    ...runRoutes({ desk, calls, summaries }),
    ...recordRoutes(desk),
    ...datasetRoutes(datasets, named),
    ...streams.eventRoutes(events, desk),
  ];
  for (const route of routes) addRoute(app, route);
  addRoute(app, documentRoute(app, version));

  const sendFile = (path: string): Response | null => {
    const file = files.get(path);
    if (file === undefined) return null;
    const cacheControl = file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
    return new Response(file.bytes, {
      headers: { 'content-type': file.type, 'cache-control': cacheControl },
    });
  };
  for (const page of PAGES) {
    app.get(page, () => sendFile('/index.html') ?? answerProblem(noPages()));
  }
  app.get('*', (c) => sendFile(c.req.path) ?? c.notFound());

  return {
    app,
    close: async () => {
      streams.closeAll();
      await events.close();
    },
  };
}

/** Bodies are held in memory, but for uploads, which have a limit of their own. */
function limitBody() {
  const limited = bodyLimit({
    maxSize: MOST_BODY,
    onError: () => {
      throw tooLarge(MOST_BODY);
    },
  });
  return (c: Context, next: () => Promise<void>) => {
    if (c.req.path === UPLOADS_PATH) return next();
    if (c.req.header('transfer-encoding') !== undefined) {
      throw new HttpFault(411, 'length_required', 'The request does not tell how long its body is.', {
        expected: 'Content-Length',
      });
    }
    // A request over HTTP that tells no length has no body, though the object that stands for it has one.
    const hasNone = c.env?.incoming !== undefined && c.req.header('content-length') === undefined;
    return hasNone ? next() : limited(c, next);
  };
}

/** Tells the first thing that does not fit, where, and what would. */
function refuseInvalid(
  result:
    | { success: true }
    | {
        success: false;
        target: string;
        error: { issues: readonly { path: PropertyKey[]; message: string }[] };
      },
): void {
  if (result.success) return;
  const [issue] = result.error.issues;
  throw new HttpFault(422, 'invalid', 'The request does not fit.', {
    where: [result.target, ...(issue?.path ?? [])].map(String).join('.'),
    expected: issue?.message ?? '',
    hint: '/api/openapi.json describes what fits.',
  });
}

function noPages(): HttpFault {
  return new HttpFault(404, 'not_found', 'The pages were not built.', {
    hint: '`npm run build` builds them.',
  });
}
