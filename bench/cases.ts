import type { Latency, Limit } from './conditions.ts';
import { SELECTED } from './contenders/burnish.ts';

export type ContenderName = 'burnish' | 'burnish (learning)' | 'pool' | 'openai' | 'langchain' | 'paper';

/** One square of the matrix: the conditions, the number of requests at once, and who has to meet them. */
export interface Case {
  readonly name: string;
  readonly latency: Latency;
  readonly limit: Limit | null;
  readonly concurrency: number;
  readonly records: number;
  readonly contenders: readonly ContenderName[];
  /** How often it is measured: the limits give the same figures each time, and take long. */
  readonly repeated: boolean;
}

const LEARNING = 'burnish (learning)';
const OTHERS = ['pool', 'openai', 'langchain', 'paper'] as const;

const AT_ONCE: Latency = { medianMs: 0, sigma: 0 };
const EVEN: Latency = { medianMs: 100, sigma: 0 };
const LOG_NORMAL: Latency = { medianMs: 800, sigma: 0.5 };

/** Their tokens take three quarters of a minute at the limit; those of all would take four minutes. */
const RECORDS_AT_TOKEN_LIMIT = 200;

function unlimited(latency: Latency, concurrency: number, contenders: readonly ContenderName[]): Case {
  const name = `${describeLatency(latency)}, ${concurrency} at once`;
  return { name, latency, limit: null, concurrency, records: SELECTED, contenders, repeated: true };
}

function limited(limit: Limit, concurrency: number, contenders: readonly ContenderName[]): Case {
  const told = limit.headers ? '' : ', without headers';
  const amount = limit.perMinute.toLocaleString('en-US');
  return {
    name: `${amount} ${limit.per} a minute${told}, ${concurrency} at once`,
    latency: EVEN,
    limit,
    concurrency,
    records: limit.per === 'tokens' ? RECORDS_AT_TOKEN_LIMIT : SELECTED,
    contenders,
    repeated: false,
  };
}

function describeLatency({ medianMs, sigma }: Latency): string {
  if (sigma > 0) return `log-normal latency (median ${medianMs} ms, sigma ${sigma})`;
  return medianMs === 0 ? 'no latency' : `latency ${medianMs} ms`;
}

const limits = (['requests', 'tokens'] as const).flatMap((per) =>
  [true, false].map((headers): Limit => ({ per, perMinute: per === 'requests' ? 3000 : 300_000, headers })),
);

/** What the targets are about, in a few minutes. */
export const QUICK: readonly Case[] = [
  unlimited(AT_ONCE, 50, ['burnish', 'pool']),
  unlimited(LOG_NORMAL, 50, ['burnish', 'pool']),
  unlimited(LOG_NORMAL, 200, ['burnish', 'pool']),
  ...limits
    .filter(({ headers }) => headers)
    .map((limit) => limited(limit, 50, limit.per === 'requests' ? ['burnish', LEARNING] : ['burnish'])),
];

/** Every latency, concurrency, limit and contender; a learning Burnish finds its own concurrency. */
export const FULL: readonly Case[] = [
  ...[AT_ONCE, EVEN, LOG_NORMAL].flatMap((latency) => [
    unlimited(latency, 10, ['burnish', ...OTHERS]),
    unlimited(latency, 50, ['burnish', ...OTHERS]),
    unlimited(latency, 200, ['burnish', LEARNING, ...OTHERS]),
  ]),
  ...limits.flatMap((limit) => [
    limited(limit, 50, ['burnish', LEARNING, ...OTHERS]),
    limited(limit, 200, ['burnish', ...OTHERS]),
  ]),
];
