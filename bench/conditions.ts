import { bucketCapacity } from './token-bucket.ts';

/** How long the server takes for an answer: log-normal, and always the median where `sigma` is 0. */
export interface Latency {
  /** In milliseconds; 0 answers at once. */
  readonly medianMs: number;
  /** Standard deviation of the latency's logarithm. */
  readonly sigma: number;
}

/** What the server refuses with 429. */
export interface Limit {
  readonly per: 'requests' | 'tokens';
  readonly perMinute: number;
  /** Whether answers carry the usual `x-ratelimit-*` and `retry-after` headers. */
  readonly headers: boolean;
}

/** How the requests of one measurement are answered. */
export interface Conditions {
  /** The same seed gives the same latency to the same messages, whoever sends them. */
  readonly seed: number;
  readonly latency: Latency;
  readonly limit: Limit | null;
}

/** What came in under the conditions. */
export interface Account {
  readonly requests: number;
  /** Answered with 429. */
  readonly refused: number;
  /** Answered with 200 although the question had been answered before: paid again. */
  readonly answeredAgain: number;
  readonly mostAtOnce: number;
  /** When the first request came, in milliseconds since 1970. */
  readonly firstAtMs: number;
  /** Each distinct question, in order of arrival. */
  readonly questions: readonly Question[];
}

export interface Question {
  /** The whole request, as it came first. */
  readonly body: string;
  /** A hash of the messages alone. */
  readonly id: string;
  /** Prompt and completion together: what the request takes of a limit on tokens. */
  readonly tokens: number;
}

/** The least time in which a limit lets these questions pass, in milliseconds. */
export function leastMs(
  questions: readonly Question[],
  { latency, limit }: Omit<Conditions, 'seed'>,
): number {
  if (limit === null) return latency.medianMs;
  const amount =
    limit.per === 'requests' ? questions.length : questions.reduce((total, { tokens }) => total + tokens, 0);
  const beyondBucket = Math.max(0, amount - bucketCapacity(limit.perMinute));
  return (beyondBucket / limit.perMinute) * 60_000 + latency.medianMs;
}
