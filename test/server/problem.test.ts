import { describe, expect, test } from 'vitest';
import { EnvironmentError, UserError } from '../../src/errors.js';
import { Problems } from '../../src/server/problem.js';
import { setServiceScene } from './service-scene.js';

describe('whatever goes wrong is told as a problem', () => {
  test.each([
    ['GET', '/api/nothing', 404, 'not_found'],
    ['GET', '/nothing/here', 404, 'not_found'],
    ['GET', '/runs%2Fx/../../etc/passwd', 404, 'not_found'],
    ['GET', '/assets/../package.json', 404, 'not_found'],
    ['GET', '/assets/%2e%2e/%2e%2e/package.json', 404, 'not_found'],
    ['GET', '/api/runs/nothing', 404, 'run_not_found'],
    ['GET', '/api/runs/..%2F..', 404, 'run_not_found'],
    ['GET', '/api/runs/.uploads', 404, 'run_not_found'],
    ['GET', '/api/runs/%00', 404, 'run_not_found'],
    ['GET', '/api/runs/nothing/events', 404, 'run_not_found'],
    ['GET', '/api/runs/nothing/export', 404, 'run_not_found'],
    ['POST', '/api/runs/nothing/cancel', 404, 'run_not_found'],
    ['POST', '/api/runs/nothing/resume', 404, 'run_not_found'],
    ['DELETE', '/api/runs', 404, 'not_found'],
    ['PATCH', '/api/runs', 404, 'not_found'],
    ['POST', '/', 404, 'not_found'],
  ])('%s %s', async (method, path, status, code) => {
    const { ask } = await setServiceScene();
    const response = await ask(method, path, method === 'GET' ? {} : { body: {} });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await response.json();
    expect(problem).toMatchObject({ status, code, type: `urn:burnish:problem:${code}` });
    expect(response.status).toBe(status);
  });
});

describe('a body that does not fit names the first thing that does not', () => {
  const decision = '/api/runs/RUN/records/1/decision';
  test.each([
    ['POST', '/api/runs', {}, 'json.dataset'],
    ['POST', '/api/runs', { dataset: 7 }, 'json.dataset'],
    ['POST', '/api/runs', { dataset: 'a.json', baseUrl: 'http://evil.example' }, 'json'],
    ['POST', '/api/runs', { dataset: 'a.json', repair: 1.5 }, 'json.repair'],
    ['POST', '/api/runs', [], 'json'],
    ['POST', '/api/runs', 'null', 'json'],
    ['POST', '/api/runs/RUN/retry', { ids: '1' }, 'json.ids'],
    ['POST', '/api/runs/RUN/retry', { filter: { outcome: 'lost' } }, 'json.filter.outcome.0'],
    ['POST', '/api/runs/RUN/resume', { dataset: 'a.json' }, 'json'],
    ['PUT', decision, { action: 'burn' }, 'json.action'],
    ['PUT', decision, { action: 'edit', text: '' }, 'json.text'],
    ['PUT', decision, { action: 'reject', text: 'x' }, 'json'],
    ['PUT', decision, { action: 'accept', attempt: 0 }, 'json.attempt'],
    ['POST', '/api/runs/RUN/records/1/check', {}, 'json.text'],
    ['POST', '/api/session', { token: 7 }, 'json.token'],
    ['POST', '/api/session', { token: 'x'.repeat(1001) }, 'json.token'],
  ])('%s %s %j', async (method, path, body, where) => {
    const { problem, finishedRun } = await setServiceScene();
    const run = path.includes('RUN') ? await finishedRun() : '';
    expect(await problem(method, path.replace('RUN', run), { body })).toMatchObject({
      ...{ status: 422, code: 'invalid', where },
      expected: expect.stringMatching(/./),
    });
  });

  test.each([
    ['outcome=lost', 'query.outcome.0'],
    ['verdict=pass,maybe', 'query.verdict.1'],
    ['sort=name', 'query.sort'],
    ['page=0', 'query.page'],
    ['page=x', 'query.page'],
    ['page=1e309', 'query.page'],
    ['size=201', 'query.size'],
    ['size=-1', 'query.size'],
    [`q=${'x'.repeat(201)}`, 'query.q'],
    [`check=${'x,'.repeat(101)}`, 'query.check'],
  ])('?%s', async (query, where) => {
    const { problem, finishedRun } = await setServiceScene();
    const run = await finishedRun();
    expect(await problem('GET', `/api/runs/${run}/records?${query}`)).toMatchObject({
      ...{ status: 422, code: 'invalid', where },
    });
  });

  test.each(['{', '', '{"token":}', '\ufeff{}x', 'undefined'])('%j is no JSON', async (body) => {
    const { problem, faults } = await setServiceScene();
    for (const path of ['/api/runs', '/api/session'])
      expect(await problem('POST', path, { body })).toMatchObject({ status: 400, code: 'malformed' });
    expect(faults).toEqual([]);
  });
});

