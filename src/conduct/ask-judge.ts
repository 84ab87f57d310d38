import { roundsOfJudging } from '../run/judge-rounds.js';
import type { OwnedRun } from '../run/own-run.js';
import { saveRunPrompt } from '../run/run-prompt.js';
import { oneRound } from '../run/task.js';
import { askModel } from './ask-model.js';
import type { Call, CallEnd } from './call.js';
import type { Host } from './watch.js';

/**
 * Has the replies of a run judged after a call has asked for them; does nothing where nothing is to be judged, or where
 * that call did not come to its end.
 *
 * @param asked how that call ended
 * @returns how both together ended
 */
export async function askJudge(
  run: OwnedRun,
  call: Pick<Call, 'judge' | 'prices' | 'checks' | 'sending'>,
  asked: CallEnd,
  host: Host,
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
    end = await askModel(run, oneRound(tasks), { ...call, spec, price }, host);
  }
  return end;
}
