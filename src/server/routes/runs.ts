import { z } from 'zod';
import { shapeNames } from '../../dataset/index.js';
import {
  planSchema,
  resumeRunSchema,
  retrySchema,
  runListSchema,
  runStatusSchema,
  runSummarySchema,
  startedSchema,
  startRunSchema,
} from '../api-schemas.js';
import { openDownload } from '../download.js';
import { HttpFault } from '../http-fault.js';
import type { Calls, Desk, OpenRun, Plan, Started } from '../parts.js';
import { inJson, type Route, route, runParams } from '../route.js';
import type { RunSummaries } from '../run-summaries.js';
import { openFresh } from './records.js';

export interface RunRoutesParts {
  readonly desk: Desk;
  readonly calls: Calls;
  readonly summaries: RunSummaries;
}

const planned = inJson('With dryRun: what would be asked, and what it would cost.', planSchema);

/** Runs: what there is, starting, going on, asking again, stopping, and taking the training set away. */
export function runRoutes({ desk, calls, summaries }: RunRoutesParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/runs',
      summary: 'Lists the runs, the one used last first',
      answers: { 200: inJson('The runs.', runListSchema) },
      handle: async ({ context }) => context.json({ runs: await summaries.list() }),
    }),
    route({
      method: 'post',
      path: '/api/runs',
      summary: 'Starts a run, or goes on with the one of the same dataset, selection, prompt and model',
      body: startRunSchema,
      answers: { 200: planned, 201: inJson('It is there, and goes on by itself.', startedSchema) },
      handle: async ({ body, context }) => {
        const answer = await calls.start(body);
        return isPlan(answer) ? context.json(answer) : context.json(answer, 201);
      },
    }),
    route({
      method: 'get',
      path: '/api/runs/{run}',
      summary: 'Shows a run: where it stands, what it holds, what it cost',
      params: runParams,
      answers: { 200: inJson('The run.', runStatusSchema) },
      handle: async ({ params, context }) => {
        const run = await openFresh(desk, params.run);
        return context.json({ summary: await summaries.of(params.run), overview: run.overview() });
      },
    }),
    route({
      method: 'post',
      path: '/api/runs/{run}/resume',
      summary: 'Goes on with a run that is not finished',
      params: runParams,
      body: resumeRunSchema,
      answers: { 202: inJson('It goes on by itself.', startedSchema) },
      handle: async ({ params, body, context }) => {
        const { dir } = await desk.open(params.run);
        return context.json(await calls.resume(dir, body), 202);
      },
    }),
    route({
      method: 'post',
      path: '/api/runs/{run}/retry',
      summary:
        'Asks again for the examples named, or for all that fit a filter and that nobody has decided on',
      params: runParams,
      body: retrySchema,
      answers: { 200: planned, 202: inJson('They are being asked.', startedSchema) },
      handle: async ({ params, body, context }) => {
        const run = await openFresh(desk, params.run);
        const { ids, filter, ...call } = body;
        const chosen = await chooseExamples(run, ids, filter);
        const answer = await calls.retry(run.dir, chosen.ids, call);
        return isPlan(answer)
          ? context.json({ ...answer, leftAlone: chosen.leftAlone })
          : context.json(answer, 202);
      },
    }),
    route({
      method: 'post',
      path: '/api/runs/{run}/cancel',
      summary: 'Sends nothing more for the run; answers under way are waited for and kept',
      params: runParams,
      answers: { 202: inJson('The run as it is now.', runSummarySchema) },
      handle: async ({ params, context }) => {
        const { dir } = await desk.open(params.run);
        calls.cancel(dir);
        return context.json(await summaries.of(params.run), 202);
      },
    }),
    route({
      method: 'get',
      path: '/api/runs/{run}/export',
      summary: 'The training set as a file; verified, as `burnish export` writes it',
      params: runParams,
      query: z.object({ to: z.enum(shapeNames).optional(), partial: z.literal('1').optional() }),
      answers: {
        200: {
          description: 'The training set.',
          content: {
            'application/json': z.array(z.unknown()),
            'application/jsonl': z.string(),
            'application/gzip': z.string(),
          },
        },
      },
      handle: async ({ params, query }) => {
        const run = await openFresh(desk, params.run);
        const download = await openDownload(params.run, run, query.to, query.partial === '1');
        return new Response(download.body, {
          headers: {
            'content-type': download.type,
            'content-length': String(download.bytes),
            'content-disposition': `attachment; filename="${download.name}"`,
          },
        });
      },
    }),
  ];
}

function isPlan(answer: Started | Plan): answer is Plan {
  return 'mostUsd' in answer;
}

/** Examples that a filter names are left alone where a person decided; those named by id are not. */
async function chooseExamples(
  run: OpenRun,
  ids: readonly string[] | undefined,
  given: z.infer<typeof retrySchema>['filter'],
): Promise<{ readonly ids: readonly string[]; readonly leftAlone: number }> {
  if ((ids === undefined) === (given === undefined)) {
    throw new HttpFault(422, 'invalid', 'It was not said which examples to ask again.', {
      expected: 'ids, or a filter',
      found: ids === undefined ? 'neither' : 'both',
    });
  }
  if (given === undefined) return { ids: ids ?? [], leftAlone: 0 };
  const { sort, ...filter } = given;
  const all = await run.ids(filter, sort);
  const decision =
    filter.decision.length === 0 ? (['none'] as const) : filter.decision.filter((one) => one === 'none');
  const undecided = decision.length === 0 ? [] : await run.ids({ ...filter, decision: [...decision] }, sort);
  return { ids: undecided, leftAlone: all.length - undecided.length };
}
