import type { OptionalParameter } from './chat-model.js';
import { ModelError, type ModelErrorCode, type ModelErrorKind } from './model-error.js';
import { limitedBy, readRateLimits } from './rate-limit-headers.js';
import { redactSecrets, redactUrl } from './redact.js';
import { type ReadHeader, readRetryAfter } from './retry-after.js';
import { readServerWords, type ServerWords } from './server-words.js';

/** An HTTP answer that is no success. */
export interface Refusal {
  readonly status: number;
  /** The body as parsed JSON, or as text. */
  readonly body: unknown;
  readonly header: ReadHeader;
}

/** What a message may need to say about the request that was refused. */
export interface RefusalContext {
  readonly model: string;
  /** Where the request went; absent when the provider's package knows it alone. */
  readonly url?: string;
  /** Keys and the like, to be removed from the server's words. */
  readonly secrets: readonly string[];
  readonly nowMs: number;
}

/** What the rows of the table look at. */
interface Signs extends ServerWords {
  readonly status: number;
  /** Message, code and type without URLs: a link to a "billing" page is no word about billing. */
  readonly text: string;
  readonly clientFault: boolean;
  readonly passing: boolean;
  readonly parameter: OptionalParameter | null;
}

type Row = readonly [kind: ModelErrorKind, code: ModelErrorCode, when: (signs: Signs) => boolean];

const quotaCodes =
  /^(insufficient_quota|insufficient_user_quota|billing_hard_limit_reached|billing_not_active|arrearage)$/i;
const quotaWords =
  /insufficient[_ ]quota|credit balance is too low|insufficient (account )?(balance|credits)|out of credits|arrearage/i;
const billingWords = /exceeded your current quota|billing|quota (has been )?exhausted/i;
const filterWords =
  /content[ _]?filter|content[ _]policy|content management policy|safety (system|filter|setting)|input was flagged|flagged (as|for)|blocked (due to|by) (safety|.{0,40}(safety|polic|content))|prohibited[ _]content|data may contain inappropriate/i;
const contextWords =
  /context[ _]length|context[ _](window|size)|too many (input )?tokens|prompt is too long|input is too long|input token count .{0,60}exceed|maximum (prompt|input) length/i;
const keyWords = /(invalid|incorrect|wrong|missing)[ _]api[ _-]?key|api[ _]?key (is )?(not valid|invalid)/i;
const modelWords =
  /model_not_found|\bmodel\b.{0,120}(does not exist|not exist|not found|is not available)|(unknown|invalid|no such) model\b|not a valid model/i;
