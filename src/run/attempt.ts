import { z } from 'zod';
import type { LineFormat } from './read-lines.js';

/** Version of the line format of `attempts.jsonl`; see docs/formats.md. */
export const ATTEMPT_VERSION = 1;

const usageSchema = z.object({
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  cachedPromptTokens: z.int().nonnegative(),
  reasoningTokens: z.int().nonnegative(),
});

/** What a judge was asked about. */
export const judgedSchema = z.object({
  /** Number of the attempt that it judges. */
  attempt: z.int().positive(),
  /** In which order the two texts stood. */
  order: z.enum(['original-first', 'refined-first']),
});

/** One request that was sent, and what became of it: one line of `attempts.jsonl`. */
const attemptSchema = z.object({
  v: z.literal(ATTEMPT_VERSION),
  /** The example's id. */
  example: z.string(),
  /** Number of this attempt among those of its example, from 1. */
  attempt: z.int().positive(),
  /** The call of Burnish that sent it: a random id. */
  session: z.string(),
  purpose: z.enum(['first', 'repair', 'retry', 'judge']),
  /** Hash of the prompt; the prompt itself is in `prompts/`. */
  prompt: z.string(),
  model: z.string(),
  /** The model that the server says answered. */
  servedModel: z.string().nullable(),
  temperature: z.number(),
  maxTokens: z.int().positive(),
  /** Parameters left out because the model refuses them. */
  omitted: z.array(z.enum(['temperature', 'max_tokens'])),
  /** 0 for the first sending of a request, k for its k-th re-sending. */
  resend: z.int().nonnegative(),
  /** How many re-sendings were still allowed when this one ended. */
  resendsLeft: z.int().nonnegative(),
  sentAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** The raw reply, kept for ever; null when there was none. */
  reply: z.object({ content: z.string(), finishReason: z.string().nullable() }).nullable(),
  /** Why there is no reply; null when there is one. */
  error: z
    .object({
      kind: z.enum(['run', 'example', 'capability', 'transport']),
      code: z.string(),
      status: z.int().nullable(),
      message: z.string(),
    })
    .nullable(),
  /** null when the server did not tell. */
  usage: usageSchema.nullable(),
  /** US dollars; null when the price or the usage is unknown, never 0 for it. */
  costUsd: z.number().nonnegative().nullable(),
  /** Our id of the batch that it was in; absent for a request that was sent by itself. */
  batch: z.string().optional(),
  /** Of a judge's attempt, absent in all others. */
  judged: judgedSchema.optional(),
});

export type Attempt = z.infer<typeof attemptSchema>;
export type AttemptPurpose = Attempt['purpose'];

/** The format of `attempts.jsonl`. */
export const ATTEMPT_FORMAT: LineFormat<Attempt> = {
  schema: attemptSchema,
  version: ATTEMPT_VERSION,
  parse: JSON.parse,
};
