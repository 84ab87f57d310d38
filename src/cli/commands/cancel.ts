import type { Command } from 'commander';
import { openBatchEndpoint, requireBatches, sleep } from '../../conduct/ask-in-batches.js';
import { resolveModelOfRun } from '../../conduct/model-of-run.js';
import { UserError } from '../../errors.js';
import { DEFAULT_RESEND_POLICY } from '../../pace/resend.js';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import { visible } from '../../report/visible.js';
import type { BatchServerContext } from '../../run/batch/batch-context.js';
import { livingBatches } from '../../run/batch/batch-record.js';
import { type Cancelled, cancelBatches } from '../../run/batch/cancel-batches.js';
import { PatientCalls } from '../../run/batch/patient-calls.js';
import { type OwnedRun, ownRun } from '../../run/own-run.js';
import { type RunRecord, readRun } from '../../run/read-run.js';
import { shortPath } from '../../short-path.js';
import type { Finish } from '../command-module.js';
import { findRun } from '../find-run.js';
import type { Io } from '../io.js';
import { jsonOption } from '../options.js';
import { writeJson } from '../write-json.js';

interface CancelOptions {
  readonly baseUrl?: string;
  readonly forget?: boolean;
  readonly json?: boolean;
}

/** Of one call to the server, and of all waiting at its rate limit, in milliseconds. */
const TIMEOUT_MS = 120_000;
const MOST_WAIT_MS = 300_000;

type CancellableRun = BatchServerContext['run'];

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Cancels the batches that a run has at the server. What they completed was paid for and stays there: the next ' +
        '`burnish refine --batch` collects it. Without --batch, `burnish refine` asks nothing that a batch may still answer.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .option('--base-url <url>', "the server that has the batches (default: the run's)")
    .option(
      '--forget',
      'give up batches that the server does not have any longer, or that another server has',
    )
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ burnish cancel runs/alpaca-1f2e3d4c')
    .action(async (name: string | undefined, options: CancelOptions) => {
      finish(await cancel(name, options, io));
    });
}

async function cancel(name: string | undefined, options: CancelOptions, io: Io): Promise<number> {
  const dir = await findRun(name, io.cwd);
  const record = await readRun(dir);
  const results = livingBatches(record.batches).length === 0 ? [] : await cancelAll(record, options, io);
  if (results === null) return 130;
  if (options.json === true) writeJson({ run: dir, batches: results.map(toData) }, io);
  else io.stdout.write(`${linesOf(results, visible(shortPath(dir, io.cwd))).join('\n')}\n`);
  return 0;
}

/** @returns null when it was interrupted */
async function cancelAll(record: RunRecord, options: CancelOptions, io: Io): Promise<Cancelled[] | null> {
  const { baseUrl } = options;
  const spec = resolveModelOfRun(baseUrl === undefined ? {} : { baseUrl }, record.manifest, io);
  requireBatches(spec);
  const endpoint = openBatchEndpoint(spec, TIMEOUT_MS);
  const run = await ownOrBorrow(record, io);
  const stop = new AbortController();
  const removeHandler = io.onInterrupt(() => stop.abort());
  const say = (text: string): void => {
    io.stderr.write(`${visible(text)}\n`);
  };
  try {
    const calls = new PatientCalls({
      ...{ model: spec.name, resends: DEFAULT_RESEND_POLICY, maxWaitMs: MOST_WAIT_MS, sleep },
      onWait: (_, { message }) => say(`asking the server again: ${message}`),
    });
    return await cancelBatches(
      {
        ...{ run, calls, sleep, ...endpoint, model: spec.name },
        ...{ stop: stop.signal, abort: stop.signal },
        onEvent: (event) => {
          if (event.type === 'note') say(event.text);
        },
      },
      options.forget === true,
    );
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) return null;
    throw error;
  } finally {
    removeHandler();
    await endpoint.api.close().finally(() => run.close());
  }
}

/** Another process may be waiting for the very batches: then they are cancelled, and what comes of that is left to it. */
async function ownOrBorrow(
  { dir, batches }: RunRecord,
  io: Io,
): Promise<CancellableRun & Pick<OwnedRun, 'close'>> {
  try {
    return await ownRun(dir);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'run_locked') throw error;
    io.stderr.write('Another process is waiting for these batches; it collects what they completed.\n');
    return {
      batches: batches.filter(({ serverId }) => serverId !== null),
      noteBatch: async () => {},
      close: async () => {},
    };
  }
}

function linesOf(results: readonly Cancelled[], dir: string): string[] {
  if (results.length === 0) return ['No batch of this run is at the server.'];
  const isAnyLeft = results.some(({ result }) => result === 'cancelling' || result === 'over');
  return [
    ...results.map(({ record, result, batch }) => {
      const { intent, serverId } = record;
      const counts =
        batch === null || batch.counts.total === 0
          ? ''
          : `, ${formatCount(batch.counts.completed)} of ${formatCount(batch.counts.total)} done`;
      const state = result === 'over' && batch !== null ? batch.status : result;
      return `batch ${visible(serverId ?? intent.batch)}: ${state}${counts} (${formatNumberOf(intent.requests.length, 'request')})`;
    }),
    ...(isAnyLeft
      ? [
          `What was completed is collected by the next \`burnish refine --run ${dir} --batch\`; the rest is sent again then.`,
        ]
      : []),
  ];
}

function toData({ record, result, batch }: Cancelled): object {
  const { intent, serverId } = record;
  return {
    batch: intent.batch,
    serverId,
    requests: intent.requests.length,
    result,
    status: batch?.status ?? null,
    counts: batch?.counts ?? null,
  };
}
