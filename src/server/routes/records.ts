import { z } from 'zod';
import { UserError } from '../../errors.js';
import {
  checkedTextSchema,
  decisionBodySchema,
  promptSentSchema,
  recordDetailSchema,
  recordFilterSchema,
  recordIdsSchema,
  recordPageSchema,
  recordQuerySchema,
  textBodySchema,
} from '../api-schemas.js';
import { HttpFault } from '../http-fault.js';
import type { DecisionBody, Desk, OpenRun } from '../parts.js';
import { inJson, type Route, recordParams, route, runParams } from '../route.js';

/** Opens a run, as it is on the disk now. */
export async function openFresh(desk: Desk, name: string): Promise<OpenRun> {
  const run = await desk.open(name);
  await run.refresh();
  return run;
}

function requireRecord(run: OpenRun, id: string): void {
  if (run.has(id)) return;
  throw new HttpFault(404, 'record_not_found', 'The run has no such example.', { found: id.slice(0, 200) });
}

/** What was wanted fits, but not the record as it stands: nothing to take back, say. */
function conflictOf({ action }: DecisionBody): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UserError) || error.code !== 'usage' || action === 'edit') throw error;
    throw new HttpFault(409, 'conflict', error.message, error.facts);
  };
}

/** The records of a run: looking at them, and deciding. */
export function recordRoutes(desk: Desk): Route[] {
  const openWith = async (name: string, id: string): Promise<OpenRun> => {
    const run = await openFresh(desk, name);
    requireRecord(run, id);
    return run;
  };
  return [
    route({
      method: 'get',
      path: '/api/runs/{run}/records',
      summary: 'Lists records, a page of those that fit, with counts of what further choices would leave',
      params: runParams,
      query: recordQuerySchema,
      answers: { 200: inJson('A page of records.', recordPageSchema) },
      handle: async ({ params, query, context }) => {
        const run = await openFresh(desk, params.run);
        const { sort, page, size, ...filter } = query;
        return context.json({ page, size, ...(await run.query(filter, sort, page, size)) });
      },
    }),
    route({
      method: 'get',
      path: '/api/runs/{run}/record-ids',
      summary: 'Lists the ids of all records that fit, in order',
      params: runParams,
      query: recordFilterSchema,
      answers: { 200: inJson('Ids.', recordIdsSchema) },
      handle: async ({ params, query, context }) => {
        const run = await openFresh(desk, params.run);
        const { sort, ...filter } = query;
        return context.json({ ids: await run.ids(filter, sort) });
      },
    }),
    route({
      method: 'get',
      path: '/api/runs/{run}/records/{id}',
      summary: 'Shows a record whole, with all attempts',
      params: recordParams,
      answers: { 200: inJson('The record.', recordDetailSchema) },
      handle: async ({ params, context }) =>
        context.json((await openWith(params.run, params.id)).detail(params.id)),
    }),
    route({
      method: 'get',
      path: '/api/runs/{run}/records/{id}/attempts/{attempt}/prompt',
      summary: 'Shows what was sent to the model in an attempt',
      params: recordParams.extend({ attempt: z.coerce.number().int().positive() }),
      answers: { 200: inJson('The messages.', promptSentSchema) },
      handle: async ({ params, context }) => {
        const run = await openWith(params.run, params.id);
        return context.json(await run.promptSent(params.id, params.attempt));
      },
    }),
    route({
      method: 'post',
      path: '/api/runs/{run}/records/{id}/check',
      summary: 'Checks a text in the place of the refined response; nothing is saved',
      params: recordParams,
      body: textBodySchema,
      answers: { 200: inJson('What the checks say.', checkedTextSchema) },
      handle: async ({ params, body, context }) => {
        const run = await openWith(params.run, params.id);
        return context.json(run.checkText(params.id, body.text));
      },
    }),
    route({
      method: 'put',
      path: '/api/runs/{run}/records/{id}/decision',
      summary: 'Records a decision, or takes the latest one back; answered when it is safe on the disk',
      params: recordParams,
      body: decisionBodySchema,
      answers: { 200: inJson('The record as it is now.', recordDetailSchema) },
      handle: async ({ params, body, context }) => {
        const run = await openWith(params.run, params.id);
        return context.json(await run.decide(params.id, body).catch(conflictOf(body)));
      },
    }),
  ];
}
