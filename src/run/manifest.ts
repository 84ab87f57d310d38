import { z } from 'zod';
import { shapeNames } from '../dataset/index.js';
import { isMetricName, MEASURED_PARTS, type SelectionRule } from '../select/index.js';
import { FAIL_POLICIES, FLAG_POLICIES } from './policies.js';
import { checksFileSchema, snapshotSchema } from './snapshot.js';

/** Version of the format of `run.json`; see docs/formats.md. */
export const MANIFEST_VERSION = 1;

const ranking = {
  by: z.string().refine(isMetricName, 'no metric that this version knows'),
  of: z.enum(MEASURED_PARTS),
};
const where = { where: z.array(z.string()) };

const selectionRuleSchema: z.ZodType<SelectionRule> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('top'), top: z.int().positive(), ...ranking, ...where }),
  z.object({ kind: z.literal('share'), percent: z.number().positive().max(100), ...ranking, ...where }),
  z.object({ kind: z.literal('min'), min: z.number(), ...ranking, ...where }),
  z.object({ kind: z.literal('random'), count: z.int().positive(), seed: z.int().nonnegative(), ...where }),
  z.object({ kind: z.literal('all'), ...where }),
  z.object({ kind: z.literal('ids'), ids: z.array(z.string()), ...where }),
]);

/** What makes a run this run and no other: the same values go on with it. */
export const identitySchema = z.object({
  /** SHA-256 of the dataset's bytes, decompressed, in hex. */
  dataset: z.string(),
  /** Shape of the rows, as given by `--from`; null when recognised. */
  from: z.enum(shapeNames).nullable(),
  selection: selectionRuleSchema,
  /** Hash of the prompt. */
  prompt: z.string(),
  model: z.string(),
  temperature: z.number(),
  maxTokens: z.int().positive(),
});

/** What may change from one call to the next; the latest call's values are kept. */
const settingsSchema = z.object({
  /** Without user, password and query; null for the provider's own address. */
  baseUrl: z.string().nullable(),
  /** Whether something was left out of it, so that it must be given again. */
  baseUrlHadSecrets: z.boolean(),
  onFlag: z.enum(FLAG_POLICIES),
  onFail: z.enum(FAIL_POLICIES),
  /** How often a reply that fails is repaired, and whether one that is flagged is as well. */
  repair: z.int().nonnegative().default(1),
  repairFlagged: z.boolean().default(false),
  /** Where the training set goes; null for the run's own folder. */
  output: z.string().nullable(),
  /** Shape of the training set; null for the dataset's. */
  to: z.enum(shapeNames).nullable(),
  /** US dollars for a million tokens, as given on the command line. */
  priceIn: z.number().nonnegative().nullable(),
  priceOut: z.number().nonnegative().nullable(),
  /** The most that the whole run may cost in US dollars, and use in tokens. */
  budgetUsd: z.number().positive().nullable().default(null),
  budgetTokens: z.int().positive().nullable().default(null),
  /** The file that sets severities and thresholds of the checks; null for none. */
  checks: checksFileSchema.nullable().default(null),
  /** The model that judges replies, as given on the command line; null for none. */
  judge: z.string().nullable().default(null),
  /** Whether it judges replies that rules have failed, too. */
  judgeAll: z.boolean().default(false),
});

/** `run.json`. */
export const manifestSchema = z.object({
  v: z.literal(MANIFEST_VERSION),
  /** Version of Burnish that began the run. */
  burnish: z.string(),
  createdAt: z.iso.datetime(),
  identity: identitySchema,
  dataset: z.object({
    path: z.string(),
    shape: z.enum(shapeNames),
    /** `.json` or `.jsonl`, with `.gz` when compressed. */
    extension: z.string().regex(/^\.jsonl?(\.gz)?$/),
    rows: z.int().nonnegative(),
    emptyResponses: z.int().nonnegative(),
    badRows: z.record(z.string(), z.int().positive()),
  }),
  selected: z.int().nonnegative(),
  settings: settingsSchema,
  /** What the last completed check said; null when there was none. */
  snapshot: snapshotSchema.nullable().default(null),
});

export type Identity = z.infer<typeof identitySchema>;
export type RunSettings = z.infer<typeof settingsSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
