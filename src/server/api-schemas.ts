import { z } from 'zod';
import { findingSchema, recordDetailSchema, recordRowSchema } from '../report/record-data.js';
import { CHANGE_RANGES, DECIDED, RECORD_ORDERS } from '../report/record-query.js';
import { runOverviewSchema } from '../report/run-data.js';
import { OUTCOMES } from '../run/outcomes.js';

const count = z.int().nonnegative();

/** Values separated by commas; empty for all. */
const listOf = <Value extends string>(value: z.ZodType<Value, string>) =>
  z
    .string()
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(value).max(100));

/** Which records, and in which order: the query of a list. */
export const recordFilterSchema = z.object({
  outcome: listOf(z.enum(OUTCOMES)),
  verdict: listOf(z.enum(['pass', 'flag', 'fail'])),
  check: listOf(z.string().max(100)),
  change: listOf(z.enum(CHANGE_RANGES.map(({ name }) => name))),
  decision: listOf(z.enum(DECIDED)),
  q: z.string().max(200).default(''),
  sort: z.enum(RECORD_ORDERS).default('id'),
});

export const MOST_ROWS_A_PAGE = 200;

export const recordQuerySchema = recordFilterSchema.extend({
  page: z.coerce.number().int().positive().default(1),
  size: z.coerce.number().int().positive().max(MOST_ROWS_A_PAGE).default(100),
});

const facetSchema = z.record(z.string(), count);

export const recordPageSchema = z.object({
  /** Records that fit the filter, on all pages. */
  total: count,
  page: z.int().positive(),
  size: z.int().positive(),
  rows: z.array(recordRowSchema),
  facets: z.object({
    outcome: facetSchema,
    verdict: facetSchema,
    check: facetSchema,
    change: facetSchema,
    decision: facetSchema,
  }),
});

/** Ids of all records that fit a filter, in order: what somebody who reviews one after the other walks along. */
export const recordIdsSchema = z.object({ ids: z.array(z.string()) });

/**
 * `reading`: it is not known yet; `running`: this server sends; `stopping`: it waits for answers under way; `elsewhere`:
 * another process sends; `interrupted`: nobody does, though examples are pending.
 */
export const RUN_STATES = [
  'reading',
  'running',
  'stopping',
  'elsewhere',
  'interrupted',
  'finished',
  'unreadable',
] as const;

export const progressSchema = z.object({
  /** Tasks of the rounds begun so far: examples, repairs and judgements. */
  total: count,
  done: count,
  perSecond: z.number().nonnegative(),
  /** Milliseconds; null while unknown. */
  leftMs: z.number().nonnegative().nullable(),
  underWay: count,
  promptTokens: count,
  completionTokens: count,
  /** US dollars of this call; null when unknown. */
  costUsd: z.number().nonnegative().nullable(),
  resent: count,
  /** Why nothing is sent at the moment; null when nothing waits. */
  waiting: z.string().nullable(),
});

/** `application/problem+json` (RFC 9457), with the facts of an error of Burnish. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Stable, machine-readable. */
  code: z.string(),
  expected: z.string().optional(),
  found: z.string().optional(),
  where: z.string().optional(),
  hint: z.string().optional(),
});

export const runSummarySchema = z.object({
  run: z.string(),
  state: z.enum(RUN_STATES),
  dataset: z.string(),
  model: z.string(),
  createdAt: z.iso.datetime(),
  selected: count,
  /** null until the run was read. */
  outcomes: z.record(z.enum(OUTCOMES), count).nullable(),
  costUsd: z.number().nonnegative().nullable(),
  progress: progressSchema.nullable(),
  /** How the last call of this server ended, when it failed; or why the run cannot be read. */
  problem: problemSchema.nullable(),
});

export const runListSchema = z.object({ runs: z.array(runSummarySchema) });

export const runStatusSchema = z.object({ summary: runSummarySchema, overview: runOverviewSchema });

