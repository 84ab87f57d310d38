import type { z } from 'zod';
import type { Example } from '../dataset/example.js';
import type { RecordDetail, RecordRow } from '../report/record-data.js';
import type { FacetCounts, RecordFilter, RecordOrder } from '../report/record-query.js';
import type { RunOverview } from '../report/run-data.js';
import type { LedgerEntry } from '../run/ledger.js';
import type { Manifest } from '../run/manifest.js';
import type {
  checkedTextSchema,
  decisionBodySchema,
  planSchema,
  progressSchema,
  promptSentSchema,
  resumeRunSchema,
  retrySchema,
  startedSchema,
  startRunSchema,
} from './api-schemas.js';

export type Progress = z.infer<typeof progressSchema>;
export type Plan = z.infer<typeof planSchema>;
export type Started = z.infer<typeof startedSchema>;
export type DecisionBody = z.infer<typeof decisionBodySchema>;

/** A run as the server holds it: its ledger in memory, brought up to date when anybody writes to the run's files. */
export interface OpenRun {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly selection: readonly Example[];
  /** The account of the run as of now, in the order of the selection. */
  ledger(): readonly LedgerEntry[];
  has(id: string): boolean;
  /** Looks whether files of the run have grown, and reads what is new; not again within a moment, unless `atOnce`. */
  refresh(atOnce?: boolean): Promise<void>;
  query(
    filter: RecordFilter,
    order: RecordOrder,
    page: number,
    size: number,
  ): Promise<{ readonly total: number; readonly rows: readonly RecordRow[]; readonly facets: FacetCounts }>;
  /** Ids of all that fit, in order. */
  ids(filter: RecordFilter, order: RecordOrder): Promise<string[]>;
  /** @throws UserError when there is no such example */
  detail(id: string): RecordDetail;
  overview(): RunOverview;
  /** The exact messages of an attempt. */
  promptSent(id: string, attempt: number): Promise<z.infer<typeof promptSentSchema>>;
  /** What the checks say of a text in the place of the refined one; nothing is saved. */
  checkText(id: string, text: string): z.infer<typeof checkedTextSchema>;
  /** Records a decision, and answers when it is safe on the disk. */
  decide(id: string, decision: DecisionBody): Promise<RecordDetail>;
  /** Calls `listener` with the ids of records that changed; returns what takes it away. */
  onChange(listener: (ids: readonly string[]) => void): () => void;
}

/** The runs of a server, opened when first asked for; those not used for long are forgotten again. */
export interface Desk {
  /** Names of the runs in the folder, the one used last first. */
  names(): Promise<string[]>;
  /** @throws UserError `run_not_found`; whatever a damaged run throws */
  open(run: string): Promise<OpenRun>;
  /** The run if it is in memory now. */
  opened(run: string): OpenRun | undefined;
  /** Brings what is derived from the runs in memory up to date on the disk. */
  close(): Promise<void>;
}

export type CallState = 'running' | 'stopping' | 'idle';

/** The calls of a server: what it asks models for, at most one a run at a time. */
export interface Calls {
  start(body: z.infer<typeof startRunSchema>): Promise<Started | Plan>;
  resume(dir: string, body: z.infer<typeof resumeRunSchema>): Promise<Started>;
  /** @param ids the examples to ask again, as the filter has chosen them */
  retry(
    dir: string,
    ids: readonly string[],
    body: Omit<z.infer<typeof retrySchema>, 'ids' | 'filter'>,
  ): Promise<Started | Plan>;
  /** Sends nothing more; what is under way is waited for. Does nothing when no call is under way. */
  cancel(dir: string): void;
  state(dir: string): {
    readonly call: CallState;
    readonly progress: Progress | null;
    /** Why the last call ended early; null when it did not. */
    readonly failure: unknown;
  };
  /** Told of progress (a few times a second) and of calls that begin and end. */
  onChange(listener: (dir: string, change: 'progress' | 'state') => void): () => void;
  /** Cancels all calls and waits for their end; called again meanwhile, it gives up what is under way. */
  close(): Promise<void>;
}
