import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type BatchApi, type BatchApiOptions, createBatchApi } from '../../src/model/batch-api.js';
import { batchLine, readBatchLine } from '../../src/model/batch-lines.js';
import { ModelError } from '../../src/model/model-error.js';
import type { BatchScript, Fault, Route } from '../support/batch-script.js';
import { type BatchServer, startBatchServer } from '../support/batch-server.js';
import { answerText, stallMidBody, startChatServer } from '../support/chat-server.js';

const apiKey = 'sk-very-secret-0123456789';
const live = new AbortController().signal;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

function connect(baseUrl: string, options: Partial<BatchApiOptions> = {}): BatchApi {
  const api = createBatchApi({ model: 'some-model', baseUrl, apiKey, timeoutMs: 20_000, ...options });
  cleanups.push(() => api.close());
  return api;
}

async function scene(
  script: BatchScript = {},
  options: Partial<BatchApiOptions> = {},
): Promise<{ server: BatchServer; api: BatchApi }> {
  const server = await startBatchServer(script);
  cleanups.push(() => server.close());
  return { server, api: connect(server.url, options) };
}

/** Requests of which the n-th says `Ask n?`, under the id `a-n`. */
function someLines(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    batchLine(`a-${index}`, 'some-model', {
      messages: [{ role: 'user', content: `Ask ${index}?` }],
      temperature: 1,
      maxTokens: 10,
      omit: [],
    }),
  );
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function failure(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    (value) => expect.fail(`no error but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw error;
  return error;
}

function verdict({ facts }: ModelError): string {
  return `${facts.kind}/${facts.code}`;
}

describe('a batch', () => {
  test('goes from upload to its answers', async () => {
    const { server, api } = await scene({ fates: [{ refuse: { 3: 400, 4: 500 } }] });
    const lines = someLines(6);
    const inputFileId = await api.upload(lines, 'burnish-1.jsonl', live);
    expect(server.file(inputFileId)).toBe(lines.map((line) => `${line}\n`).join(''));

    const created = await api.create({ inputFileId, intent: 'intent-1' }, live);
    expect(created).toMatchObject({ status: 'validating', intent: 'intent-1', inputFileId, errors: [] });
    expect(created.createdAtMs).toBeGreaterThan(Date.now() - 60_000);
    expect(created.expiresAtMs).toBe((created.createdAtMs ?? 0) + 86_400_000);

    expect(await api.retrieve(created.id, live)).toMatchObject({
      status: 'in_progress',
      counts: { total: 6, completed: 0, failed: 0 },
      outputFileId: null,
      errorFileId: null,
    });
    const done = await api.retrieve(created.id, live);
    expect(done).toMatchObject({ status: 'completed', counts: { total: 6, completed: 4, failed: 2 } });

    const answers = await readAll(api, done.outputFileId);
    expect([...answers.keys()].sort()).toEqual(['a-0', 'a-1', 'a-2', 'a-5']);
    expect([...answers.keys()]).not.toEqual(['a-0', 'a-1', 'a-2', 'a-5']);
    expect(answers.get('a-1')).toMatchObject({ content: expect.stringContaining('Ask 1?') });
    const refusals = await readAll(api, done.errorFileId);
    expect(verdict(refusals.get('a-3') as ModelError)).toBe('example/bad_request');
    expect(verdict(refusals.get('a-4') as ModelError)).toBe('transport/server_error');
    expect(server.counts.byCustomId).toEqual(Object.fromEntries(lines.map((_, index) => [`a-${index}`, 1])));
  });

  test.each(['expired', 'cancelled'] as const)('that %s gives what it completed', async (end) => {
    const { api } = await scene({ fates: [{ end, worked: 2, polls: 0 }] });
    const { id } = await start(api, 5);
    const over = await api.retrieve(id, live);
    expect(over).toMatchObject({ status: end, counts: { total: 5, completed: 2, failed: 3 } });
    expect([...(await readAll(api, over.outputFileId)).keys()].sort()).toEqual(['a-0', 'a-1']);
    const rest = [...(await readAll(api, over.errorFileId)).values()].map((error) =>
      verdict(error as ModelError),
    );
    expect(rest).toEqual(['transport/not_done', 'transport/not_done', 'transport/not_done']);
  });

  test('can be cancelled, which takes its time', async () => {
    const { server, api } = await scene({ fates: [{ polls: null, worked: 1 }] });
    const { id } = await start(api, 3);
    expect(await api.retrieve(id, live)).toMatchObject({ status: 'in_progress' });
    expect(await api.cancel(id, live)).toMatchObject({ id, status: 'cancelling', intent: 'intent-1' });
    expect(await api.retrieve(id, live)).toMatchObject({ status: 'cancelled', counts: { completed: 1 } });
    expect(verdict(await failure(api.cancel(id, live)))).toBe('transport/conflict');
    expect(server.counts.byCustomId).toEqual({ 'a-0': 1 });
  });

  test('that fails as a whole says why, without secrets', async () => {
    const message = `Enqueued token limit reached for ${apiKey}`;
    const { api } = await scene({ fates: [{ failure: { code: 'token_limit_exceeded', message } }] });
    const { id } = await start(api, 2);
    expect(await api.retrieve(id, live)).toMatchObject({
      status: 'failed',
      errors: [
        {
          code: 'token_limit_exceeded',
          message: 'Enqueued token limit reached for [redacted]',
          line: null,
        },
      ],
      outputFileId: null,
    });
  });

  test('with two requests of one id fails', async () => {
    const { api } = await scene();
    const [line = ''] = someLines(1);
    const inputFileId = await api.upload([line, line], 'b.jsonl', live);
    const { id } = await api.create({ inputFileId, intent: 'i' }, live);
    expect(await api.retrieve(id, live)).toMatchObject({
      status: 'failed',
      errors: [{ code: 'duplicate_custom_id', line: 2 }],
    });
  });
});

async function start(api: BatchApi, count: number, intent = 'intent-1') {
  const inputFileId = await api.upload(someLines(count), 'burnish.jsonl', live);
  return api.create({ inputFileId, intent }, live);
}

async function readAll(api: BatchApi, fileId: string | null) {
  const lines = await collect(api.lines(fileId ?? expect.fail('no file'), live));
  return new Map(
    lines.map((line) => {
      const read = readBatchLine(line, { model: 'some-model', secrets: [apiKey] });
      return read.customId === null ? expect.fail(read.fault) : [read.customId, read.result];
    }),
  );
}

describe('an upload', () => {
  test('streams, counted in bytes of UTF-8, from lines that are made as they are sent', async () => {
    const { server, api } = await scene();
    async function* made() {
      for (let n = 0; n < 300; n++) yield `{"n":${n},"text":"${'ü👋'.repeat(2_000)}"}`;
    }
    const id = await api.upload(made(), 'large.jsonl', live);
    expect(server.file(id)).toBe((await collect(made())).map((line) => `${line}\n`).join(''));
  });

  test('sends exactly our headers and a form', async () => {
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Content-Type: text/odd\nX-Custom: 1');
    const { server, api } = await scene();
    await start(api, 1);
    const [uploaded, created] = server.requests;
    expect(uploaded?.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, 'user-agent': 'burnish' });
    expect(uploaded?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(created?.headers['content-type']).toBe('application/json');
    for (const { headers } of server.requests) {
      expect(Object.keys(headers).filter((name) => /^x-/.test(name))).toEqual([]);
    }
  });

  test('may take longer than the time limit, as long as it goes on', async () => {
    const { server, api } = await scene({}, { timeoutMs: 250 });
    async function* slow() {
      for (const line of someLines(8)) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        yield line;
      }
    }
    const id = await api.upload(slow(), 'slow.jsonl', live);
    expect(server.file(id)?.split('\n')).toHaveLength(9);
  });

  test('that nobody takes any further is a timeout', async () => {
    const server = createServer((request) => request.pause());
    const url = await listen(server);
    function* endless() {
      for (;;) yield 'x'.repeat(100_000);
    }
    const error = await failure(connect(url, { timeoutMs: 200 }).upload(endless(), 'e.jsonl', live));
    expect(verdict(error)).toBe('transport/timeout');
  });

  test('refused before its end is that refusal', async () => {
    const server = createServer((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"Incorrect API key"}}');
    });
    const url = await listen(server);
    function* long() {
      for (let n = 0; n < 200; n++) yield 'x'.repeat(100_000);
    }
    expect(verdict(await failure(connect(url).upload(long(), 'e.jsonl', live)))).toBe('run/unauthorized');
  });

  test('whose lines cannot be read fails with the fault of reading', async () => {
    const { server, api } = await scene();
    const fault = new Error('the disk is gone');
    async function* broken() {
      yield '{}';
      throw fault;
    }
    await expect(api.upload(broken(), 'b.jsonl', live)).rejects.toBe(fault);
    expect(server.counts.batches).toBe(0);
  });

  test('stops with the reason of the signal', async () => {
    const { api } = await scene({ faults: { upload: ['stall'] } });
    const stop = new AbortController();
    const reason = new Error('interrupted');
    setTimeout(() => stop.abort(reason), 50);
    await expect(api.upload(someLines(1), 'b.jsonl', stop.signal)).rejects.toBe(reason);
  });
});

describe('what we create is found again', () => {
  test('after the answer was lost', async () => {
    const { server, api } = await scene({ faults: { create: ['lost'] } });
    const before = Date.now();
    expect(verdict(await failure(start(api, 1)))).toBe('transport/connection');
    expect(server.counts.batches).toBe(1);
    expect((await api.find('intent-1', before, live)).map(({ id }) => id)).toEqual(['batch_1']);
    expect(await api.find('intent-2', before, live)).toEqual([]);
  });

  test('not when the request itself was lost', async () => {
    const { api } = await scene({ faults: { create: ['reset'] } });
    expect(verdict(await failure(start(api, 1)))).toBe('transport/connection');
    expect(await api.find('intent-1', Date.now(), live)).toEqual([]);
  });

  test('once the list knows it', async () => {
    const { api } = await scene({ listLag: 2 });
    await start(api, 1);
    const found: number[] = [];
    for (let look = 0; look < 3; look++) found.push((await api.find('intent-1', Date.now(), live)).length);
    expect(found).toEqual([0, 0, 1]);
  });

  test('all of them, the newest first, whatever the order of the list', async () => {
    const made = (id: string, created_at: number, intent: string) => ({
      id,
      created_at,
      status: 'in_progress',
      metadata: { burnish_intent: intent },
    });
    const data = [made('b-1', 1_000, 'i'), made('b-2', 2_000, 'other'), made('b-3', 3_000, 'i')];
    const server = await startChatServer(() => answerText(200, JSON.stringify({ data, has_more: false })));
    cleanups.push(() => server.close());
    const found = await connect(server.url).find('i', Date.now(), live);
    expect(found.map(({ id }) => id)).toEqual(['b-3', 'b-1']);
  });

  test('behind the batches of others, page by page', async () => {
    const { server, api } = await scene({ foreignBatches: 250, oldestFirst: true });
    await start(api, 1);
    expect(await api.find('intent-1', Date.now(), live)).toHaveLength(1);
    expect(server.counts.calls.list).toBe(3);
    expect(server.requests.at(-1)?.path).toMatch(/limit=100&after=batch_foreign_\d+$|after=.*limit=100/);
  });

  test('without reading the list to its end, when the rest is older than a day before the intent', async () => {
    const { server, api } = await scene({ foreignBatches: 5_000 });
    await start(api, 1);
    expect(await api.find('intent-1', Date.now(), live)).toHaveLength(1);
    // A page holds 100 minutes: 24 hours and the page that goes beyond them.
    expect(server.counts.calls.list).toBe(15);
  });

  test('also when an oldest-first list begins with batches of long ago', async () => {
    const { api } = await scene({ foreignBatches: 3_000, oldestFirst: true });
    await start(api, 1);
    expect(await api.find('intent-1', Date.now(), live)).toHaveLength(1);
  });

  test('on a server that gives the same page for ever', async () => {
    const batch = { id: 'b-1', status: 'in_progress', metadata: { burnish_intent: 'i' } };
    const server = await startChatServer(() =>
      answerText(200, JSON.stringify({ data: [batch], has_more: true })),
    );
    cleanups.push(() => server.close());
    expect(await connect(server.url).find('i', Date.now(), live)).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a download', () => {
  test('cut midway gives the lines that came whole, then the fault', async () => {
    const { server, api } = await scene({
      fates: [{ polls: 0 }],
      faults: { content: [{ cutAfterBytes: 1_000 }] },
    });
    const { id } = await start(api, 10);
    const { outputFileId } = await api.retrieve(id, live);
    const whole = (server.file(outputFileId ?? '') ?? '').split('\n');
    const got: string[] = [];
    const error = await failure(
      (async () => {
        for await (const line of api.lines(outputFileId ?? '', live)) got.push(line);
      })(),
    );
    expect(error.facts).toEqual({ kind: 'transport', code: 'connection' });
    expect(error.message).toMatch(/^the answer broke off \(/);
    expect(got.length).toBeGreaterThan(0);
    expect(got).toEqual(whole.slice(0, got.length));
    expect(await collect(api.lines(outputFileId ?? '', live))).toHaveLength(10);
  });

  test('gives doubled, unknown and torn lines as they are', async () => {
    const { api } = await scene({
      fates: [{ polls: 0, doubled: [1], missing: [0], strangers: 2, torn: true }],
    });
    const { id } = await start(api, 3);
    const { outputFileId } = await api.retrieve(id, live);
    const read = (await collect(api.lines(outputFileId ?? '', live))).map((line) =>
      readBatchLine(line, { model: 'm', secrets: [] }),
    );
    expect(read.map(({ customId }) => customId).sort()).toEqual(
      ['a-1', 'a-1', 'a-2', 'stranger-0', 'stranger-1', null].sort(),
    );
    expect(read.at(-1)?.customId).toBeNull();
  });

  test('is not limited in size, and read as it comes: it may have no end', async () => {
    const line = `{"pad":"${'x'.repeat(100_000)}"}\n`;
    function* endless() {
      for (;;) yield line;
    }
    const server = createServer((_, response) => {
      pipeline(Readable.from(endless()), response, () => {});
    });
    const api = connect(await listen(server));
    let bytes = 0;
    for await (const got of api.lines('file-1', live)) {
      expect(got.length).toBe(line.length - 1);
      bytes += got.length;
      if (bytes > 100_000_000) break;
    }
  });

  test('takes letters that are cut between two pieces, empty lines and a last line without its end', async () => {
    const text = Buffer.from('{"a":"ü👋"}\r\n\n{"b":2}');
    const server = createServer(async (_, response) => {
      for (const byte of text) {
        response.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    const lines = await collect(connect(await listen(server)).lines('file-1', live));
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ a: 'ü👋' }, { b: 2 }]);
  });

  test('that stops coming is a timeout, however long the whole may take', async () => {
    const server = await startChatServer(() => stallMidBody());
    cleanups.push(() => server.close());
    const api = connect(server.url, { bodyIdleMs: 100 });
    const error = await failure(collect(api.lines('file-1', live)));
    expect(error.facts).toEqual({ kind: 'transport', code: 'timeout', status: 200 });
  });

  test.each<[string, Fault]>([
    ['the head', 'stall'],
    ['the rest', { cutAfterBytes: 0 }],
  ])('stops with the reason of the signal while waiting for %s', async (_, fault) => {
    const server = await startChatServer(() => (fault === 'stall' ? () => {} : stallMidBody()));
    cleanups.push(() => server.close());
    const stop = new AbortController();
    const reason = new Error('interrupted');
    const reading = collect(connect(server.url).lines('file-1', stop.signal));
    setTimeout(() => stop.abort(reason), 80);
    await expect(reading).rejects.toBe(reason);
  });

  test('that its reader leaves closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const server = createServer((_, response) => {
      response.on('close', () => closed.resolve());
      response.write('{"a":1}\n');
    });
    const api = connect(await listen(server));
    for await (const line of api.lines('file-1', live)) {
      expect(line).toBe('{"a":1}');
      break;
    }
    await closed.promise;
  });
});

describe('a fault', () => {
  const status = (code: number, message = 'no'): Fault => ({ status: code, message });

  test.each<[Route, Fault, string]>([
    ['retrieve', status(500), 'transport/server_error'],
    ['retrieve', status(429, 'slow down'), 'transport/rate_limited'],
    ['retrieve', 'html', 'transport/malformed_reply'],
    ['retrieve', 'reset', 'transport/connection'],
    ['retrieve', status(401), 'run/unauthorized'],
    ['retrieve', status(404), 'run/not_found'],
    ['list', status(404), 'run/wrong_endpoint'],
    ['list', 'html', 'transport/malformed_reply'],
    ['upload', status(404), 'run/wrong_endpoint'],
    ['upload', status(400, 'File is too large.'), 'run/bad_request'],
    ['upload', status(413), 'run/too_large'],
    ['upload', 'lost', 'transport/connection'],
    ['upload', 'html', 'transport/malformed_reply'],
    ['create', status(400, 'bad file'), 'run/bad_request'],
    ['create', status(429, 'You exceeded your current quota'), 'run/quota_exhausted'],
    ['create', status(400, "Unsupported parameter: 'max_tokens'"), 'run/unsupported_parameter'],
    ['create', status(502), 'transport/server_error'],
    ['create', 'html', 'transport/malformed_reply'],
    ['create', 'lost', 'transport/connection'],
    ['cancel', status(404), 'run/not_found'],
    ['content', status(404), 'run/not_found'],
    ['content', status(503), 'transport/server_error'],
    ['content', 'reset', 'transport/connection'],
  ])('of %s, %j, is %s', async (route, fault, expected) => {
    const { server, api } = await scene({ faults: { [route]: [fault] } });
    const calls: Record<Exclude<Route, 'chat'>, () => Promise<unknown>> = {
      upload: () => api.upload(someLines(1), 'b.jsonl', live),
      create: () => api.create({ inputFileId: 'file-1', intent: 'i' }, live),
      retrieve: () => api.retrieve('batch_1', live),
      list: () => api.find('i', Date.now(), live),
      cancel: () => api.cancel('batch_1', live),
      content: () => collect(api.lines('file-1', live)),
    };
    if (route === 'chat') expect.fail('not here');
    expect(verdict(await failure(calls[route]()))).toBe(expected);
    expect(server.requests).toHaveLength(1);
  });

  test('tells what is missing, and where it was looked for', async () => {
    const { server, api } = await scene();
    const error = await failure(api.retrieve('batch_9', live));
    expect(error.message).toBe(
      `no batches/batch_9 at ${server.url}/batches/batch_9 (HTTP 404): No batch with id batch_9`,
    );
  });

  test('carries the wait that the server asks for', async () => {
    const fault = { status: 429, message: 'slow', headers: { 'retry-after': '3' } };
    const { api } = await scene({ faults: { retrieve: [fault] } });
    expect((await failure(api.retrieve('b', live))).facts).toMatchObject({ retryAfterMs: 3_000 });
  });

  test('of a server that is not there is told apart: nothing was sent', async () => {
    const server = createServer();
    const url = await listen(server);
    await cleanups.pop()?.();
    const error = await failure(connect(url).create({ inputFileId: 'f', intent: 'i' }, live));
    expect(error.facts).toEqual({ kind: 'transport', code: 'unreachable' });
  });

  test('shows no secret', async () => {
    const { api } = await scene({ faults: { retrieve: [{ status: 400, message: `bad key ${apiKey}` }] } });
    expect((await failure(api.retrieve('b', live))).message).not.toContain('sk-very');
  });
});

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}
