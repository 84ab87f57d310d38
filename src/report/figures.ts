/** `12,345`; decimals stay as they are. */
export function formatCount(count: number): string {
  const [whole = '', decimals] = String(count).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** `12.3K`, for where there is little room. */
export function formatCompact(count: number): string {
  const size = SIZES.find(({ least }) => count >= least);
  return size === undefined ? String(count) : `${Number((count / size.least).toPrecision(3))}${size.letter}`;
}

const SIZES = [
  { least: 1e9, letter: 'B' },
  { least: 1e6, letter: 'M' },
  { least: 1e3, letter: 'K' },
];

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