/** What was named at start-up, and may be named in requests. */
export const choicesSchema = z.object({
  /** The default first. */
  models: z.array(z.string()),
  prompts: z.array(z.object({ name: z.string(), hash: z.string() })),
  /** Whether anything can be sent: false when no model or no key was given. */
  canSend: z.boolean(),
  /** Files below the data folder and uploaded ones, by the name under which a run is started from them. */
  datasets: z.array(z.object({ name: z.string(), bytes: count })),
  /** Bytes of the largest dataset that may be uploaded. */
  uploadLimit: count,
  shapes: z.array(z.string()),
  checks: z.array(z.object({ id: z.string(), severity: z.string(), description: z.string() })),
});

/** Begin whatever it is expected to cost; without it, and without a budget, what costs more than 1 USD is refused. */
const agreed = z.boolean().optional();

/** Sampling of a call; what is left out is the prompt's, or the run's. */
const callFields = {
  model: z.string().max(200).optional(),
  prompt: z.string().max(200).optional(),
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.int().positive().optional(),
  /** US dollars and tokens, for the whole run. */
  budgetUsd: z.number().positive().optional(),
  budgetTokens: z.int().positive().optional(),
  requestsPerMinute: z.number().positive().optional(),
  tokensPerMinute: z.int().positive().optional(),
  concurrency: z.int().positive().max(1000).optional(),
  /** Only tell what would be asked and what it would cost. */
  dryRun: z.boolean().default(false),
  agreed,
};

export const startRunSchema = z.strictObject({
  dataset: z.string().max(500),
  top: z.int().positive().optional(),
  all: z.boolean().optional(),
  limit: z.int().positive().optional(),
  onFlag: z.enum(['use', 'keep', 'drop', 'block']).optional(),
  onFail: z.enum(['keep', 'drop', 'block']).optional(),
  repair: z.int().nonnegative().max(10).optional(),
  ...callFields,
});

/** Goes on with a run, as `burnish refine --run`; a budget takes the place of the run's. */
export const resumeRunSchema = z.strictObject({
  limit: z.int().positive().optional(),
  budgetUsd: callFields.budgetUsd,
  budgetTokens: callFields.budgetTokens,
  agreed,
});

export const retrySchema = z.strictObject({
  /** These, also where a person decided; or else all that the filter names. */
  ids: z.array(z.string()).max(100_000).optional(),
  filter: recordFilterSchema.optional(),
  ...callFields,
});

/** What a call would send, and did not. */
export const planSchema = z.object({
  run: z.string(),
  /** Examples that would be asked. */
  examples: count,
  /** Examples left alone because a person decided. */
  leftAlone: count,
  /** US dollars; null when unknown. */
  expectedUsd: z.number().nonnegative().nullable(),
  mostUsd: z.number().nonnegative().nullable(),
});

export const startedSchema = z.object({ run: z.string(), examples: count });

export const decisionBodySchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept'), attempt: z.int().positive().optional() }),
  z.strictObject({ action: z.literal('reject') }),
  z.strictObject({ action: z.literal('edit'), text: z.string().min(1) }),
  /** Takes the latest decision back. */
  z.strictObject({ action: z.literal('undo') }),
]);

export const textBodySchema = z.strictObject({ text: z.string() });
export const checkedTextSchema = z.object({
  verdict: z.enum(['pass', 'flag', 'fail']),
  findings: z.array(findingSchema),
});

export const promptSentSchema = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  /** Why something else may have been sent; null when it cannot have. */
  doubt: z.string().nullable(),
});

/** Data of the server-sent events, by event name. */
export const EVENT_SCHEMAS = {
  /** How far a call of this server is; at most a few times a second. */
  progress: progressSchema,
  /** The state changed, or a call ended. */
  state: runSummarySchema,
  /** Records that changed, by answers or decisions of anybody; at most a few times a second. */
  records: z.object({ ids: z.array(z.string()) }),
  /** Events were missed that are not kept any more: whatever is shown must be asked for anew. */
  reset: z.object({}),
};

export const datasetUploadedSchema = z.object({ name: z.string(), bytes: count });
export const sessionBodySchema = z.strictObject({ token: z.string().max(1000) });
export const sessionSchema = z.object({
  /** Whether the server wants a log-in, and whether this request brings one. */
  needed: z.boolean(),
  loggedIn: z.boolean(),
});

export { recordDetailSchema };