const refusalWords =
  /unsupported|(not|n't) support|unrecognized|unknown|not (allowed|permitted|available)|unexpected|deprecated|only the default|may only be|only \S+ is allowed|cannot be (used|set|specified)|must be (set to )?1\b/i;
const rangeWords =
  /too (large|high|big|small|low)|at (most|least)|less than|greater than|(above|below|exceeds?) .{0,30}(max|min)|between|in (the )?range|must be positive|-?(max|min)imum value/i;
const rangeCodes = /^(integer|decimal)_(above_max|below_min)_value$/;

/**
 * Who a refused request concerns, by status, code and words; the first row that fits counts. Money, key and
 * model come before the example's own faults, because for them every other request would fail as well.
 */
const rows: readonly Row[] = [
  // A redirect is never followed: it would take the data, and perhaps the key, to an address nobody named.
  ['run', 'wrong_endpoint', ({ status }) => status < 400 || status === 405 || status === 501],
  ['run', 'unauthorized', ({ status }) => status === 401],
  ['run', 'quota_exhausted', ({ status }) => status === 402],
  ['run', 'quota_exhausted', (s) => s.status < 500 && (quotaCodes.test(s.code) || quotaCodes.test(s.type))],
  ['run', 'quota_exhausted', (s) => s.clientFault && quotaWords.test(s.text)],
  [
    'run',
    'quota_exhausted',
    (s) => s.status === 429 && !s.passing && (quotaWords.test(s.text) || billingWords.test(s.text)),
  ],
  ['run', 'unauthorized', (s) => s.clientFault && keyWords.test(s.text)],
  ['example', 'content_filter', (s) => s.clientFault && filterWords.test(s.text)],
  ['run', 'forbidden', ({ status }) => status === 403],
  // Asking for more tokens in one request than a minute allows: waiting cannot help.
  ['example', 'too_large', (s) => s.status === 429 && /request too large/i.test(s.text)],
  ['transport', 'rate_limited', ({ status }) => status === 429],
  ['run', 'unknown_model', ({ status }) => status === 404],
  ['transport', 'timeout', ({ status }) => status === 408],
  ['transport', 'conflict', ({ status }) => status === 409 || status === 425],
  ['example', 'context_length', (s) => s.status <= 500 && contextWords.test(s.text)],
  ['example', 'too_large', ({ status }) => status === 413],
  ['transport', 'server_error', ({ status }) => status >= 500],
  [
    'capability',
    'unsupported_parameter',
    (s) => s.parameter !== null && !rangeCodes.test(s.code) && refusalWords.test(s.text),
  ],
  [
    'run',
    'invalid_parameter',
    (s) => s.parameter !== null && (rangeCodes.test(s.code) || rangeWords.test(s.text)),
  ],
  ['run', 'unknown_model', (s) => modelWords.test(s.text)],
];

/** Turns a refusal into the error that says who it concerns, in the server's words without secrets. */
export function classifyRefusal(refusal: Refusal, context: RefusalContext): ModelError {
  const { status } = refusal;
  const words = readServerWords(refusal.body);
  const retryAfterMs = readRetryAfter(refusal.header, words.message, context.nowMs);
  const signs = signsOf(status, words, retryAfterMs !== undefined);
  const row = rows.find(([, , when]) => when(signs));
  const kind = row?.[0] ?? 'example';
  const code = row?.[1] ?? 'bad_request';
  const limits = readRateLimits(refusal.header, context.nowMs);
  const limited = code === 'rate_limited' ? limitedBy(signs.text, limits) : null;
  const said = tellWords(words.message, context.secrets) || `HTTP ${status} and no words`;
  return new ModelError(`${introduce(code, refusal, context)}${said}`, {
    kind,
    code,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(limits && { limits }),
    ...(limited && { limitedBy: limited }),
    ...(kind === 'capability' && signs.parameter !== null && { parameter: signs.parameter }),
  });
}

/** A server's words as one short line without secrets. */
export function tellWords(message: string, secrets: readonly string[]): string {
  // Secrets go first: half a key at the cut would no longer be recognised.
  const line = redactSecrets(message, secrets)
    .replace(/[\s\x00-\x1f\x7f-\x9f]+/g, ' ')
    .trim();
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}

function signsOf(status: number, words: ServerWords, asksToWait: boolean): Signs {
  const text = `${words.message} ${words.code} ${words.type}`.replace(/https?:\/\/\S+/g, '');
  return {
    ...words,
    status,
    text,
    clientFault: status >= 400 && status < 500 && status !== 429,
    passing:
      asksToWait ||
      words.code === 'rate_limit_exceeded' ||
      /per[ _]?(minute|min|second)|rate limit/i.test(text),
    parameter: refusedParameter(words, text),
  };
}

const parameterNames: readonly (readonly [OptionalParameter, RegExp])[] = [
  ['temperature', /\btemperature\b/i],
  ['max_tokens', /\bmax_?(completion_|output_)?tokens\b/i],
];

function refusedParameter({ param }: ServerWords, text: string): OptionalParameter | null {
  const named = parameterNames.find(([, name]) => name.test(param === '' ? text : param));
  return named?.[0] ?? null;
}

function introduce(
  code: ModelErrorCode,
  { status, header }: Refusal,
  { model, url, secrets }: RefusalContext,
): string {
  const address = url === undefined ? '' : ` at ${redactUrl(url)}`;
  if (code === 'unknown_model') return `model "${model}"${address} (HTTP ${status}): `;
  if (code !== 'wrong_endpoint') return '';
  const target = header('location');
  if (!target) return `no chat completions${address} (HTTP ${status}): `;
  return `the server${address} redirects to ${tellWords(redactUrl(target), secrets)}, which is not followed: `;
}
