import { resolve } from 'node:path';
import type { Example } from '../dataset/example.js';
import { defaultExportPath, exportTrainingSet } from '../export/export-training-set.js';
import { writeLedger } from '../export/ledger-file.js';
import { type Price, priceOf } from '../model/prices.js';
import { createModel, type ModelSpec } from '../model/resolve.js';
import { DEFAULT_RESEND_POLICY } from '../pace/resend.js';
import type { Prompt } from '../prompt/prompt.js';
import { spendingLine } from '../report/summary.js';
import { type AskOptions, askExamples } from '../run/ask.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import { loadLedger } from '../run/load-ledger.js';
import type { OwnedRun } from '../run/own-run.js';
import { readRun } from '../run/read-run.js';
import type { Io } from './io.js';
import { startProgress } from './progress.js';
import { keepYoungGenerationSmall } from './young-generation.js';

/** How requests of this call are made. */
export interface Sending {
  readonly spec: ModelSpec;
  readonly prompt: Prompt;
  readonly purpose: AskOptions['purpose'];
  readonly temperature: number;
  readonly maxTokens: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly price: Price | null;
}

/** Prices given on the command line, in the form that `priceOf` takes. */
export function priceFor(spec: ModelSpec, priceIn: number | null, priceOut: number | null): Price | null {
  return priceOf(spec, {
    ...(priceIn === null ? {} : { inputUsdPerMTok: priceIn }),
    ...(priceOut === null ? {} : { outputUsdPerMTok: priceOut }),
  });
}

/**
 * Asks the model about examples of a run, with progress on stderr. The first Ctrl-C lets what is under way
 * finish, the second gives it up.
 *
 * @returns whether it was interrupted
 */
export async function askWithProgress(
  run: OwnedRun,
  examples: readonly Example[],
  sending: Sending,
  io: Io,
): Promise<boolean> {
  if (examples.length === 0) return false;
  keepYoungGenerationSmall();
  const { spec, timeoutMs, ...rest } = sending;
  const model = await createModel(spec, { timeoutMs, concurrency: sending.concurrency, folder: io.cwd });
  const stop = new AbortController();
  const abort = new AbortController();
  const progress = startProgress(examples.length, io);
  const removeHandler = io.onInterrupt(() => {
    if (stop.signal.aborted) {
      abort.abort();
      return;
    }
    progress.say('Stopping: waiting for the answers under way. Ctrl-C again gives them up.');
    stop.abort();
  });
  try {
    await askExamples(run, examples, {
      ...rest,
      model,
      resends: DEFAULT_RESEND_POLICY,
      stop: stop.signal,
      abort: abort.signal,
      onEvent: progress.onEvent,
    });
  } catch (error) {
    progress.end();
    await accountAfterFailure(run, io);
    throw error;
  } finally {
    progress.end();
    removeHandler();
    await model.close();
  }
  return stop.signal.aborted;
}

/** Brings the ledger up to date when a call fails, and tells what it used. */
async function accountAfterFailure(run: OwnedRun, io: Io): Promise<void> {
  io.stderr.write(`${spendingLine(run)}\n`);
  try {
    await writeLedger(resolve(run.dir, 'ledger.jsonl'), await loadLedger(await readRun(run.dir)));
  } catch {
    // The ledger can be derived at any time; the failure that ended the call is the one to tell.
  }
}

/** What became of a run when a call ends. */
export interface Conclusion {
  readonly ledger: readonly LedgerEntry[];
  /** The training set, if one was written now. */
  readonly output: { readonly path: string; readonly rows: number } | null;
}

/**
 * Draws up the ledger, saves it in the run, and writes the training set if no example is pending. The run is
 * read afresh, because people can decide while requests are being sent.
 */
export async function conclude({ dir }: OwnedRun): Promise<Conclusion> {
  const run = await readRun(dir);
  const { settings, dataset } = run.manifest;
  const ledger = await loadLedger(run);
  await writeLedger(resolve(dir, 'ledger.jsonl'), ledger);
  if (countOutcomes(ledger).pending > 0) return { ledger, output: null };
  const path = settings.output ?? defaultExportPath(dir, dataset.extension);
  const target = { path, shape: settings.to ?? dataset.shape, partial: false };
  return { ledger, output: { path, rows: await exportTrainingSet(run.selection, ledger, target) } };
}

/** The exit status that outcomes lead to. */
export function statusOf(ledger: readonly LedgerEntry[], interrupted: boolean): number {
  const { pending, blocked } = countOutcomes(ledger);
  if (interrupted && pending > 0) return 130;
  return pending + blocked > 0 ? 3 : 0;
}
