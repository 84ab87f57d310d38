/** What an error body says, whatever its shape; each part is '' when it is not told. */
export interface ServerWords {
  readonly message: string;
  readonly code: string;
  readonly type: string;
  /** The request field that the server complains of. */
  readonly param: string;
}

/** More of a body than this is never worth reading for words. */
const longestBody = 20_000;

/**
 * Finds the words of an error body: OpenAI's `{error: {message, code, type, param}}`, `{error: "text"}`,
 * `{message}`, FastAPI's `{detail}` as text or as a list of faults, a list of one of these (Google), JSON in
 * text, and HTML or plain text.
 */
export function readServerWords(body: unknown): ServerWords {
  if (typeof body === 'string') return wordsOfText(body.slice(0, longestBody));
  if (Array.isArray(body)) return readServerWords(body[0]);
  if (!isRecord(body)) return { message: '', code: '', type: '', param: '' };
  const inner = isRecord(body.error) ? readServerWords(body.error) : undefined;
  const fault = Array.isArray(body.detail) && isRecord(body.detail[0]) ? body.detail[0] : undefined;
  const own = [
    textOf(body.message),
    textOf(body.error),
    textOf(body.detail),
    faultMessage(fault),
    upstreamWords(body.metadata),
  ];
  return {
    message: [inner?.message ?? '', ...own].filter((part) => part !== '').join(': '),
    code: inner?.code || textOf(body.code),
    type: inner?.type || textOf(body.type),
    param: inner?.param || textOf(body.param) || faultParam(fault),
  };
}

function wordsOfText(text: string): ServerWords {
  const start = text.trimStart()[0];
  if (start === '{' || start === '[') {
    try {
      return readServerWords(JSON.parse(text));
    } catch {
      // Not JSON after all: quoted as plain text below.
    }
  }
  return { message: stripTags(text), code: '', type: '', param: '' };
}

function stripTags(text: string): string {
  return text
    .replace(/<(script|style)\b.*?<\/\1\s*>/gis, ' ')
    .replace(/<!--.*?-->/gs, ' ')
    .replace(/<\/?[a-z!][^>]*>/gi, ' ')
    .trim();
}

/** FastAPI puts `{loc: ["body", "temperature"], msg, type}` into `detail`. */
function faultMessage(fault: Record<string, unknown> | undefined): string {
  if (fault === undefined) return '';
  const where = Array.isArray(fault.loc) ? fault.loc.join('.') : '';
  return [where, textOf(fault.msg)].filter((part) => part !== '').join(': ');
}

function faultParam(fault: Record<string, unknown> | undefined): string {
  return Array.isArray(fault?.loc) ? textOf(fault.loc.at(-1)) : '';
}

/** A router says "Provider returned error" and keeps the provider's own words here. */
function upstreamWords(metadata: unknown): string {
  return isRecord(metadata) && typeof metadata.raw === 'string' ? readServerWords(metadata.raw).message : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
