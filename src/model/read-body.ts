import { ModelError } from './model-error.js';

/** More than any completion has, and little enough for many at once. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Reads the body of an answer to its end.
 *
 * @throws ModelError `too_large` for one that does not end in time: asking again would only bring it again
 */
export async function readBody(response: {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array> | null;
}): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
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
