import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toSegment } from '../../src/report/path-segment.js';
import { takeLock } from '../../src/run/lock.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import { makeRows, type Row, readLines, refinedText } from '../cli/scene.js';
import { answerCompletion } from '../support/chat-server.js';
import { decisionOf } from '../support/run-parts.js';
import { HeldAnswers } from './calls-scene.js';
import { type ServiceScene, setServiceScene } from './service-scene.js';

const START = { dataset: 'tasks.json', repair: 0 };

async function stateOf({ get }: ServiceScene, run: string): Promise<string> {
  const { summary } = await get<{ summary: { state: string } }>(`/api/runs/${run}`);
  return summary.state;
}

async function started(scene: ServiceScene, body: object = START): Promise<string> {
  const response = await scene.ask('POST', '/api/runs', { body });
  expect(response.status).toBe(201);
  return ((await response.json()) as { run: string }).run;
}

/** Waits until something holds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a run', () => {
  test('is started from a dataset of the data folder, and watched to its end', async () => {
    const held = new HeldAnswers(2);
    const last = new HeldAnswers(5);
    const scene = await setServiceScene({
      script: async () => {
        const answer = last.script();
        await held.script();
        return answer;
      },
    });
    const plan = await (await scene.ask('POST', '/api/runs', { body: { ...START, dryRun: true } })).json();
    expect(plan).toMatchObject({ examples: 6, leftAlone: 0 });
    expect(scene.scene.asked()).toEqual([]);
    const run = await started(scene);
    expect(plan).toMatchObject({ run });
    await held.received(3);
    const events = await scene.events(run);
    expect(await events.next()).toMatchObject({
      name: 'state',
      data: { run, state: 'running', selected: 6 },
    });
    held.letGo();
    expect(await events.nextOf('progress')).toMatchObject({ data: { total: 6, waiting: null } });
    last.letGo();
    const end = await events.next(
      ({ name, data }) => name === 'state' && (data as { state: string }).state === 'finished',
    );
    expect(end?.data).toMatchObject({ outcomes: { refined: 6, pending: 0 }, progress: null, problem: null });
    const told = events.seen.filter(({ name }) => name === 'records');
    const ids = new Set(told.flatMap(({ data }) => (data as { ids: string[] }).ids));
    expect(ids.size).toBeGreaterThanOrEqual(4);
    expect(scene.faults).toEqual([]);
    const { runs } = await scene.get<{ runs: object[] }>('/api/runs');
    expect(runs).toMatchObject([{ run, state: 'finished', dataset: 'tasks.json', model: 'm' }]);
  });

  test('is started from an upload', async () => {
    const scene = await setServiceScene();
    const body = makeRows(3)
      .map((row) => JSON.stringify(row))
      .join('\n');
    const headers = { 'content-type': 'application/octet-stream' };
    const uploaded = await scene.ask('POST', '/api/datasets?name=my%20tasks.jsonl', { body, headers });
    const { name } = (await uploaded.json()) as { name: string };
    expect(name).toMatch(/^uploads\/\w+\/my_tasks\.jsonl$/);
    const run = await started(scene, { ...START, dataset: name });
    await scene.idle(run);
    expect(scene.scene.asked().sort()).toEqual(['Task 0', 'Task 1', 'Task 2']);
    expect(await stateOf(scene, run)).toBe('finished');
  });

  test.each([
    [{ dataset: '../tasks.json' }, 'dataset'],
    [{ dataset: 'tasks.json', model: 'gpt-other' }, 'usage'],
    [{ dataset: 'tasks.json', prompt: '/etc/passwd' }, 'usage'],
    [{ dataset: 'tasks.json', top: 3, all: true }, 'usage'],
  ])('is not started with what was not named: %j', async (body, code) => {
    const { problem, scene } = await setServiceScene();
    expect(await problem('POST', '/api/runs', { body })).toMatchObject({ status: 422, code });
    expect(scene.asked()).toEqual([]);
  });

  test('is cancelled, which waits for what is under way, and gone on with', async () => {
    const held = new HeldAnswers(1);
    const scene = await setServiceScene({ script: held.script });
    const run = await started(scene, { ...START, concurrency: 2 });
    await held.received(3);
    const path = `/api/runs/${run}`;
    for (const body of [{}, undefined]) {
      const how = { body, headers: { 'content-type': 'application/json' } };
      const cancelled = await scene.ask('POST', `${path}/cancel`, how);
      expect([cancelled.status, await cancelled.json()]).toMatchObject([202, { run, state: 'stopping' }]);
    }
    for (const [way, body] of [
      ['resume', {}],
      ['retry', { ids: ['1'] }],
    ] as const)
      expect(await scene.problem('POST', `${path}/${way}`, { body })).toMatchObject({
        ...{ status: 409, code: 'run_locked' },
      });
    held.letGo();
    await scene.idle(run);
    expect(await stateOf(scene, run)).toBe('interrupted');
    expect(scene.scene.asked()).toHaveLength(3);
    expect((await scene.ask('POST', `${path}/resume`, { body: {} })).status).toBe(202);
    await scene.idle(run);
    expect(await stateOf(scene, run)).toBe('finished');
    expect(scene.scene.asked()).toHaveLength(6);
    expect((await scene.ask('POST', `${path}/cancel`, { body: {} })).status).toBe(202);
  });

  test('is asked again by a filter, those left alone on which somebody decided', async () => {
    const scene = await setServiceScene({
      script: (instruction) =>
        Number(instruction.slice(5)) % 2 === 0 ? answerCompletion('No end in sight') : undefined,
    });
    const run = await scene.finishedRun();
    const path = `/api/runs/${run}`;
    const failed = await scene.get<{ ids: string[] }>(`${path}/record-ids?verdict=fail`);
    expect(failed.ids).toEqual(['0', '2', '4']);
    const put = { body: { action: 'reject' } };
    expect((await scene.ask('PUT', `${path}/records/2/decision`, put)).status).toBe(200);
    const retry = async (body: object) => (await scene.ask('POST', `${path}/retry`, { body })).json();
    const byFilter = { filter: { verdict: 'fail' } };
    expect(await retry({ ...byFilter, dryRun: true })).toMatchObject({ examples: 2, leftAlone: 1 });
    const decided = { filter: { verdict: 'fail', decision: 'reject' }, dryRun: true };
    expect(await retry(decided)).toMatchObject({ examples: 0, leftAlone: 1 });
    const other = { filter: { check: 'length_collapse,no_answer', sort: 'length' }, dryRun: true };
    expect(await retry(other)).toMatchObject({ leftAlone: 1 });
    scene.scene.forget();
    expect(await retry(byFilter)).toEqual({ run, examples: 2 });
    await scene.idle(run);
    expect(scene.scene.asked().sort()).toEqual(['Task 0', 'Task 4']);
    scene.scene.forget();
    expect(await retry({ ids: ['2', '2'] })).toEqual({ run, examples: 1 });
    await scene.idle(run);
    expect(scene.scene.asked()).toEqual(['Task 2']);
    for (const body of [{}, { ids: ['1'], ...byFilter }])
      expect(await retry(body)).toMatchObject({ status: 422, code: 'invalid' });
    expect(await retry({ ids: ['99'] })).toMatchObject({ status: 422, found: '"99"' });
  });

  test('that another process sends for is shown as such, and only decided on', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun();
    const lock = await takeLock(join(scene.runsFolder, run, 'lock'), 'a test');
    expect(await stateOf(scene, run)).toBe('elsewhere');
    const path = `/api/runs/${run}`;
    for (const [way, body] of [
      ['resume', {}],
      ['retry', { ids: ['1'] }],
    ] as const) {
      const how = { body };
      expect(await scene.problem('POST', `${path}/${way}`, how), way).toMatchObject({
        status: 409,
        code: 'run_locked',
      });
    }
    expect(await scene.problem('POST', '/api/runs', { body: START })).toMatchObject({ code: 'run_locked' });
    const decided = await scene.ask('PUT', `${path}/records/1/decision`, { body: { action: 'reject' } });
    expect(decided.status).toBe(200);
    await lock.release();
    expect(await stateOf(scene, run)).toBe('finished');
    expect((await scene.ask('POST', `${path}/retry`, { body: { ids: ['1'] } })).status).toBe(202);
    await scene.idle(run);
  });

  test('shows what other services ask and decide, by events and when asked', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun();
    const other = await scene.another();
    const events = await scene.events(run);
    await events.nextOf('state');
    const retry = await other.ask('POST', `/api/runs/${run}/retry`, { body: { ids: ['4'] } });
    expect(retry.status).toBe(202);
    await other.idle(run);
    expect(await events.nextOf('records')).toMatchObject({ data: { ids: ['4'] } });
    await recordDecisions(join(scene.runsFolder, run), [decisionOf({ example: '3', action: 'reject' })]);
    expect(await events.nextOf('records')).toMatchObject({ data: { ids: ['3'] } });
    const { rows } = await scene.get<{ rows: { id: string }[] }>(`/api/runs/${run}/records?decision=reject`);
    expect(rows.map(({ id }) => id)).toEqual(['3']);
    const detail = await scene.get<{ attempts: unknown[] }>(`/api/runs/${run}/records/4`);
    expect(detail.attempts).toHaveLength(2);
  });

  test('stands in the list as other processes have left it', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun({ limit: 2 });
    expect(await stateOf(scene, run)).toBe('interrupted');
    const other = await scene.another();
    await other.ask('POST', `/api/runs/${run}/resume`, { body: {} });
    await other.idle(run);
    // Files are looked at ten times a second at most.
    await until(async () => {
      const { runs } = await scene.get<{ runs: { state: string }[] }>('/api/runs');
      return runs[0]?.state === 'finished';
    });
    const { runs } = await scene.get<{ runs: object[] }>('/api/runs');
    expect(runs).toMatchObject([{ state: 'finished', outcomes: { refined: 6, pending: 0 } }]);
  });

  test('that is taken away while it is open is not there any more, and no mistake', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun();
    await scene.get(`/api/runs/${run}/records`);
    rmSync(join(scene.runsFolder, run), { recursive: true });
    await until(async () => {
      const { status } = await scene.ask('GET', `/api/runs/${run}/records`);
      return status === 404;
    });
    expect(await scene.get('/api/runs')).toEqual({ runs: [] });
    expect(scene.faults).toEqual([]);
    const again = await scene.finishedRun({ top: 3 });
    const { total } = await scene.get<{ total: number }>(`/api/runs/${again}/records`);
    expect(total).toBe(3);
  });

  test('tells those who come back what they have missed, and no more', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun();
    const decide = (id: string) =>
      scene.ask('PUT', `/api/runs/${run}/records/${id}/decision`, { body: { action: 'reject' } });
    const staying = await scene.events(run);
    const leaving = await scene.events(run);
    await staying.nextOf('state');
    await leaving.nextOf('state');
    await decide('1');
    const seen = await leaving.nextOf('records');
    await leaving.close();
    await staying.nextOf('records');
    await decide('2');
    await staying.nextOf('records');
    const again = await scene.events(run, { 'last-event-id': seen?.id ?? '' });
    expect(await again.next()).toMatchObject({ name: 'records', data: { ids: ['2'] } });
    const anew = await (await scene.another()).events(run, { 'last-event-id': seen?.id ?? '' });
    expect(await anew.next()).toMatchObject({ name: 'reset' });
    expect(await anew.next()).toMatchObject({ name: 'state' });
  });

  test('tells why its last call failed, without the key', async () => {
    const scene = await setServiceScene({
      env: { OPENAI_API_KEY: 'sk-of-the-server' },
      script: () => (response) => {
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end('{"error":{"message":"Incorrect API key provided: sk-of-the-server"}}');
      },
    });
    const run = await started(scene);
    await scene.idle(run);
    const { summary } = await scene.get<{ summary: Record<string, unknown> }>(`/api/runs/${run}`);
    expect(summary).toMatchObject({ state: 'interrupted', problem: { code: 'model_refused' } });
    expect(JSON.stringify(summary)).not.toContain('sk-of-the-server');
  });
});

describe('an example', () => {
  const IDS = [
    'a/b',
    '%',
    '%2F',
    'a%20b',
    '?',
    '#x',
    'ä✓🙂',
    '..',
    '.',
    '~',
    '~.',
    '~~..',
    '../../x',
    ' ',
    'a b',
    '\u202ex',
  ];

  test('is reached by its id, whatever that is', async () => {
    const rows: Row[] = IDS.map((id, index) => ({ ...makeRows(IDS.length)[index], id }));
    const scene = await setServiceScene({ rows });
    const run = await scene.finishedRun();
    const { url } = await scene.listen();
    const { ids } = await scene.get<{ ids: string[] }>(`/api/runs/${run}/record-ids`);
    expect([...ids].sort()).toEqual([...IDS].sort());
    for (const id of IDS) {
      const path = `${url}/api/runs/${run}/records/${encodeURIComponent(toSegment(id))}`;
      const record = (await (await fetch(path)).json()) as { row: { id: string } };
      expect(record.row.id).toBe(id);
      const decided = await fetch(`${path}/decision`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"action":"reject"}',
      });
      expect([decided.status, await decided.json()]).toMatchObject([200, { row: { id } }]);
    }
  });

  test('is decided on, and what cannot be is refused', async () => {
    const scene = await setServiceScene({
      script: (instruction) => (instruction === 'Task 2' ? answerCompletion('') : undefined),
    });
    const run = await scene.finishedRun();
    const decide = (id: string, body: object) =>
      scene.ask('PUT', `/api/runs/${run}/records/${id}/decision`, { body });
    for (const [id, body, status] of [
      ['1', { action: 'undo' }, 409],
      ['1', { action: 'accept' }, 200],
      ['1', { action: 'accept', attempt: 7 }, 409],
      ['1', { action: 'edit', text: 'By hand: \u2028<script>' }, 200],
      ['1', { action: 'undo' }, 200],
      ['2', { action: 'accept' }, 409],
      ['99', { action: 'reject' }, 404],
    ] as const)
      expect((await decide(id, body)).status, `${id} ${JSON.stringify(body)}`).toBe(status);
    const lines = readLines(join(scene.runsFolder, run, 'decisions.jsonl'));
    expect(lines.map(({ action }) => action)).toEqual(['accept', 'edit', 'undo']);
  });
});

describe('an export', () => {
  test('holds what decisions say, and has a safe name', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun();
    await scene.ask('PUT', `/api/runs/${run}/records/1/decision`, {
      body: { action: 'edit', text: 'Mine.' },
    });
    const response = await scene.ask('GET', `/api/runs/${run}/export`);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.-]+-refined\.json"$/,
    );
    const text = await response.text();
    expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(text));
    const rows = JSON.parse(text) as { output: string }[];
    expect(rows.map(({ output }) => output).slice(0, 2)).toEqual([refinedText('Task 0'), 'Mine.']);
    const alpaca = JSON.parse(readFileSync(join(scene.dataFolder, 'tasks.json'), 'utf8')) as object[];
    expect(rows).toHaveLength(alpaca.length);
  });

  test('of a run that is not finished wants to be told so', async () => {
    const scene = await setServiceScene();
    const run = await scene.finishedRun({ limit: 2 });
    const path = `/api/runs/${run}/export`;
    expect(await scene.problem('GET', path)).toMatchObject({ status: 409, code: 'export_incomplete' });
    expect((await scene.ask('GET', `${path}?partial=1`)).status).toBe(200);
  });
});
