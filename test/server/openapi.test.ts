import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { Documented } from './documented.js';
import { choicesAt, setServiceScene, TOKEN } from './service-scene.js';

/** What must stand in no answer: the key, the token, and what was in the base URL beside host and path. */
const SECRETS = ['sk-of-the-server', TOKEN, 'some-user', 'pass-word', 'in-the-query'] as const;

test('the document is OpenAPI 3.1, and has every route', async () => {
  const { get, service } = await setServiceScene();
  const document = await get('/api/openapi.json');
  expect(document.openapi).toMatch(/^3\.1\./);
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const routes = service.app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^.(api|healthz)/.test(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const documented = new Documented(document).operations();
  expect([...new Set(routes)].sort()).toEqual([...documented].sort());
  expect(documented).toHaveLength(21);
});

/** Requests, several to a route: those that succeed, and those that do not. RUN is a run that is finished. */
const REQUESTS: readonly (readonly [operation: string, path: string, body?: unknown])[] = [
  ['GET /healthz', '/healthz'],
  ['GET /api/openapi.json', '/api/openapi.json'],
  ['GET /api/session', '/api/session'],
  ['POST /api/session', '/api/session', { token: TOKEN }],
  ['POST /api/session', '/api/session', { token: 'wrong' }],
  ['DELETE /api/session', '/api/session'],
  ['GET /api/choices', '/api/choices'],
  ['POST /api/datasets', '/api/datasets?name=a.json', '[]'],
  ['POST /api/datasets', '/api/datasets?name=a.exe', '[]'],
  ['GET /api/runs', '/api/runs'],
  ['POST /api/runs', '/api/runs', { dataset: 'tasks.json', dryRun: true }],
  ['POST /api/runs', '/api/runs', { dataset: '../etc/passwd' }],
  ['POST /api/runs', '/api/runs', { dataset: 'bad.json' }],
  ['POST /api/runs', '/api/runs', { dataset: 'tasks.json', model: 'other' }],
  ['POST /api/runs', '/api/runs', { dataset: 'tasks.json' }],
  ['GET /api/runs/{run}', '/api/runs/RUN'],
  ['GET /api/runs/{run}', '/api/runs/none'],
  ['GET /api/runs/{run}', '/api/runs/damaged'],
  ['GET /api/runs/{run}/records', '/api/runs/RUN/records'],
  ['GET /api/runs/{run}/records', '/api/runs/RUN/records?outcome=refined&q=stones&sort=cost&size=1'],
  ['GET /api/runs/{run}/record-ids', '/api/runs/RUN/record-ids'],
  ['GET /api/runs/{run}/records/{id}', '/api/runs/RUN/records/2'],
  ['GET /api/runs/{run}/records/{id}', '/api/runs/RUN/records/3'],
  ['GET /api/runs/{run}/records/{id}', '/api/runs/RUN/records/99'],
  ['GET /api/runs/{run}/records/{id}/attempts/{attempt}/prompt', '/api/runs/RUN/records/2/attempts/1/prompt'],
  ['GET /api/runs/{run}/records/{id}/attempts/{attempt}/prompt', '/api/runs/RUN/records/2/attempts/9/prompt'],
  ['POST /api/runs/{run}/records/{id}/check', '/api/runs/RUN/records/2/check', { text: 'I cannot.' }],
  ['PUT /api/runs/{run}/records/{id}/decision', '/api/runs/RUN/records/2/decision', { action: 'undo' }],
  [
    'PUT /api/runs/{run}/records/{id}/decision',
    '/api/runs/RUN/records/2/decision',
    { action: 'edit', text: 'Mine.' },
  ],
  ['GET /api/runs/{run}/records/{id}', '/api/runs/RUN/records/2'],
  ['GET /api/runs/{run}/events', '/api/runs/RUN/events'],
  ['GET /api/runs/{run}/export', '/api/runs/RUN/export'],
  ['GET /api/runs/{run}/export', '/api/runs/RUN/export?to=nothing'],
  ['POST /api/runs/{run}/retry', '/api/runs/RUN/retry', { ids: ['1'], dryRun: true }],
  ['POST /api/runs/{run}/retry', '/api/runs/RUN/retry', {}],
  ['POST /api/runs/{run}/retry', '/api/runs/RUN/retry', { ids: ['1'] }],
  ['POST /api/runs/{run}/cancel', '/api/runs/RUN/cancel', {}],
  ['POST /api/runs/{run}/resume', '/api/runs/RUN/resume', {}],
];

test('every answer is as documented, and holds no secret and no place on the disk', async () => {
  const { scene, another, finishedRun, dataFolder, runsFolder } = await setServiceScene({
    env: { OPENAI_API_KEY: SECRETS[0] },
    script: (instruction) =>
      instruction === 'Task 2'
        ? answerCompletion('No.')
        : instruction === 'Task 3'
          ? answerError(400, `not with ${SECRETS[0]}`)
          : undefined,
  });
  const run = await finishedRun();
  writeFileSync(join(dataFolder, 'bad.json'), '[{"instruction": "x"},');
  mkdirSync(join(runsFolder, 'damaged'));
  writeFileSync(join(runsFolder, 'damaged', 'run.json'), '{');
  const baseUrl = `${scene.server.url.replace('http://', 'http://some-user:pass-word@')}?key=in-the-query`;
  const { ask, idle, faults } = await another({ token: TOKEN, choices: await choicesAt(baseUrl) });
  const authorization = `Bearer ${TOKEN}`;
  const document = await ask('GET', '/api/openapi.json', { headers: { authorization } });
  const documented = new Documented((await document.json()) as Record<string, unknown>);
  const unseen = new Set(documented.operations());
  for (const [operation, path, body] of REQUESTS) {
    const [method = ''] = operation.split(' ');
    const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
    const headers = { authorization, ...(body !== undefined && { 'content-type': type }) };
    const response = await ask(method, path.replace('RUN', run), { headers, body });
    if (response.ok) unseen.delete(operation);
    const told = [...response.headers].filter(([name]) => name !== 'set-cookie').join('\n');
    const text = told + (await documented.requireFit(operation, response));
    for (const secret of [...SECRETS, scene.folder])
      expect(text, `${operation} ${path}`).not.toContain(secret);
    if (method === 'POST') await idle(run);
  }
  expect([...unseen]).toEqual([]);
  expect(faults).toEqual([]);
});
