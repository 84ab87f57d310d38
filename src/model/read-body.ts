import { ModelError } from './model-error.js';

/** More than any completion has, and little enough for many at once. */
const MOST_BYTES = 32 * 1024 * 1024;

/** A server that has begun its answer and then says nothing for this long will not end it. */
export const DEFAULT_BODY_IDLE_MS = 120_000;

/** The part of a response that is read here; undici's responses and Node's own both fit. */
export interface BodyOwner {
  readonly status: number;
  readonly body: ReadableStream<Uint8Array> | null;
}

export interface ReadBodyOptions {
  /** The longest silence, in milliseconds. */
  readonly bodyIdleMs: number;
  /** Ends the reading, with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the body of an answer to its end.
 *
 * @throws ModelError `too_large` for one that does not end in time: asking again would only bring it again;
 *   `timeout` for one that stops coming
 */
export async function readBody(response: BodyOwner, options: ReadBodyOptions): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readChunks(response, options)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) {
      throw new ModelError(`the answer is longer than ${MOST_BYTES / 1024 / 1024} MiB`, {
        kind: 'example',
        code: 'too_large',
        status: response.status,
      });
    }
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/**
 * The body of an answer piece by piece, as it comes. The connection is closed when the reader leaves early.
 *
 * @throws ModelError `timeout` when nothing comes for `bodyIdleMs`; the signal's reason when it is aborted
 */
export async function* readChunks(
  { status, body }: BodyOwner,
  { bodyIdleMs, signal }: ReadBodyOptions,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  const end = Promise.withResolvers<never>();
  // Without a reader at the time, the rejection of a signal would count as unhandled.
  end.promise.catch(() => {});
  const onAbort = (): void => end.reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    for (;;) {
      const timer = setTimeout(() => end.reject(silence(status, bodyIdleMs)), bodyIdleMs);
      const { done, value } = await Promise.race([reader.read(), end.promise]).finally(() =>
        clearTimeout(timer),
      );
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Ends the connection too when the body has not come to its end; a broken one has nothing left to cancel.
    reader.cancel().catch(() => {});
  }
}

function silence(status: number, bodyIdleMs: number): ModelError {
  return new ModelError(`the answer began, and then nothing came for ${bodyIdleMs / 1000} s`, {
    kind: 'transport',
    code: 'timeout',
    status,
  });
}
