import type { Host } from '../conduct/watch.js';
import { spendingLine } from '../report/summary.js';
import { visible } from '../report/visible.js';
import { livingBatches } from '../run/batch/batch-record.js';
import type { OwnedRun } from '../run/own-run.js';
import { shortPath } from '../short-path.js';
import { startBatchProgress } from './batch-progress.js';
import type { Io } from './io.js';
import { startProgress } from './progress.js';
import { keepYoungGenerationSmall } from './young-generation.js';

/**
 * Runs calls in a terminal, with progress on stderr. The first Ctrl-C lets what is under way finish, the second gives it
 * up; batches are left to the server.
 */
export function terminalHost(io: Io): Host {
  return {
    ...io,
    watch: async (run, spec, gate) => {
      keepYoungGenerationSmall();
      const progress = await startProgress(spec, gate, io);
      const signals = listenForInterrupts(io, () =>
        progress.say('Stopping: waiting for the answers under way. Ctrl-C again gives them up.'),
      );
      return {
        ...signals,
        onEvent: progress.onEvent,
        end: (failed) => {
          progress.end();
          signals.forget();
          if (failed) io.stderr.write(`${spendingLine(run)}\n`);
        },
      };
    },
    watchBatches: (run) => {
      const progress = startBatchProgress(io);
      const signals = listenForInterrupts(io, () => {});
      return {
        ...signals,
        onEvent: progress.onEvent,
        end: (failed) => {
          if (!failed && signals.stop.aborted) progress.say(`Detached. ${farewell(run, io)}`);
          progress.end();
          signals.forget();
          if (!failed) return;
          io.stderr.write(`${spendingLine(run)}\n`);
          if (livingBatches(run.batches).length > 0) io.stderr.write(`${farewell(run, io)}\n`);
        },
      };
    },
  };
}

/** @param told called at the first interrupt */
function listenForInterrupts(
  io: Io,
  told: () => void,
): { readonly stop: AbortSignal; readonly abort: AbortSignal; forget(): void } {
  const stop = new AbortController();
  const abort = new AbortController();
  const forget = io.onInterrupt(() => {
    if (stop.signal.aborted) {
      abort.abort();
      return;
    }
    told();
    stop.abort();
  });
  return { stop: stop.signal, abort: abort.signal, forget };
}

function farewell(run: OwnedRun, io: Io): string {
  const living = livingBatches(run.batches).length;
  if (living === 0) return 'No batch is at the server.';
  const dir = visible(shortPath(run.dir, io.cwd));
  const what = living === 1 ? 'The batch goes on' : `${living} batches go on`;
  return `${what} at the server: \`burnish refine --run ${dir} --batch\` collects, \`burnish cancel ${dir}\` cancels.`;
}
