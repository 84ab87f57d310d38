import { toStreamingFile } from 'openai';
import { z } from 'zod';
import { type Batch, INTENT_FIELD, readBatch, readBatchPage } from './batch.js';
import { brokenOff, translateBatchFault } from './batch-fault.js';
import { cutLines } from './body-lines.js';
import { withDeadline } from './deadline.js';
import { createOpenAiClient } from './openai-client.js';
import type { EndpointOptions } from './openai-endpoint.js';
import { malformed, parseJson } from './openai-reply.js';
import { DEFAULT_BODY_IDLE_MS, readBody, readChunks } from './read-body.js';
import { type Lines, UploadSource } from './upload-source.js';

export interface BatchApiOptions extends EndpointOptions {
  /** The model that the batches are for; refusals name it. */
  readonly model: string;
  /** From sending a request, or from the last piece of an upload, to the end of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The longest silence within the body of an answer, in milliseconds. Default: 120,000. */
  readonly bodyIdleMs?: number;
}

/**
 * Files and batches of an OpenAI-compatible server. Every call sends once: sending again belongs to the caller.
 *
 * All calls throw a ModelError for every refusal and fault, and the signal's reason when it was aborted. Refusals
 * here concern no single example: their kind is `run` or `transport`.
 */
export interface BatchApi {
  /**
   * Uploads requests, one a line without its line feed, and says under which id. Sending it again only leaves a
   * file that nobody uses.
   *
   * @param name of the file; servers want it to end in `.jsonl`
   */
  upload(lines: Lines, name: string, signal: AbortSignal): Promise<string>;
  /**
   * Starts a batch. After any fault but a refusal (a status below 500) or `unreachable` it may have started all
   * the same: look with `find` before starting it again, or it is paid twice.
   */
  create(order: BatchOrder, signal: AbortSignal): Promise<Batch>;
  /** @throws ModelError `not_found` for a batch that the server does not have (any longer) */
  retrieve(id: string, signal: AbortSignal): Promise<Batch>;
  /**
   * The batches that were created with this intent, the newest first. A batch that was created a moment ago may
   * be missing: lists follow late.
   *
   * @param createdAfterMs when the intent was written, by our clock
   */
  find(intent: string, createdAfterMs: number, signal: AbortSignal): Promise<Batch[]>;
  /** Asks for an end; the batch is over only when a later `retrieve` says so. */
  cancel(id: string, signal: AbortSignal): Promise<Batch>;
  /**
   * The lines of an output or error file as they come, without holding the file; in any order, perhaps with the
   * last one torn.
   *
   * @throws ModelError `not_found`; `connection` when the download breaks off, after the lines that came whole
   */
  lines(fileId: string, signal: AbortSignal): AsyncIterable<string>;
  /** Closes idle connections. */
  close(): Promise<void>;
}

export interface BatchOrder {
  readonly inputFileId: string;
  /** Sent as metadata, to find the batch again by. */
  readonly intent: string;
}

/** Downloads and polls, side by side. */
const CONNECTIONS = 4;
/** The most that the list gives at once. */
const PAGE_SIZE = 100;
/** How far our clock may be from the server's. To miss a batch means to pay for it twice, a page more costs nothing. */
const CLOCK_SKEW_MS = 24 * 3_600_000;

const uploadedSchema = z.object({ id: z.string().min(1) });

type Send = (signal: AbortSignal, renew: () => void) => Promise<Response>;

