import type { Limit } from '../conditions.ts';
import type { Usage } from '../measured-process.ts';

/** What a contender is to do. */
export interface Order {
  readonly baseUrl: string;
  /** The first so many of the selected examples. */
  readonly records: number;
  readonly concurrency: number;
  /** What the server enforces. */
  readonly limit: Limit | null;
  /** It is stopped after so long, in milliseconds. */
  readonly mostMs: number;
}

/** What became of an order, as seen from outside. */
export interface Performance {
  /** When the last answer was safe on the disk, in milliseconds since 1970; null for one that was stopped. */
  readonly finishedAtMs: number | null;
  /** null for one that was stopped. */
  readonly usage: Usage | null;
  /** Records without an answer in its file. */
  readonly lost: number;
}

/** One way to get all records answered, run as a process of its own. */
export interface Contender {
  readonly name: string;
  carryOut(order: Order): Promise<Performance>;
}
