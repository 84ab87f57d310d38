import { z } from 'zod';
import type { LineFormat } from './read-lines.js';

/** Version of the line format of `sent.jsonl`; see docs/formats.md. */
export const SENT_VERSION = 1;

/** What a request may use at most: it stays reserved until an attempt tells what it did use. */
const reservationSchema = z.object({
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  /** US dollars; null when the price is unknown. */
  usd: z.number().nonnegative().nullable(),
});

/** One request that is about to be sent: one line of `sent.jsonl`. */
const sentSchema = z.object({
  v: z.literal(SENT_VERSION),
  /** The example's id, and the number that the attempt will have. */
  example: z.string(),
  attempt: z.int().positive(),
  /** The call of Burnish that sends it: a random id. */
  session: z.string(),
  model: z.string(),
  reserved: reservationSchema,
});

export type Sent = z.infer<typeof sentSchema>;

/** The format of `sent.jsonl`. */
export const SENT_FORMAT: LineFormat<Sent> = {
  schema: sentSchema,
  version: SENT_VERSION,
  parse: JSON.parse,
  optional: true,
};

/** One request among all of a run: a number is given again, by another call, when its request was lost with the process. */
export function sentKey({
  example,
  attempt,
  session,
}: Pick<Sent, 'example' | 'attempt' | 'session'>): string {
  return JSON.stringify([example, attempt, session]);
}
