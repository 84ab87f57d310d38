import { z } from 'zod';
import { tellWords } from './classify.js';
import { malformed } from './openai-reply.js';

/** Where a batch stands. The last four but `cancelling` are final. */
const statuses = [
  'validating',
  'in_progress',
  'finalizing',
  'cancelling',
  'completed',
  'failed',
  'expired',
  'cancelled',
] as const;
export type BatchStatus = (typeof statuses)[number];

/** Why a whole batch failed, in the server's words without secrets. */
export interface BatchFault {
  /** `token_limit_exceeded`, `invalid_json_line`, `duplicate_custom_id`, ...; '' when not told. */
  readonly code: string;
  readonly message: string;
  /** 1-based line of the input file. */
  readonly line: number | null;
}

/** A batch as the server describes it. */
export interface Batch {
  readonly id: string;
  readonly status: BatchStatus;
  /** The random id under which the run announced it; null when it is not ours, or the server keeps no metadata. */
  readonly intent: string | null;
  readonly inputFileId: string | null;
  /** Where the answers are; null while there are none. */
  readonly outputFileId: string | null;
  /** Where the lines are that were refused or never worked on; null when there are none. */
  readonly errorFileId: string | null;
  /** Zeros where the server does not count. */
  readonly counts: { readonly total: number; readonly completed: number; readonly failed: number };
  readonly createdAtMs: number | null;
  readonly expiresAtMs: number | null;
  /** Why it failed as a whole; empty for any other status. */
  readonly errors: readonly BatchFault[];
}

/** The metadata field that holds the intent. */
export const INTENT_FIELD = 'burnish_intent';

/** A batch with one of these changes no more. */
export function isOver(status: BatchStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled';
}

/** A status that we don't know must not look like an end: everything in the batch would be asked again. */
const statusSchema = z.string().transform((word): BatchStatus => {
  const known = word.toLowerCase().replace(/^cancel(ed|ing)$/, 'cancell$1');
  return statuses.find((status) => status === known) ?? 'in_progress';
});

const fileId = z
  .string()
  .nullish()
  .transform((id) => id || null);
const count = z.int().nonnegative().catch(0).default(0);

/** Seconds since 1970, or a date in words where a server prefers that. */
const instant = z
  .union([z.number().transform((seconds) => seconds * 1000), z.string().transform(Date.parse)])
  .nullish()
  .catch(null)
  .transform((ms) => (ms === undefined || Number.isNaN(ms) ? null : ms));

const faultSchema = z.object({
  code: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  line: z.int().nullish().catch(null),
});

const batchSchema = z.object({
  id: z.string().min(1),
  status: statusSchema,
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  input_file_id: fileId,
  output_file_id: fileId,
  error_file_id: fileId,
  request_counts: z.object({ total: count, completed: count, failed: count }).nullish().catch(null),
  created_at: instant,
  expires_at: instant,
  errors: z
    .object({ data: z.array(faultSchema).nullish() })
    .nullish()
    .catch(null),
});

const listSchema = z.object({ data: z.array(z.unknown()), has_more: z.boolean().nullish() });

/**
 * Reads a batch out of an answer, with nothing wanted but id and status: servers differ in what they leave out.
 *
 * @throws ModelError `malformed_reply` when it is no batch
 */
export function readBatch(body: unknown, secrets: readonly string[]): Batch {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) throw malformed(`no batch: ${firstIssue(parsed.error)}`);
  const { data } = parsed;
  const intent = data.metadata?.[INTENT_FIELD];
  return {
    id: data.id,
    status: data.status,
    intent: typeof intent === 'string' ? intent : null,
    inputFileId: data.input_file_id,
    outputFileId: data.output_file_id,
    errorFileId: data.error_file_id,
    counts: data.request_counts ?? { total: 0, completed: 0, failed: 0 },
    createdAtMs: data.created_at,
    expiresAtMs: data.expires_at,
    errors: (data.errors?.data ?? []).map(({ code, message, line }) => ({
      code: tellWords(code ?? '', secrets),
      message: tellWords(message ?? '', secrets),
      line: line ?? null,
    })),
  };
}

/** One page of the server's list of batches. */
export interface BatchPage {
  readonly batches: readonly Batch[];
  readonly hasMore: boolean;
}

/** @throws ModelError `malformed_reply` when it is no list of batches */
export function readBatchPage(body: unknown, secrets: readonly string[]): BatchPage {
  const parsed = listSchema.safeParse(body);
  if (!parsed.success) throw malformed(`no list of batches: ${firstIssue(parsed.error)}`);
  const { data, has_more: hasMore } = parsed.data;
  return { batches: data.map((item) => readBatch(item, secrets)), hasMore: hasMore ?? false };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown shape' : `${issue.path.join('.') || 'body'}: ${issue.message}`;
}
