import { z } from 'zod';
import { shapeNames } from '../dataset/index.js';
import { selectionRuleSchema } from '../select/index.js';

/** Version of the format of `run.json`; see docs/formats.md. */
export const MANIFEST_VERSION = 1;

export const FLAG_POLICIES = ['keep', 'use', 'drop', 'block'] as const;
export const FAIL_POLICIES = ['keep', 'drop', 'block'] as const;

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
export const settingsSchema = z.object({
  /** Without user, password and query; null for the provider's own address. */
  baseUrl: z.string().nullable(),
  onFlag: z.enum(FLAG_POLICIES),
  onFail: z.enum(FAIL_POLICIES),
  /** Where the training set goes; null for the run's own folder. */
  output: z.string().nullable(),
  /** Shape of the training set; null for the dataset's. */
  to: z.enum(shapeNames).nullable(),
  /** US dollars for a million tokens, as given on the command line. */
  priceIn: z.number().nonnegative().nullable(),
  priceOut: z.number().nonnegative().nullable(),
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
    extension: z.string(),
    rows: z.int().nonnegative(),
    emptyResponses: z.int().nonnegative(),
    badRows: z.record(z.string(), z.int().positive()),
  }),
  selected: z.int().nonnegative(),
  settings: settingsSchema,
});

export type Identity = z.infer<typeof identitySchema>;
export type RunSettings = z.infer<typeof settingsSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
