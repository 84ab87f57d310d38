import { z } from 'zod';
import { SEVERITIES, VERDICTS } from '../checks/severity.js';
import { OUTCOMES } from '../run/outcomes.js';

const count = z.int().nonnegative();
const countBy = <Name extends string>(names: readonly Name[]) => z.record(z.enum(names), count);

export const spendingSchema = z.object({
  sent: count,
  faults: count,
  resent: count,
  promptTokens: count,
  completionTokens: count,
  cachedPromptTokens: count,
  reasoningTokens: count,
  repliesWithoutUsage: count,
  maybeCharged: count,
  /** US dollars; null when unknown. */
  costUsd: z.number().nonnegative().nullable(),
});

/** How many examples lie in which range of a measure. */
export const histogramSchema = z.object({
  /** Where the ranges begin, and where the last one ends: one more than there are ranges. */
  edges: z.array(z.number()),
  series: z.array(z.object({ name: z.string(), counts: z.array(count) })),
});

/** A run as a whole: what it holds, what the checks say, what it cost. */
export const runOverviewSchema = z.object({
  /** The run's name: that of its folder. */
  run: z.string(),
  /** The dataset's file name. */
  dataset: z.string(),
  rows: count,
  selected: count,
  createdAt: z.iso.datetime(),
  model: z.string(),
  /** Hash of the prompt. */
  prompt: z.string(),
  temperature: z.number(),
  maxTokens: z.int().positive(),
  onFlag: z.string(),
  onFail: z.string(),
  /** The model that judges replies; null for none. */
  judge: z.string().nullable(),
  outcomes: countBy(OUTCOMES),
  /** Of the examples that have one. */
  verdicts: countBy(VERDICTS),
  decisions: countBy(['accept', 'reject', 'edit'] as const),
  /** Every check that found something in the attempts that count: in how many examples, by the worst severity there. */
  checks: z.array(
    z.object({
      check: z.string(),
      /** What the check finds; empty for one that is not known any more. */
      description: z.string(),
      examples: countBy(SEVERITIES),
    }),
  ),
  spending: spendingSchema.extend({
    byModel: z.record(z.string(), spendingSchema),
    byPurpose: z.record(z.string(), spendingSchema),
    /** US dollars; null when unknown, or when nothing is refined. */
    perRefinedUsd: z.number().nonnegative().nullable(),
  }),
  /** US dollars, tokens; null for none. */
  budget: z.object({ usd: z.number().nullable(), tokens: z.number().nullable() }),
  /** Words of the original and of the refined responses, of the examples that have both. */
  lengths: histogramSchema,
  /** Changed share of the examples that have a refined response. */
  changes: histogramSchema,
  /** Cost of an example in US dollars, of the examples whose cost is known. */
  costs: histogramSchema,
});

export type HistogramData = z.infer<typeof histogramSchema>;
export type RunOverview = z.infer<typeof runOverviewSchema>;
