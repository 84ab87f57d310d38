import { APIError } from 'openai';
import { tellWords } from './classify.js';
import { connectionCode } from './connection-fault.js';
import { ModelError } from './model-error.js';
import type { OpenAiClient } from './openai-client.js';
import { readServerWords } from './server-words.js';

/**
 * Says in our words why a request about files and batches was not answered.
 *
 * Such a request concerns no single example: a refusal that would be the example's is the run's here.
 *
 * @returns a ModelError for refusals and broken connections; anything else as it was thrown
 */
export function translateBatchFault(error: unknown, path: string, client: OpenAiClient): unknown {
  if (error instanceof APIError && error.status === 404) return notThere(error.error, path, client);
  const fault = client.translate(error, path);
  if (!(fault instanceof ModelError)) return fault;
  const { kind, parameter: _, ...facts } = fault.facts;
  if (kind === 'run' || kind === 'transport') return fault;
  return new ModelError(fault.message, { ...facts, kind: 'run' });
}

/** Without the file or the batch, the server has others; without `/files` and `/batches`, it has no batches at all. */
function notThere(body: unknown, path: string, { secrets, addressOf }: OpenAiClient): ModelError {
  const said = tellWords(readServerWords(body).message, secrets);
  const isAboutOne = path.split('/').length > 2;
  const what = isAboutOne ? path.split('/').slice(1, 3).join('/') : 'batches';
  return new ModelError(`no ${what} at ${addressOf(path)} (HTTP 404)${said === '' ? '' : `: ${said}`}`, {
    kind: 'run',
    code: isAboutOne ? 'not_found' : 'wrong_endpoint',
    status: 404,
  });
}

/** What breaks the reading of an answer is the connection, unless it was judged before. */
export function brokenOff(error: unknown): never {
  if (error instanceof ModelError) throw error;
  throw new ModelError(`the answer broke off (${connectionCode(error) ?? 'connection closed'})`, {
    kind: 'transport',
    code: 'connection',
  });
}
