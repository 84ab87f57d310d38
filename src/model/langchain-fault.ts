import { classifyRefusal, type RefusalContext, tellWords } from './classify.js';
import { connectionCode, connectionError } from './connection-fault.js';
import { ModelError } from './model-error.js';
import type { ReadHeader } from './retry-after.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Turns whatever a provider's package threw into a ModelError.
 *
 * Every package has its own error classes, and copies of a class from two installations are not the same
 * class; therefore only fields are looked at. What gives no hint at all counts as passing trouble: the same
 * request may be sent again, and nothing is marked as failed for good on a guess.
 */
export function translateFault(error: unknown, provider: string, context: RefusalContext): ModelError {
  const fields = fieldsOf(error);
  const message = String(fields.message ?? error).replace(/\s*Troubleshooting URL:.*$/s, '');
  const status = readStatus(error);
  if (status !== undefined) {
    const body = readBody(fields) ?? message;
    return classifyRefusal({ status, body, header: headerReader(fields) }, context);
  }
  const name = String(fields.name);
  const code = connectionCode(error);
  if (/timeout/i.test(name) || code === 'ETIMEDOUT')
    return passing(`${provider} did not answer in time`, 'timeout');
  if (code !== undefined || /connection/i.test(name) || message === 'fetch failed') {
    return connectionError(error, provider, context.secrets);
  }
  const said = tellWords(message, context.secrets);
  if (name === 'SyntaxError') return passing(`the answer is no JSON: ${said}`, 'malformed_reply');
  return wordsAlone(message, context) ?? passing(`${provider}: ${said}`, 'server_error');
}

function passing(message: string, code: 'timeout' | 'malformed_reply' | 'server_error'): ModelError {
  return new ModelError(message, { kind: 'transport', code });
}

/** Some packages throw the words of a refusal without its status: believed when they say one of these. */
function wordsAlone(message: string, context: RefusalContext): ModelError | undefined {
  const guess = classifyRefusal({ status: 400, body: message, header: () => null }, context);
  const { kind, code } = guess.facts;
  const telling = ['content_filter', 'context_length', 'quota_exhausted', 'unauthorized'].includes(code);
  return telling ? new ModelError(guess.message, { kind, code }) : undefined;
}

function readStatus(error: unknown): number | undefined {
  let cause = error;
  for (let depth = 0; depth < 5 && typeof cause === 'object' && cause !== null; depth += 1) {
    const fields = fieldsOf(cause);
    const candidates = [
      fields.status,
      fields.statusCode,
      fields.status_code,
      fieldsOf(fields.response).status,
      fieldsOf(fields.$metadata).httpStatusCode,
      fields.code,
    ];
    const status = candidates.find((value) => typeof value === 'number' && value >= 300 && value < 600);
    if (typeof status === 'number') return status;
    cause = fields.cause;
  }
  return undefined;
}

/** Where packages keep the body of an error answer. */
function readBody(fields: Fields): unknown {
  const bodies = [fields.error, fields.body, fieldsOf(fields.response).data];
  return bodies.find(
    (body) => (typeof body === 'string' && body !== '') || Object.keys(fieldsOf(body)).length > 0,
  );
}

function headerReader(fields: Fields): ReadHeader {
  const headers = fields.headers ?? fieldsOf(fields.response).headers;
  if (headers instanceof Headers) return (name) => headers.get(name);
  const entries = Object.entries(fieldsOf(headers)).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return (name) => {
    const value = entries.find(([key]) => key === name)?.[1];
    return typeof value === 'string' ? value : null;
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