/** @throws UserError `model_config` when a key cannot be sent in a header. */
export function createBatchApi(options: BatchApiOptions): BatchApi {
  const { model, timeoutMs, bodyIdleMs = DEFAULT_BODY_IDLE_MS } = options;
  const client = createOpenAiClient({ ...options, model, connections: CONNECTIONS, bodyIdleMs });
  const { api, secrets } = client;

  /** Sends a request and waits for the headers of its answer. */
  async function open(path: string, send: () => Promise<Response>): Promise<Response> {
    try {
      return await send();
    } catch (error) {
      throw translateBatchFault(error, path, client);
    }
  }

  /** Sends a request and reads its whole answer. */
  function ask(path: string, signal: AbortSignal, send: Send): Promise<unknown> {
    return withDeadline(
      async (inner, renew) => {
        const response = await open(path, () => send(inner, renew));
        return parseJson(await readBody(response, { bodyIdleMs }).catch(brokenOff), secrets);
      },
      { signal, timeoutMs },
    );
  }

  async function upload(lines: Lines, name: string, signal: AbortSignal): Promise<string> {
    const source = new UploadSource(lines);
    try {
      const body = await ask('/files', signal, (inner, renew) => {
        const file = toStreamingFile(source.read(renew), name, { type: 'application/jsonl' });
        return api.files.create({ purpose: 'batch', file }, { signal: inner }).asResponse();
      });
      const parsed = uploadedSchema.safeParse(body);
      if (!parsed.success) throw malformed('the answer holds no id of the uploaded file');
      return parsed.data.id;
    } catch (error) {
      // To the connection, a fault of ours while reading looks like one of its own.
      throw source.fault ?? error;
    } finally {
      source.close();
    }
  }

  async function find(intent: string, createdAfterMs: number, signal: AbortSignal): Promise<Batch[]> {
    const found: Batch[] = [];
    const seen = new Set<string>();
    for (let after: string | undefined; ; ) {
      const query = { limit: PAGE_SIZE, ...(after !== undefined && { after }) };
      const page = readBatchPage(
        await ask('/batches', signal, (inner) => api.batches.list(query, { signal: inner }).asResponse()),
        secrets,
      );
      const fresh = page.batches.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      found.push(...fresh.filter((batch) => batch.intent === intent));
      after = page.batches.at(-1)?.id;
      // Without anything new, a server that does not know `after` would give the same page for ever.
      if (!page.hasMore || fresh.length === 0) break;
      if (endsBefore(page.batches, createdAfterMs - CLOCK_SKEW_MS)) break;
    }
    return found.sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  }

  async function* lines(fileId: string, signal: AbortSignal): AsyncGenerator<string> {
    const path = `/files/${fileId}/content`;
    const response = await withDeadline(
      (inner) => open(path, () => api.files.content(fileId, { signal: inner }).asResponse()),
      { signal, timeoutMs },
    );
    try {
      yield* cutLines(readChunks(response, { bodyIdleMs, signal }));
    } catch (error) {
      signal.throwIfAborted();
      brokenOff(error);
    }
  }

  async function askForBatch(path: string, signal: AbortSignal, send: Send): Promise<Batch> {
    return readBatch(await ask(path, signal, send), secrets);
  }

  return {
    upload,
    create: ({ inputFileId, intent }, signal) =>
      askForBatch('/batches', signal, (inner) =>
        api.batches
          .create(
            {
              input_file_id: inputFileId,
              endpoint: '/v1/chat/completions',
              completion_window: '24h',
              metadata: { [INTENT_FIELD]: intent },
            },
            { signal: inner },
          )
          .asResponse(),
      ),
    retrieve: (id, signal) =>
      askForBatch(`/batches/${id}`, signal, (inner) =>
        api.batches.retrieve(id, { signal: inner }).asResponse(),
      ),
    find,
    cancel: (id, signal) =>
      askForBatch(`/batches/${id}/cancel`, signal, (inner) =>
        api.batches.cancel(id, { signal: inner }).asResponse(),
      ),
    lines,
    close: () => client.close(),
  };
}

/** Whether a page, and with it every later one, ends with what is older; not said of lists that begin with the oldest. */
function endsBefore(page: readonly Batch[], timeMs: number): boolean {
  const first = page[0]?.createdAtMs ?? null;
  const last = page.at(-1)?.createdAtMs ?? null;
  return first !== null && last !== null && first >= last && last < timeMs;
}
