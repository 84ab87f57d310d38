import { wasCut } from '../model/finish-reason.js';
import type { TextView } from '../text/text-view.js';
import { type Observation, replyCheck } from './check.js';
import { findBreakingOff } from './truncation/broken-off.js';
import { findUnfinishedEnding } from './truncation/unfinished-ending.js';

/**
 * The answer stops before its end. Without an end marker the finish reason decides, and since some servers always say
 * `stop`, so does the text itself: its ending, and how far it follows the original. An end marker makes that milder,
 * except inside a code block.
 */
export const truncated = replyCheck({
  id: 'truncated',
  version: 2,
  severity: 'fail',
  description: 'The refined response was cut off before its end.',
  find: (subject) => {
    const { parsed, finishReason } = subject;
    if (!parsed.ended && wasCut(finishReason)) {
      return [{ message: `The reply was cut off (finish reason ${finishReason}).` }];
    }
    if (!('refined' in subject)) return [];
    const { refined, original } = subject;
    const fence = findOpenFence(refined);
    if (fence !== null && findOpenFence(original) === null) return [fence];
    const ending = findUnfinishedEnding(refined);
    const found = ending === null || endsLikewise(ending, original) ? findBreakingOff(subject) : ending;
    if (found === null) return [];
    if (parsed.ended) return [milder(found)];
    return [isShortAnswer(refined, original) ? { ...found, severity: 'flag' } : found];
  },
});

/** The original ends in the same manner, so this is how such a text goes: a form, a quiz, a line of code. */
function endsLikewise(ending: Observation, original: TextView): boolean {
  return findUnfinishedEnding(original)?.message === ending.message;
}

/** No server cuts a text so early, in words; so brief an answer may be a line of verse, a sentence put in order, or a line of code. */
const SHORT_ANSWER = 15;

function isShortAnswer(refined: TextView, original: TextView): boolean {
  return refined.wordCount < SHORT_ANSWER && refined.wordCount * 2 > original.wordCount;
}

function milder(observation: Observation): Observation {
  return { ...observation, severity: observation.severity === 'flag' ? 'note' : 'flag' };
}

function findOpenFence(text: TextView): Observation | null {
  const open = text.codeBlocks.find(({ isClosed }) => !isClosed);
  return open === undefined
    ? null
    : { message: 'The text ends inside a code block.', start: open.start, end: text.raw.length };
}
