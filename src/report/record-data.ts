import { z } from 'zod';
import { SEVERITIES, VERDICTS } from '../checks/severity.js';
import { OUTCOMES } from '../run/outcomes.js';

/** What a check found, as programs and pages get it. Offsets are UTF-16, within the text that was checked. */
export const findingSchema = z.object({
  check: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  start: z.int().nonnegative().nullable(),
  end: z.int().nonnegative().nullable(),
});

export const decisionDataSchema = z.object({
  action: z.enum(['accept', 'reject', 'edit']),
  at: z.iso.datetime(),
  /** The accepted attempt; null unless accepted. */
  attempt: z.int().positive().nullable(),
  /** The text put in; null unless edited. */
  text: z.string().nullable(),
});

/** One example of a run in a list. */
export const recordRowSchema = z.object({
  id: z.string(),
  /** Its place in the selection, from 0. */
  place: z.int().nonnegative(),
  /** How the instruction begins, on one line. */
  instruction: z.string(),
  outcome: z.enum(OUTCOMES),
  /** Why, shortened to one line; null for one that passed or was never asked. */
  reason: z.string().nullable(),
  /** null while pending. */
  verdict: z.enum(VERDICTS).nullable(),
  /** Ids of the checks that found something in the attempt that counts, the worst first. */
  checks: z.array(z.string()),
  /** Share of the words of both texts that only one of them has, 0 to 1; null without a refined response. */
  changed: z.number().min(0).max(1).nullable(),
  /** Words of both responses, counted by white space. */
  words: z.object({ original: z.int().nonnegative(), refined: z.int().nonnegative().nullable() }),
  decision: z.enum(['accept', 'reject', 'edit']).nullable(),
  /** Requests that were sent for it, of any purpose. */
  requests: z.int().nonnegative(),
  /** US dollars; null when unknown. */
  costUsd: z.number().nonnegative().nullable(),
});

/** One request that was sent for an example, and what became of it. */
export const attemptDataSchema = z.object({
  attempt: z.int().positive(),
  purpose: z.enum(['first', 'repair', 'retry', 'judge']),
  /** Hash of the prompt. */
  prompt: z.string(),
  model: z.string(),
  servedModel: z.string().nullable(),
  temperature: z.number(),
  maxTokens: z.int().positive(),
  resend: z.int().nonnegative(),
  sentAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  finishReason: z.string().nullable(),
  error: z
    .object({ kind: z.string(), code: z.string(), status: z.int().nullable(), message: z.string() })
    .nullable(),
  usage: z
    .object({
      promptTokens: z.int().nonnegative(),
      completionTokens: z.int().nonnegative(),
      cachedPromptTokens: z.int().nonnegative(),
      reasoningTokens: z.int().nonnegative(),
    })
    .nullable(),
  costUsd: z.number().nonnegative().nullable(),
  /** The attempt that a judge was asked about, and the order of the two texts; null for every other purpose. */
  judged: z.object({ attempt: z.int().positive(), order: z.string() }).nullable(),
  /** The raw reply; null when there was none. */
  reply: z.string().nullable(),
  /** What stands in the reply before the refined response. */
  critique: z.string().nullable(),
  /** The refined response; null when the reply has none, or is a judge's. */
  candidate: z.string().nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  findings: z.array(findingSchema),
});

/** One example of a run, whole. */
export const recordDetailSchema = z.object({
  row: recordRowSchema,
  /** Whole, as the input and both responses. */
  instruction: z.string(),
  input: z.string(),
  original: z.string(),
  /** The edited text, else that of the attempt that counts; null when there is none. */
  refined: z.string().nullable(),
  /** What the checks say of `refined`, edited or not; spans are in it. */
  findings: z.array(findingSchema),
  /** Share of the words that stand in both texts in the same order, 0 to 1; null without a refined response. */
  similarity: z.number().min(0).max(1).nullable(),
  /** Why the example ended so; null for one that passed or was never asked. */
  reason: z.string().nullable(),
  /** What the training set gets as the response; null when the example is not in it. */
  exported: z.string().nullable(),
  decision: decisionDataSchema.nullable(),
  /** The attempt that counts; null when none brought a reply. */
  chosen: z.int().positive().nullable(),
  /** Every request, oldest first. */
  attempts: z.array(attemptDataSchema),
});

export type FindingData = z.infer<typeof findingSchema>;
export type DecisionData = z.infer<typeof decisionDataSchema>;
export type RecordRow = z.infer<typeof recordRowSchema>;
export type AttemptData = z.infer<typeof attemptDataSchema>;
export type RecordDetail = z.infer<typeof recordDetailSchema>;
