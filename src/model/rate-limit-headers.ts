import type { ReadHeader } from './retry-after.js';

/** One limit as a server tells it beside an answer. */
export interface ToldLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Until `remaining` is `limit` again: at once when a window ends, or little by little. */
  readonly resetMs: number;
  /**
   * The time that `limit` is for, where the kind of header says it, in milliseconds; else null. A minute is a
   * convention that some servers break: their limit of requests is for a day.
   */
  readonly windowMs: number | null;
}

export type LimitedResource = 'requests' | 'tokens';

/** The limits told beside one answer. */
export interface ToldLimits {
  readonly requests?: ToldLimit;
  readonly tokens?: ToldLimit;
}

/** Names of the three headers of a limit, and what is known about its kind. */
interface Family {
  readonly resource: LimitedResource;
  readonly name: (part: 'limit' | 'remaining' | 'reset') => string;
  readonly windowMs: number | null;
}

const MINUTE_MS = 60_000;

/** In order of preference; the first that is there counts, for each resource. */
const families: readonly Family[] = [
  // OpenAI, Groq, Azure, vLLM gateways, LiteLLM.
  { resource: 'requests', name: (part) => `x-ratelimit-${part}-requests`, windowMs: MINUTE_MS },
  { resource: 'tokens', name: (part) => `x-ratelimit-${part}-tokens`, windowMs: MINUTE_MS },
  // Anthropic; its `tokens` are those of the narrowest limit.
  { resource: 'requests', name: (part) => `anthropic-ratelimit-requests-${part}`, windowMs: MINUTE_MS },
  { resource: 'tokens', name: (part) => `anthropic-ratelimit-tokens-${part}`, windowMs: MINUTE_MS },
  // Together and others, who do not say what time the limit is for.
  { resource: 'requests', name: (part) => `x-ratelimit-${part}`, windowMs: null },
  // The IETF's draft, up to version 7.
  { resource: 'requests', name: (part) => `ratelimit-${part}`, windowMs: null },
];

/**
 * Reads what a server tells about its limits: the headers of OpenAI and Groq, of Anthropic, of OpenRouter and
 * other gateways, and of the IETF's draft. A limit of which a part is missing or makes no sense is left out.
 *
 * @param nowMs the wall-clock time, for resets that are moments, in milliseconds since 1970
 */
export function readRateLimits(header: ReadHeader, nowMs: number): ToldLimits | null {
  const told: { requests?: ToldLimit; tokens?: ToldLimit } = {};
  for (const { resource, name, windowMs } of families) {
    if (told[resource] !== undefined) continue;
    const limit = wholeNumber(header(name('limit')));
    const remaining = wholeNumber(header(name('remaining')));
    const resetMs = readReset(header(name('reset')), nowMs);
    if (limit === null || remaining === null || resetMs === null || limit === 0) continue;
    const policyMs = windowMs ?? policyWindow(header('ratelimit-policy') ?? header(name('limit')));
    told[resource] = { limit, remaining, resetMs, windowMs: policyMs };
  }
  if (told.requests === undefined) {
    const structured = readStructured(header('ratelimit'), header('ratelimit-policy'));
    if (structured !== null) told.requests = structured;
  }
  return told.requests === undefined && told.tokens === undefined ? null : told;
}

/**
 * Which limit a refusal is about, from the server's words: "tokens per min (TPM)", "RPM", an error type
 * `tokens`; else from the told limits, when just one of them has nothing left.
 *
 * @param words message, type and code of the error
 */
export function limitedBy(words: string, limits: ToldLimits | null): LimitedResource | null {
  const tokens =
    /\btokens?[ _-]per[ _-](min|day|hour|sec)|\b(input|output|prompt|completion|of)[ _-]tokens\b|\bTP[MDHS]\b|\btokens$/i.test(
      words,
    );
  const requests = /\brequests?[ _-]per[ _-](min|day|hour|sec)|\bRP[MDHS]\b|(?<!too many )\brequests$/i.test(
    words,
  );
  if (tokens !== requests) return tokens ? 'tokens' : 'requests';
  const used = (limit: ToldLimit | undefined) => limit !== undefined && limit.remaining === 0;
  if (used(limits?.requests) !== used(limits?.tokens)) return used(limits?.tokens) ? 'tokens' : 'requests';
  return null;
}

/** A count; the draft's list of policies after it ("100, 100;w=60") is no part of it. */
function wholeNumber(value: string | null | undefined): number | null {
  const [, digits] = /^\s*(\d+)(?:\.\d+)?\s*(?:[,;]|$)/.exec(value ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}

/** No moment in seconds since 1970 is below this, and no wait above it (2001; 31 years). */
const EPOCH_SECONDS = 1e9;
/** The same in milliseconds. */
const EPOCH_MS = 1e12;

/** "7m12s", "20ms", "30" (seconds), a moment since 1970 in seconds or milliseconds, or a date. */
function readReset(value: string | null | undefined, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (number >= EPOCH_MS) return Math.max(0, number - nowMs);
    return number >= EPOCH_SECONDS ? Math.max(0, number * 1000 - nowMs) : number * 1000;
  }
  const duration = readDuration(text);
  if (duration !== null) return duration;
  if (!/^(\d{4}-\d\d-\d\d[T ]|[a-z]{3},? )/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

const unitsMs: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/** A duration as Go writes it. */
function readDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?(d|h|ms|m|s|us|µs|ns))+$/.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(d|h|ms|m|s|us|µs|ns)/g))
    sum += Number(amount) * (unitsMs[unit ?? ''] ?? 0);
  return sum;
}

/** The window of "100;w=60" in milliseconds. */
function policyWindow(value: string | null | undefined): number | null {
  const [, seconds] = /;\s*w=(\d+)/.exec(value ?? '') ?? [];
  return seconds === undefined || Number(seconds) === 0 ? null : Number(seconds) * 1000;
}

/** The draft from version 8 on: `RateLimit: "name";r=50;t=30`, and the quota in `RateLimit-Policy: "name";q=100;w=60`. */
function readStructured(
  limit: string | null | undefined,
  policy: string | null | undefined,
): ToldLimit | null {
  const number = (text: string | null | undefined, key: string): number | null => {
    const [, digits] = new RegExp(`[;,\\s]${key}=(\\d+)`).exec(text ?? '') ?? [];
    return digits === undefined ? null : Number(digits);
  };
  const remaining = number(limit, 'r') ?? number(limit, 'remaining');
  const reset = number(limit, 't') ?? number(limit, 'reset');
  const quota = number(policy, 'q') ?? number(limit, 'limit') ?? number(` ${limit ?? ''}`, 'limit');
  if (remaining === null || reset === null || quota === null || quota === 0) return null;
  return { limit: quota, remaining, resetMs: reset * 1000, windowMs: policyWindow(policy) };
}
