import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BatchCounts, BatchScript, Fault, Route } from './batch-script.js';
import { type BatchObject, BatchStore } from './batch-store.js';
import {
  type Answer,
  answerError,
  answerHtml,
  answerJson,
  answerText,
  resetConnection,
} from './chat-server.js';

export interface BatchServer {
  /** The base URL, up to and without `/batches`. */
  readonly url: string;
  readonly counts: BatchCounts;
  readonly batches: readonly BatchObject[];
  /** Method, path and headers of everything that came, in order. */
  readonly requests: readonly ReceivedCall[];
  /** The content of a file, undefined when there is none. */
  file(id: string): string | undefined;
  /** Ends every batch that is not over yet, as its fate says. */
  finish(): void;
  /** Replaces these parts of the script; faults and fates count on. */
  change(script: BatchScript): void;
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/**
 * Starts an OpenAI-compatible server with files, batches and chat completions on loopback.
 *
 * It also obeys `POST /control/finish`, `POST /control/change` (a script) and `GET /control/state` (counts and
 * batches), for tests in another process.
 */
export async function startBatchServer(script: BatchScript = {}): Promise<BatchServer> {
  const store = new BatchStore(script);
  const requests: ReceivedCall[] = [];
  const change = (next: BatchScript): void => {
    store.script = { ...store.script, ...next };
  };
  const server = createServer(async (request, response) => {
    // A client that gives up is a normal event in these tests.
    request.on('error', () => {});
    const body = await readAll(request).catch(() => undefined);
    if (body === undefined) return;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/control/')) {
      if (url.pathname === '/control/finish') store.finish();
      if (url.pathname === '/control/change') change(JSON.parse(body.toString('utf8')));
      answerJson(200, { counts: store.counts, batches: store.batches })(response);
      return;
    }
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    const call = { method: request.method ?? '', url, body, type: request.headers['content-type'] ?? '' };
    (await answer(store, call).catch((error) => answerError(500, `the test server threw: ${error}`)))(
      response,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    counts: store.counts,
    get batches() {
      return store.batches;
    },
    requests,
    file: (id) => store.file(id),
    finish: () => store.finish(),
    change,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: Buffer;
  readonly type: string;
}

const routes: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ['POST', /^\/v1\/files$/, 'upload'],
  ['GET', /^\/v1\/files\/([^/]+)\/content$/, 'content'],
  ['POST', /^\/v1\/batches$/, 'create'],
  ['GET', /^\/v1\/batches$/, 'list'],
  ['GET', /^\/v1\/batches\/([^/]+)$/, 'retrieve'],
  ['POST', /^\/v1\/batches\/([^/]+)\/cancel$/, 'cancel'],
  ['POST', /^\/v1\/chat\/completions$/, 'chat'],
];

async function answer(store: BatchStore, call: Call): Promise<Answer> {
  const found = routes.find(([method, path]) => method === call.method && path.test(call.url.pathname));
  if (found === undefined) return answerError(404, `no ${call.method} ${call.url.pathname}`);
  const [, path, route] = found;
  const number = store.counts.calls[route]++;
  const fault = store.script.faults?.[route]?.[number] ?? 'none';
  const instead = answerInstead(fault);
  if (instead !== undefined) return instead;
  const done = await perform(store, route, path.exec(call.url.pathname)?.[1] ?? '', call);
  if (fault === 'lost') return resetConnection();
  return typeof fault === 'object' && 'cutAfterBytes' in fault ? cut(done, fault.cutAfterBytes) : done;
}

/** What is answered when nothing is done. */
function answerInstead(fault: Fault): Answer | undefined {
  if (fault === 'reset') return resetConnection();
  if (fault === 'stall') return () => {};
  if (fault === 'html') return answerHtml('Bad gateway');
  if (typeof fault === 'string' || 'cutAfterBytes' in fault) return undefined;
  const { status, message, headers = {} } = fault;
  return answerError(status, message, { headers });
}

async function perform(store: BatchStore, route: Route, id: string, call: Call): Promise<Answer> {
  if (route === 'upload') return upload(store, call);
  if (route === 'content') {
    const text = store.file(id);
    return text === undefined
      ? answerError(404, `No such File object: ${id}`)
      : answerText(200, text, { 'content-type': 'application/octet-stream' });
  }
  if (route === 'create') {
    const order = JSON.parse(call.body.toString('utf8'));
    if (order.completion_window !== '24h' || order.endpoint !== '/v1/chat/completions') {
      return answerError(400, `Not offered: ${call.body}`);
    }
    return answerJson(200, store.create(order.input_file_id, order.metadata ?? null));
  }
  if (route === 'list') {
    const { searchParams } = call.url;
    const page = store.list(searchParams.get('after'), Number(searchParams.get('limit') ?? 20));
    return answerJson(200, { object: 'list', ...page });
  }
  if (route === 'chat') {
    const { messages } = JSON.parse(call.body.toString('utf8'));
    const { status, body } = store.reply(messages.at(-1).content);
    return answerJson(status, body);
  }
  const batch = route === 'cancel' ? store.cancel(id) : store.retrieve(id);
  if (batch === false) return answerError(409, `Batch ${id} is over and cannot be cancelled.`);
  return batch === undefined ? answerError(404, `No batch with id ${id}`) : answerJson(200, batch);
}

async function upload(store: BatchStore, { body, type }: Call): Promise<Answer> {
  // Node's own reader of forms, which knows nothing of how the client wrote this one.
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  if (form.get('purpose') !== 'batch' || !(file instanceof File))
    return answerError(400, 'no file for a batch');
  if (!file.name.endsWith('.jsonl')) return answerError(400, `not a .jsonl file: ${file.name}`);
  if (file.size > 200_000_000) return answerError(400, 'File is too large.');
  const id = store.addFile(await file.text());
  return answerJson(200, { id, object: 'file', bytes: file.size, filename: file.name, purpose: 'batch' });
}

/** Sends the head and the beginning of an answer, then breaks the connection. */
function cut(whole: Answer, bytes: number): Answer {
  return (response: ServerResponse) => {
    const end = response.end.bind(response);
    response.end = ((text: string) => {
      response.write(Buffer.from(text).subarray(0, bytes), () => response.socket?.resetAndDestroy());
      return response;
    }) as typeof end;
    whole(response);
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
