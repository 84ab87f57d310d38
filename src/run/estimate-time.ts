import type { Attempt } from './attempt.js';

/** What the time of a call depends on. */
export interface TimeSource {
  readonly requests: number;
  /** Of prompts and completions together. */
  readonly tokens: number;
  /** Requests and tokens a minute that the server allows; null when unknown. */
  readonly limits: { readonly rpm: number | null; readonly tpm: number | null };
  /** Requests under way at once; null when it finds its own level. */
  readonly concurrency: number | null;
  /** All attempts of the run. */
  readonly attempts: readonly Attempt[];
}

/** Replies of one call that make a pace. */
const ENOUGH_REPLIES = 10;

/**
 * How long a call will take, in milliseconds: as long as the limits make it, or as the pace of the run's latest call
 * does, whichever is longer.
 *
 * @returns null when neither is known
 */
export function estimateTimeMs(source: TimeSource): number | null {
  const { requests, tokens, limits } = source;
  if (requests === 0) return 0;
  const times = [
    ...(limits.rpm === null ? [] : [(requests / limits.rpm) * 60_000]),
    ...(limits.tpm === null ? [] : [(tokens / limits.tpm) * 60_000]),
    ...paceMs(source),
  ];
  return times.length === 0 ? null : Math.max(...times);
}

/** The time at the pace of the latest call that brought enough replies; empty when there was none. */
function paceMs({ attempts, requests, concurrency }: TimeSource): number[] {
  const calls = [...Map.groupBy(attempts, ({ session }) => session).values()];
  const pace = calls.map(measurePace).findLast(({ replies }) => replies >= ENOUGH_REPLIES);
  if (pace === undefined || pace.spanMs <= 0 || pace.busyMs <= 0) return [];
  const workMs = (pace.busyMs / pace.replies) * requests;
  return [workMs / Math.min(concurrency ?? pace.busyMs / pace.spanMs, requests)];
}

/** How long a call took, and its requests one after the other; what was re-sent is work for the reply in the end. */
function measurePace(call: readonly Attempt[]): { replies: number; spanMs: number; busyMs: number } {
  let replies = 0;
  let busyMs = 0;
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (const { reply, sentAt, durationMs } of call) {
    const sentMs = Date.parse(sentAt);
    if (reply !== null) replies += 1;
    busyMs += durationMs;
    firstMs = Math.min(firstMs, sentMs);
    lastMs = Math.max(lastMs, sentMs + durationMs);
  }
  return { replies, spanMs: lastMs - firstMs, busyMs };
}
