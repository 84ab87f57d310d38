import { join } from 'node:path';
import { DEFAULT_SUITE } from '../../../src/checks/index.js';
import { createBatchApi } from '../../../src/model/batch-api.js';
import type { ResendPolicy } from '../../../src/pace/resend.js';
import type { Attempt } from '../../../src/run/attempt.js';
import { askInBatches } from '../../../src/run/batch/ask-in-batches.js';
import type { BatchEvent, BatchOptions } from '../../../src/run/batch/batch-context.js';
import type { BatchRecord } from '../../../src/run/batch/batch-record.js';
import type { LedgerEntry } from '../../../src/run/ledger.js';
import { limitExamples } from '../../../src/run/limit-examples.js';
import { loadLedger } from '../../../src/run/load-ledger.js';
import { type OwnedRun, ownRun } from '../../../src/run/own-run.js';
import { roundsOfPending } from '../../../src/run/pending-rounds.js';
import { readRun } from '../../../src/run/read-run.js';
import type { NextRound } from '../../../src/run/task.js';
import type { BatchScript } from '../../support/batch-script.js';
import { type BatchServer, startBatchServer } from '../../support/batch-server.js';
import { answer, FIRST, makeRun, someExamples } from '../../support/run-parts.js';

export const AT_ONCE: ResendPolicy = { resends: 3, dearResends: 3, firstWaitMs: 0, longestWaitMs: 0 };

/** Replies to a prompt of `PROMPT`, by the number of its example. */
export const goodReply = (message: string) => ({ content: answer(`Better ${numberIn(message)}.`) });

export function numberIn(message: string): string {
  return /Ask (\d+)\?/.exec(message)?.[1] ?? '?';
}

/** What one call of the engine led to, as it stands on disk afterwards. */
export interface Called {
  /** What it threw or returned. */
  readonly end: unknown;
  readonly events: readonly BatchEvent[];
  readonly attempts: readonly Attempt[];
  readonly batches: readonly BatchRecord[];
  readonly ledger: readonly LedgerEntry[];
  /** Outcome and reason of each example. */
  readonly outcomes: readonly string[];
  /** What was waited for, in milliseconds. */
  readonly waits: readonly number[];
}

export interface BatchScene {
  readonly server: BatchServer;
  readonly dir: string;
  call(options?: CallOptions): Promise<Called>;
}

export interface CallOptions extends Partial<Omit<BatchOptions, 'onEvent'>> {
  readonly limit?: number;
  readonly onEvent?: (event: BatchEvent) => void;
  readonly before?: (run: OwnedRun) => void | Promise<void>;
  readonly timeoutMs?: number;
  readonly rounds?: (run: OwnedRun) => NextRound;
}

let scenes = 0;

/** A run with `count` examples, in front of a batch server. */
export async function setBatchScene(
  folder: string,
  count: number,
  script: BatchScript = {},
): Promise<BatchScene> {
  const server = await startBatchServer({ reply: goodReply, ...script });
  const dir = await makeRun(join(folder, `scene${scenes++}`), someExamples(count));
  return { server, dir, call: (options = {}) => callEngine(dir, server, options) };
}

async function callEngine(dir: string, server: BatchServer, options: CallOptions): Promise<Called> {
  const { limit, onEvent, before, timeoutMs = 10_000, rounds, ...rest } = options;
  const run = await ownRun(dir);
  const events: BatchEvent[] = [];
  const waits: number[] = [];
  await before?.(run);
  const api = createBatchApi({ baseUrl: server.url, model: 'small-model', timeoutMs });
  const end: unknown = await askInBatches(
    run,
    rounds?.(run) ?? limitExamples(limit)(roundsOfPending(run, FIRST)),
    {
      api,
      secrets: [],
      server: server.url,
      model: 'small-model',
      price: { inputUsdPerMTok: 1000, outputUsdPerMTok: 2000, asOf: null },
      prices: [],
      budget: { tokens: null, usd: null },
      countPrompt: () => 100,
      limits: { requests: 50_000, bytes: 1_000_000, promptTokens: null },
      resends: AT_ONCE,
      maxWaitMs: 10_000,
      sleep: async (waitMs, signal) => {
        waits.push(waitMs);
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      },
      stop: new AbortController().signal,
      abort: new AbortController().signal,
      ...rest,
      onEvent: (event) => {
        events.push(event);
        onEvent?.(event);
      },
    },
  ).catch((error: unknown) => error);
  await api.close();
  await run.close();
  const record = await readRun(dir);
  const ledger = await loadLedger(record, DEFAULT_SUITE);
  const { attempts, batches } = record;
  const outcomes = ledger.map(({ outcome, reason }) => `${outcome}${reason === null ? '' : `: ${reason}`}`);
  return { end, events, attempts, batches, ledger, outcomes, waits };
}
