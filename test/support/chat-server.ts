import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';

/** One request as the server received it. */
export interface ReceivedRequest {
  /** 0-based position among all requests to this server. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came. */
  readonly text: string;
  /** The JSON body, empty when it is none; the shape of a chat request, since that is what the tests send. */
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly [field: string]: unknown;
  };
}

/** Writes an answer, or breaks off in one of the ways below. */
export type Answer = (response: ServerResponse) => void;

/** Decides how one request is answered; may take its time. */
export type ChatHandler = (request: ReceivedRequest) => Answer | Promise<Answer>;

export interface ChatServer {
  /** The base URL, up to and without `/chat/completions`. */
  readonly url: string;
  /** Everything received so far, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible server on loopback whose handler decides about every request. */
export async function startChatServer(handler: ChatHandler): Promise<ChatServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A client that gives up is a normal event in these tests.
    incoming.on('error', () => {});
    incoming.on('end', async () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const request: ReceivedRequest = {
        number: requests.length,
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        text,
        body: parseBody(text),
      };
      requests.push(request);
      try {
        (await handler(request))(response);
      } catch (error) {
        answerError(500, `the test's handler threw: ${error}`)(response);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parseBody(text: string): ReceivedRequest['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export interface CompletionParts {
  readonly finishReason?: string | null;
  readonly usage?: unknown;
  readonly model?: string;
}

/** The body of a chat completion; `content` may be anything, to test what servers really send. */
export function completionBody(content: unknown, parts: CompletionParts = {}) {
  const { finishReason = 'stop', model = 'served-model' } = parts;
  const usage =
    'usage' in parts ? parts.usage : { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finishReason }],
    usage,
  };
}

/** A good answer with this content. */
export function answerCompletion(content: unknown, parts: CompletionParts = {}): Answer {
  return answerJson(200, completionBody(content, parts));
}

export function answerJson(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return answerText(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function answerText(status: number, text: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end(text);
  };
}

export interface ErrorParts {
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  readonly headers?: Record<string, string>;
}

/** An error in OpenAI's shape. */
export function answerError(
  status: number,
  message: string,
  { headers, ...fields }: ErrorParts = {},
): Answer {
  return answerJson(status, { error: { message, code: null, type: null, param: null, ...fields } }, headers);
}

/** A 200 with a web page, as a captive portal or a wrong path gives. */
export function answerHtml(title = 'Welcome'): Answer {
  const page = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return answerText(200, page, { 'content-type': 'text/html' });
}

/** A 200 whose body is an error. */
export function answerErrorIn200(message: string, usage?: unknown): Answer {
  return answerJson(200, { error: { message, code: 502 }, ...(usage !== undefined && { usage }) });
}

/** A 200 that says JSON and holds half of it. */
export function answerBrokenJson(): Answer {
  return answerText(200, '{"id":"chatcmpl-1","choices":[{"mess', { 'content-type': 'application/json' });
}

export function answerEmptyBody(): Answer {
  return answerText(200, '', { 'content-type': 'application/json' });
}

/** Sends part of a chunked body, then cuts the connection. */
export function cutBody(): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":"chatcmpl-1",', () => response.socket?.destroy());
  };
}

/** Promises more bytes than it sends, then closes the connection in order. */
export function answerShortOfContentLength(): Answer {
  return (response) => {
    const text = JSON.stringify(completionBody('cut short'));
    response.strictContentLength = false;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length + 100 });
    response.write(text, () => response.socket?.end());
  };
}

/** Accepts the request and never answers. */
export function stallBeforeHeaders(): Answer {
  return () => {};
}

/** Sends status and headers, and never a byte of body. */
export function stallAfterHeaders(status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.flushHeaders();
  };
}

/** Sends half of a good answer, and then nothing more. */
export function stallMidBody(): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(JSON.stringify(completionBody('never whole')).slice(0, 60));
  };
}

/** Resets the connection without an answer. */
export function resetConnection(): Answer {
  return (response) => {
    response.socket?.resetAndDestroy();
  };
}

const BLANKS = Buffer.alloc(1 << 20, ' ');

/** An answer whose body goes on for as long as somebody reads it. */
export function answerWithoutEnd(status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    pipeline(Readable.from(blanks()), response, () => {});
  };
}

function* blanks(): Generator<Buffer> {
  for (;;) yield BLANKS;
}
