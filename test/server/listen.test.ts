import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { recordDecisions } from '../../src/run/record-decisions.js';
import { EventHub } from '../../src/server/event-hub.js';
import { createHttpServer, listen } from '../../src/server/listen.js';
import type { Desk } from '../../src/server/parts.js';
import { addRoute } from '../../src/server/route.js';
import { OpenStreams } from '../../src/server/routes/events.js';
import type { RunEvents } from '../../src/server/run-events.js';
import { decisionOf } from '../support/run-parts.js';
import { Events, STATE } from './events.js';
import { setServiceScene, TOKEN } from './service-scene.js';

/** A connection on which a test writes what no client would. */
async function open(url: string): Promise<{ socket: Socket; said: Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => {});
  const said = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  return { socket, said };
}

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('over real sockets', () => {
  test('a foreign Host is refused, also in the request line', async () => {
    const { listen } = await setServiceScene();
    const { url } = await listen();
    for (const [line, host, status] of [
      ['/api/runs', 'evil.example', 421],
      ['http://evil.example/api/runs', 'evil.example', 421],
      ['/api/runs', new URL(url).host, 200],
    ] as const) {
      const { socket, said } = await open(url);
      socket.write(`GET ${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(await said, `${line} ${host}`).toMatch(new RegExp(`^HTTP/1.1 (${status}|400) `));
    }
  });

  test.each([
    'GET /api/runs HTTP/1.1\r\n\r\n',
    'GET /api/runs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'GET /api/%ff%fe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET //evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'nonsense\r\n\r\n',
    `GET /api/runs HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
  ])('what is no proper request is answered with 4xx or not at all, and harms nobody: %j', async (text) => {
    const { listen, faults } = await setServiceScene();
    const { url } = await listen();
    const { socket, said } = await open(url);
    socket.end(text);
    expect(await said).toMatch(/^(HTTP\/1.1 4\d\d |$)/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(faults).toEqual([]);
  });

  test('a body that is too large is refused, whether it tells its length or not', async () => {
    const { listen, finishedRun } = await setServiceScene();
    const { url } = await listen();
    const run = await finishedRun();
    const path = `/api/runs/${run}/records/1/check`;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ text: 'x'.repeat(5_000_000) });
    expect((await fetch(url + path, { method: 'POST', headers, body })).status).toBe(413);
    const pieces = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const chunked = { method: 'POST', headers, body: pieces, duplex: 'half' };
    const response = await fetch(url + path, chunked as RequestInit);
    expect(response.status).toBe(411);
  });

  test('an upload is cut off at the limit, and one that breaks off leaves nothing', async () => {
    const { listen, runsFolder, get, faults } = await setServiceScene();
    const { url } = await listen();
    const uploads = join(runsFolder, '.uploads');
    const left = () => (existsSync(uploads) ? readdirSync(uploads) : []);
    const type = 'application/octet-stream';
    const piece = new Uint8Array(100_000);
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += piece.length;
        if (sent > 50_000_000) controller.close();
        else controller.enqueue(piece);
      },
    });
    const how = { method: 'POST', headers: { 'content-type': type }, body: endless, duplex: 'half' };
    const status = await fetch(`${url}/api/datasets?name=a.json`, how as RequestInit).then(
      (response) => response.status,
      () => 413,
    );
    expect(status).toBe(413);
    expect(sent).toBeLessThan(50_000_000);
    expect(left()).toEqual([]);

    const { socket } = await open(url);
    socket.write(
      `POST /api/datasets?name=a.json HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\n[1,2`,
    );
    await until(() => left().length > 0);
    socket.destroy();
    await until(() => left().length === 0);
    expect((await get<{ datasets: unknown[] }>('/api/choices')).datasets).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  test('times are limited for the head and for the whole of a request, and for idle connections', () => {
    const server = createHttpServer(() => new Response('ok'));
    expect(server.headersTimeout).toBeGreaterThan(0);
    expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(server.requestTimeout).toBeGreaterThan(0);
    expect(server.requestTimeout).toBeLessThanOrEqual(3_600_000);
    expect(server.keepAliveTimeout).toBeGreaterThan(0);
    expect(server.maxConnections).toBeGreaterThan(200);
  });

  test('connections that are kept, or say nothing, do not hold up the end; an answer under way does', async () => {
    let answer = (_response: Response): void => {};
    const { url, close } = await listen(
      (incoming) =>
        incoming.url.endsWith('/slow')
          ? new Promise<Response>((resolve) => {
              answer = resolve;
            })
          : new Response('ok'),
      { host: '127.0.0.1', ports: [0] },
    );
    await (await fetch(`${url}/`)).text();
    await open(url);
    const { socket } = await open(url);
    socket.write('GET / HT');
    const slow = fetch(`${url}/slow`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = close();
    answer(new Response('in time'));
    expect(await (await slow).text()).toBe('in time');
    await closed;
    await expect(fetch(`${url}/`)).rejects.toThrow();
  });
});

describe('the events of a run, over real sockets', () => {
  test('need a log-in like everything else, which the cookie is', async () => {
    const { finishedRun, another } = await setServiceScene();
    const run = await finishedRun();
    const { url } = await (await another({ token: TOKEN })).listen();
    const path = `${url}/api/runs/${run}/events`;
    expect((await fetch(path)).status).toBe(401);
    const logIn = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
    });
    const cookie = logIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const response = await fetch(path, { headers: { cookie } });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  test('tell what other processes decide, once somebody listens', async () => {
    const { listen, finishedRun, runsFolder } = await setServiceScene();
    const run = await finishedRun();
    const { url } = await listen();
    const events = new Events(await fetch(`${url}/api/runs/${run}/events`));
    expect(events.response.headers.get('content-type')).toBe('text/event-stream');
    expect(await events.next()).toMatchObject({ name: 'state', data: { state: 'finished' } });
    await recordDecisions(join(runsFolder, run), [decisionOf({ example: '1', action: 'reject' })]);
    expect(await events.nextOf('records')).toMatchObject({ data: { ids: ['1'] } });
  });

  test('are for so many at once and no more; who leaves makes room', async () => {
    const { listen, finishedRun } = await setServiceScene();
    const run = await finishedRun();
    const { url } = await listen();
    const path = `${url}/api/runs/${run}/events`;
    const leaving = new AbortController();
    const first = await fetch(path, { signal: leaving.signal });
    const others = await Promise.all(Array.from({ length: 199 }, () => fetch(path)));
    expect(others.every(({ status }) => status === 200)).toBe(true);
    const refused = await fetch(path);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, 'busy']);
    expect(first.status).toBe(200);
    leaving.abort();
    let status = 0;
    while (status !== 200) {
      const response = await fetch(path);
      ({ status } = response);
      if (status !== 200) await response.text();
    }
    for (const { body } of others) void body?.cancel();
  });

  test('take no room when only their head is asked for', async () => {
    const { listen, finishedRun } = await setServiceScene();
    const run = await finishedRun();
    const { url } = await listen();
    for (let asked = 0; asked < 201; asked++)
      expect((await fetch(`${url}/api/runs/${run}/events`, { method: 'HEAD' })).status).toBe(200);
  });

  test('leave no room for more when many come at the same time', async () => {
    const { listen, finishedRun } = await setServiceScene();
    const run = await finishedRun();
    const { url } = await listen();
    const all = await Promise.all(
      Array.from({ length: 230 }, () => fetch(`${url}/api/runs/${run}/events`).then(({ status }) => status)),
    );
    expect(all.filter((status) => status === 200)).toHaveLength(200);
  });

  test('are not kept for who does not read them: the connection is cut', async () => {
    const hub = new EventHub();
    const events = { of: async () => hub, stateOf: async () => STATE } as unknown as RunEvents;
    const app = new OpenAPIHono();
    for (const route of new OpenStreams().eventRoutes(events, { open: async () => {} } as unknown as Desk))
      addRoute(app, route);
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    const { url, close } = await listen((request, bindings) => app.fetch(request, bindings), {
      host: '127.0.0.1',
      ports: [0],
    });
    onTestFinished(close);
    const { socket, said } = await open(url);
    socket.write('GET /api/runs/r/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    let sent = 0;
    const ids = ['x'.repeat(100_000)];
    while (hub.listeners > 0 && sent < 1000) {
      hub.send('records', { ids });
      sent++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // What fits into the system's buffers, and not much more.
    expect(sent).toBeLessThan(500);
    expect(hub.listeners).toBe(0);
    socket.resume();
    expect(await said).not.toMatch(/0\r\n\r\n$/);
    expect(log).not.toHaveBeenCalled();
  });

  test('end with the service, also for who does not read them', async () => {
    const { listen, finishedRun, service } = await setServiceScene();
    const run = await finishedRun();
    const listening = await listen();
    const events = new Events(await fetch(`${listening.url}/api/runs/${run}/events`));
    const unread = request(`${listening.url}/api/runs/${run}/events`, (incoming) => incoming.pause()).end();
    unread.on('error', () => {});
    await events.next();
    await Promise.all([service.close(), listening.close()]);
    expect(await events.nextOf('never').catch(() => undefined)).toBeUndefined();
  });
});