describe('a body that is too large is not taken in', () => {
  const large = JSON.stringify({ text: 'x'.repeat(4 * 1024 * 1024) });

  test('whether it tells its length or not', async () => {
    const { problem, finishedRun } = await setServiceScene();
    const run = await finishedRun();
    const path = `/api/runs/${run}/records/1/check`;
    const headers = { 'content-length': String(large.length) };
    expect(await problem('POST', path, { body: large, headers })).toMatchObject({ status: 413 });
    expect(await problem('POST', path, { body: large })).toMatchObject({ status: 413 });
    const chunked = { 'transfer-encoding': 'chunked' };
    expect(await problem('POST', path, { body: large, headers: chunked })).toMatchObject({ status: 411 });
  });

  test('and one that is just not too large is', async () => {
    const { ask, finishedRun } = await setServiceScene();
    const run = await finishedRun();
    const body = { text: 'word '.repeat(500_000) };
    expect((await ask('POST', `/api/runs/${run}/records/1/check`, { body })).status).toBe(200);
  });
});

test('of a bug nobody is told but the log', async () => {
  const { service, problem, faults } = await setServiceScene();
  const bug = new Error('cannot read /srv/secret/key.pem with sk-12345678');
  service.desk.names = () => Promise.reject(bug);
  const told = await problem('GET', '/api/runs');
  expect(told).toMatchObject({ status: 500, code: 'bug' });
  expect(JSON.stringify(told)).not.toMatch(/secret|sk-|\/srv|at /);
  expect(faults).toEqual([bug]);
});

describe('the server’s folders', () => {
  const problems = new Problems(['/srv/burnish/runs', '/srv/burnish', '/home/ann']);

  test.each([
    ['/srv/burnish/runs/a/run.json', 'a/run.json'],
    ['/srv/burnish/data/a.json, row 7', 'data/a.json, row 7'],
    ["ENOENT: no such file, open '/home/ann/x.json'", "ENOENT: no such file, open 'x.json'"],
    ['/opt/elsewhere/a.json', 'a.json'],
    ["ENOENT: no such file, open '/opt/elsewhere/a.json'", "ENOENT: no such file, open 'a.json'"],
    ['file:///opt/elsewhere/checks.js:3:1', 'checks.js:3:1'],
    ['/srv/burnish/runs', 'runs'],
    ["scandir '/srv/burnish/runs'", "scandir 'runs'"],
    ['GET /api/choices lists them; POST /api/datasets', 'GET /api/choices lists them; POST /api/datasets'],
    [
      'keep / and a/b and </attempt> and http://host/v1/x',
      'keep / and a/b and </attempt> and http://host/v1/x',
    ],
  ])('are left out of %s', (text, shown) => {
    const facts = { where: text, found: text, expected: text, hint: text };
    const told = problems.of(new UserError('dataset', text, facts));
    expect(told).toMatchObject({ title: shown, where: shown, found: shown, expected: shown, hint: shown });
    expect(problems.of(new EnvironmentError('environment', text)).title).toBe(shown);
  });
});
