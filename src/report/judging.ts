import type { JudgingState } from '../run/judge-rounds.js';
import { formatCount } from './figures.js';

/** How far judging has come, in a few words. */
export function judgingText({ judged, unjudged, unusable }: JudgingState): string {
  const vain = unusable === 0 ? '' : ` (${formatCount(unusable)} without a usable answer)`;
  const open = unjudged === 0 ? '' : `, ${formatCount(unjudged)} to be judged`;
  return `${formatCount(judged)} judged${vain}${open}`;
}
