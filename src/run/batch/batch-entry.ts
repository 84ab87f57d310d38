import { z } from 'zod';
import { judgedSchema } from '../attempt.js';
import type { LineFormat } from '../read-lines.js';

/** Version of the line format of `batches.jsonl`; see docs/formats.md. */
export const BATCH_ENTRY_VERSION = 1;

/** One request of a batch, with what it may use at most: that stays reserved until an attempt tells what it did use. */
const batchRequestSchema = z.object({
  /** The example's id, and the number that the attempt will have. */
  example: z.string(),
  attempt: z.int().positive(),
  resend: z.int().nonnegative(),
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  /** US dollars; null when the price is unknown. */
  usd: z.number().nonnegative().nullable(),
  /** As in an attempt. */
  judged: judgedSchema.optional(),
});

const head = {
  v: z.literal(BATCH_ENTRY_VERSION),
  /** Our own random id of the batch; its metadata at the server holds it too. */
  batch: z.string(),
  at: z.iso.datetime(),
};

/** What is going to be asked in a batch. On the disk before anything of it reaches the server. */
const intentSchema = z.object({
  ...head,
  kind: z.literal('intent'),
  /** As in an attempt. */
  session: z.string(),
  /** The base URL, without user, password and query. */
  server: z.string(),
  purpose: z.enum(['first', 'repair', 'retry', 'judge']),
  prompt: z.string(),
  model: z.string(),
  temperature: z.number(),
  maxTokens: z.int().positive(),
  omitted: z.array(z.enum(['temperature', 'max_tokens'])),
  requests: z.array(batchRequestSchema),
});

/** One event in the life of a batch: one line of `batches.jsonl`. */
const batchEntrySchema = z.discriminatedUnion('kind', [
  intentSchema,
  /** Its file is at the server. Before this line the batch cannot have been created. */
  z.object({ ...head, kind: z.literal('uploaded'), inputFileId: z.string() }),
  z.object({ ...head, kind: z.literal('created'), serverId: z.string() }),
  /** How the server described it, whenever its status had changed. */
  z.object({
    ...head,
    kind: z.literal('seen'),
    status: z.string(),
    total: z.int().nonnegative(),
    completed: z.int().nonnegative(),
    failed: z.int().nonnegative(),
  }),
  z.object({ ...head, kind: z.literal('cancelling') }),
  /** Every request has its attempt. `refused`: parameters that the model turned out not to take. */
  z.object({
    ...head,
    kind: z.literal('collected'),
    refused: z.array(z.enum(['temperature', 'max_tokens'])),
  }),
  /** It never came to be, or failed before any request was worked on: nothing was charged. */
  z.object({ ...head, kind: z.literal('abandoned'), reason: z.string() }),
  /** Given up though it may have been worked on: what it may have used stays reserved. */
  z.object({ ...head, kind: z.literal('lost'), reason: z.string() }),
]);

export type BatchRequest = z.infer<typeof batchRequestSchema>;
export type BatchIntent = z.infer<typeof intentSchema>;
export type BatchEntry = z.infer<typeof batchEntrySchema>;

/** The format of `batches.jsonl`. */
export const BATCH_FORMAT: LineFormat<BatchEntry> = {
  schema: batchEntrySchema,
  version: BATCH_ENTRY_VERSION,
  parse: JSON.parse,
  optional: true,
};
