import { formatNumberOf } from '../report/figures.js';
import { visible } from '../report/visible.js';
import { roundsOfJudging } from '../run/judge-rounds.js';
import type { OwnedRun } from '../run/own-run.js';
import { saveRunPrompt } from '../run/run-prompt.js';
import { askWithProgress, type Call, type CallEnd } from './conduct.js';
import type { Io } from './io.js';

/**
 * Has the replies of a run judged, with progress on stderr, after a call has asked for them; does nothing where nothing is
 * to be judged, or where that call did not come to its end.
 *
 * @param asked how that call ended
 * @returns how both together ended
 */
export async function judgeWithProgress(
  run: OwnedRun,
  call: Pick<Call, 'judge' | 'prices' | 'checks' | 'sending'>,
  asked: CallEnd,
  io: Io,
): Promise<CallEnd> {
  const { judge } = call;
  if (judge === null) return asked;
  const { spec, price, prompt } = judge;
  const nextRound = roundsOfJudging(run, judge);
  let end = asked;
  while (!end.interrupted && end.budgetSpent === null) {
    const tasks = await nextRound();
    if (tasks.length === 0) break;
    await saveRunPrompt(run.dir, prompt);
    io.stderr.write(`judging:   ${formatNumberOf(tasks.length, 'request')} to ${visible(spec.name)}\n`);
    end = await askWithProgress(run, tasks, { ...call, spec, price }, io);
  }
  return end;
}
