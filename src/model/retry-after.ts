/** A response's headers, by lower-case name. */
export type ReadHeader = (name: string) => string | null | undefined;

/**
 * How long a server asks to wait, in milliseconds: `retry-after-ms`, `retry-after` in seconds or as an HTTP
 * date (RFC 9110, 10.2.3), else "try again in 1.5s" in its message. undefined when it does not say.
 */
export function readRetryAfter(header: ReadHeader, message: string, nowMs: number): number | undefined {
  return (
    positive(header('retry-after-ms'), 1) ??
    positive(header('retry-after'), 1000) ??
    untilDate(header('retry-after'), nowMs) ??
    inWords(message)
  );
}

function positive(value: string | null | undefined, unitMs: number): number | undefined {
  if (!value || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Math.ceil(Number(value) * unitMs);
}

function untilDate(value: string | null | undefined, nowMs: number): number | undefined {
  // Only dates with a day's name: Date.parse would take "-5" for a year.
  if (!value || !/^\s*[a-z]{3}/i.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

function inWords(message: string): number | undefined {
  const match = /\b(?:try again|retry) (?:in|after) (?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?) ?(ms|s)\b)?/i.exec(
    message,
  );
  const [, minutes, amount, unit] = match ?? [];
  if (minutes === undefined && amount === undefined) return undefined;
  const restMs = Number(amount ?? 0) * (unit?.toLowerCase() === 'ms' ? 1 : 1000);
  return Math.ceil(Number(minutes ?? 0) * 60_000 + restMs);
}
