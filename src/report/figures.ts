const counts = new Intl.NumberFormat('en-US');

/** `12,345`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `12.3K`, for where there is little room. */
export function formatCompact(count: number): string {
  return compact.format(count);
}

/** `1 example`, `2 examples`. */
export function formatNumberOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `$0.0042`, `$1.23`; `unknown` for null: an unknown cost is never shown as 0. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return 'unknown';
  if (usd === 0 || usd >= 0.995) return `$${usd.toFixed(2)}`;
  return usd < 0.0001 ? 'under $0.0001' : `$${usd.toPrecision(2)}`;
}

/** `0.4s`, `42s`, `3m 05s`, `2h 10m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 10) return `${(ms / 1000).toFixed(1)}s`;
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(seconds / 3600)}h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}m`;
}

/** `37 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}
