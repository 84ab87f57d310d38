import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a server enforces one limit. */
export interface Limiter {
  /** Takes `cost` and returns 0, or takes nothing and returns how long to wait, in milliseconds. */
  admit(cost: number, now: number): number;
  level(now: number): { readonly remaining: number; readonly resetMs: number };
  readonly limit: number;
}

/** A bucket that is refilled steadily. */
export function bucket(perMinute: number, capacity: number): Limiter {
  const rate = perMinute / 60_000;
  let level = capacity;
  let at = 0;
  const refill = (now: number) => {
    level = Math.min(capacity, level + (now - at) * rate);
    at = now;
  };
  return {
    limit: perMinute,
    admit: (cost, now) => {
      refill(now);
      if (level < cost) return (cost - level) / rate;
      level -= cost;
      return 0;
    },
    level: (now) => {
      refill(now);
      return { remaining: Math.floor(level), resetMs: (capacity - level) / rate };
    },
  };
}

/** At most so much in any window of this length. */
export function slidingWindow(most: number, windowMs: number): Limiter {
  const taken: { at: number; cost: number }[] = [];
  let sum = 0;
  const forget = (now: number) => {
    while (taken[0] !== undefined && taken[0].at <= now - windowMs) sum -= taken.shift()?.cost ?? 0;
  };
  return {
    limit: most,
    admit: (cost, now) => {
      forget(now);
      if (sum + cost > most) return (taken[0]?.at ?? now) + windowMs - now;
      taken.push({ at: now, cost });
      sum += cost;
      return 0;
    },
    level: (now) => {
      forget(now);
      return { remaining: most - sum, resetMs: (taken.at(-1)?.at ?? now - windowMs) + windowMs - now };
    },
  };
}

/** At most so much in each window of this length, one after the other. */
export function fixedWindow(most: number, windowMs: number): Limiter {
  let window = -1;
  let sum = 0;
  const turn = (now: number) => {
    if (Math.floor(now / windowMs) === window) return;
    window = Math.floor(now / windowMs);
    sum = 0;
  };
  return {
    limit: most,
    admit: (cost, now) => {
      turn(now);
      if (sum + cost > most) return (window + 1) * windowMs - now;
      sum += cost;
      return 0;
    },
    level: (now) => {
      turn(now);
      return { remaining: most - sum, resetMs: (window + 1) * windowMs - now };
    },
  };
}

export interface LimitedServerOptions {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** What the buckets hold, as the time in which it is refilled, in milliseconds; default: one second. */
  readonly burstMs?: number;
  /** Whether answers and refusals tell the limits, as OpenAI does; default: no. */
  readonly tellHeaders?: boolean;
  /** How refusals tell when to come back; default: not at all. */
  readonly retryAfter?: 'none' | 'ms' | 'seconds';
  /** How long an answer takes, in milliseconds; default: nothing. */
  readonly latencyMs?: () => number;
  /** Tokens of each completion; default 50. */
  readonly completionTokens?: number;
}

export interface LimitedServer {
  /** The base URL, up to and without `/chat/completions`. */
  readonly url: string;
  readonly accepted: number;
  readonly refused: number;
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible server on loopback that keeps to its limits, and refuses with 429 what is above. */
export async function startLimitedServer(options: LimitedServerOptions): Promise<LimitedServer> {
  const { requestsPerMinute, tokensPerMinute, burstMs = 1000, completionTokens = 50 } = options;
  const start = performance.now();
  const now = () => performance.now() - start;
  const limiterOf = (perMinute: number | undefined) =>
    perMinute === undefined ? null : bucket(perMinute, Math.max(1, (perMinute * burstMs) / 60_000));
  const requests = limiterOf(requestsPerMinute);
  const tokens = limiterOf(tokensPerMinute);
  let accepted = 0;
  let refused = 0;

  const tell = (name: string, limiter: Limiter | null): Record<string, string> => {
    if (limiter === null || !options.tellHeaders) return {};
    const { remaining, resetMs } = limiter.level(now());
    return {
      [`x-ratelimit-limit-${name}`]: String(limiter.limit),
      [`x-ratelimit-remaining-${name}`]: String(Math.max(0, remaining)),
      [`x-ratelimit-reset-${name}`]: resetMs < 1000 ? `${Math.ceil(resetMs)}ms` : `${resetMs / 1000}s`,
    };
  };
  const askToWait = (waitMs: number): Record<string, string> => {
    if (options.retryAfter === 'ms') return { 'retry-after-ms': String(Math.ceil(waitMs)) };
    return options.retryAfter === 'seconds' ? { 'retry-after': String(Math.ceil(waitMs / 1000)) } : {};
  };

  const server = createServer(async (request, response) => {
    const text = await readText(request);
    const promptTokens = Math.ceil(text.length / 4);
    const requestsWaitMs = requests?.admit(1, now()) ?? 0;
    const waitMs = requestsWaitMs || (tokens?.admit(promptTokens + completionTokens, now()) ?? 0);
    const headers = { ...tell('requests', requests), ...tell('tokens', tokens) };
    if (waitMs > 0) {
      refused++;
      const what = requestsWaitMs > 0 ? 'requests per min (RPM)' : 'tokens per min (TPM)';
      const error = { message: `Rate limit reached on ${what}.`, code: 'rate_limit_exceeded' };
      answer(response, 429, { ...headers, ...askToWait(waitMs) }, { error });
      return;
    }
    accepted++;
    const latencyMs = options.latencyMs?.() ?? 0;
    if (latencyMs > 0) await sleep(latencyMs);
    answer(response, 200, headers, completion(promptTokens, completionTokens));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get accepted() {
      return accepted;
    },
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function answer(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: object,
): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function completion(promptTokens: number, completionTokens: number): object {
  const content = 'Vague.\n\n[Better Answer]\nClear.\n[End]';
  return {
    object: 'chat.completion',
    model: 'limited',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}
