import { describe, expect, test } from 'vitest';
import { setServiceScene } from './service-scene.js';

const BODY = { dataset: 'tasks.json', dryRun: true };

describe('a request by a name that is not the server’s', () => {
  test.each([
    'evil.example',
    'evil.example:7770',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'localhost@evil.example',
    '',
    '[::2]',
    '127.0.0.1:7770:80',
    'localhost:',
  ])('is refused: %s', async (host) => {
    const { problem } = await setServiceScene();
    for (const path of ['/api/runs', '/', '/assets/main.js', '/api/session', '/api/openapi.json'])
      expect(await problem('GET', path, { headers: { host } }), path).toMatchObject({
        status: 421,
        code: 'foreign_host',
      });
  });

  test.each([
    'localhost',
    'LOCALHOST:7770',
    '127.0.0.1:1',
    '[::1]:7770',
    'burnish.example',
    'Burnish.Example:443',
  ])('is taken by a name of its own: %s', async (host) => {
    const { ask } = await setServiceScene({ service: { allowedHosts: ['burnish.example'] } });
    expect((await ask('GET', '/api/runs', { headers: { host } })).status).toBe(200);
  });
});

describe('a request of another site', () => {
  test.each([
    ['origin', 'http://evil.example'],
    ['origin', 'null'],
    ['origin', 'http://localhost:1'],
    ['origin', 'http://127.0.0.1'],
    ['origin', 'file://'],
    ['origin', ''],
    ['origin', 'localhost'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
    ['sec-fetch-site', 'something-new'],
  ])('is refused: %s %s', async (name, value) => {
    const { problem, ask } = await setServiceScene();
    const headers = { [name]: value };
    for (const [method, path] of [
      ['POST', '/api/runs'],
      ['PUT', '/api/runs/r/records/1/decision'],
      ['POST', '/api/session'],
      ['DELETE', '/api/session'],
      ['GET', '/api/runs'],
      ['GET', '/api/runs/r/events'],
      ['GET', '/api/runs/r/export'],
    ] as const) {
      const how = { headers, ...(method !== 'GET' && { body: BODY }) };
      expect(await problem(method, path, how), path).toMatchObject({ status: 403, code: 'foreign_origin' });
    }
    for (const method of ['OPTIONS', 'HEAD'])
      expect((await ask(method, '/api/runs', { headers })).status).toBe(403);
  });

  test('may lead to a page, which is a link, but asks for nothing itself', async () => {
    const { ask } = await setServiceScene();
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask('GET', '/runs/r/records', { headers })).status).toBe(200);
  });

  test('gets no leave by CORS, not when it asks for it either', async () => {
    const { ask } = await setServiceScene();
    for (const [method, headers] of [
      ['GET', {}],
      ['OPTIONS', { 'access-control-request-method': 'PUT', origin: 'http://localhost' }],
      ['OPTIONS', { 'access-control-request-method': 'PUT', origin: 'http://evil.example' }],
    ] as const) {
      const response = await ask(method, '/api/runs', { headers });
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('is the server’s own with its own origin', async () => {
    const { ask } = await setServiceScene();
    const headers = {
      host: 'localhost:7770',
      origin: 'http://localhost:7770',
      'sec-fetch-site': 'same-origin',
    };
    expect((await ask('POST', '/api/runs', { body: BODY, headers })).status).toBe(200);
  });
});

describe('a body that a form of another site can send', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    'text/plain; application/json',
    'application/jsonx',
    '',
  ])('is refused: %s', async (type) => {
    const { problem } = await setServiceScene();
    for (const [method, path] of [
      ['POST', '/api/runs'],
      ['POST', '/api/runs/r/cancel'],
      ['POST', '/api/runs/r/resume'],
      ['PUT', '/api/runs/r/records/1/decision'],
      ['POST', '/api/session'],
      ['POST', '/api/datasets?name=a.json'],
    ] as const) {
      const how = { body: JSON.stringify(BODY), headers: { 'content-type': type } };
      expect(await problem(method, path, how), path).toMatchObject({ status: 415, code: 'unsupported_type' });
    }
  });

  test('is JSON or refused, but for an upload', async () => {
    const { problem } = await setServiceScene();
    const how = { body: '{}', headers: { 'content-type': 'application/octet-stream' } };
    for (const path of ['/api/runs', '/api/runs/r/resume', '/api/runs/r/cancel'])
      expect(await problem('POST', path, how), path).toMatchObject({ status: 415 });
  });

  test('may say its charset', async () => {
    const { ask } = await setServiceScene();
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await ask('POST', '/api/runs', { body: BODY, headers })).status).toBe(200);
  });
});

test('every answer keeps browsers from doing more than the pages need', async () => {
  const { ask, service } = await setServiceScene({ service: { token: 'a-token-of-enough-letters' } });
  service.app.get('/bug', () => {
    throw new Error('a secret');
  });
  const answers = await Promise.all([
    ask('GET', '/healthz'),
    ask('GET', '/'),
    ask('GET', '/assets/main.js'),
    ask('GET', '/no/such/page'),
    ask('GET', '/api/runs'),
    ask('GET', '/api/session'),
    ask('POST', '/api/session', { body: '{' }),
    ask('POST', '/api/session', { body: { token: 'a-token-of-enough-letters' } }),
    ask('GET', '/', { headers: { host: 'evil.example' } }),
    ask('PATCH', '/api/runs', { body: {} }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 401, 200, 400, 204, 421, 401]);
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBeTruthy();
  }
});

test('data is kept by no cache, files with a hash in their name for long', async () => {
  const { ask } = await setServiceScene();
  const cached = async (path: string) => (await ask('GET', path)).headers.get('cache-control');
  expect(await cached('/api/runs')).toBe('no-store');
  expect(await cached('/')).toBe('no-cache');
  expect(await cached('/assets/main.js')).toContain('immutable');
});
