import { wasCut } from '../model/finish-reason.js';
import { candidateCheck, replyCheck } from './check.js';

const WHY_NO_ANSWER = {
  no_marker: 'The reply has no [Better Answer] marker.',
  reasoning_unclosed: 'The reply is all reasoning: its think block never ends.',
} as const;

/** The reply holds nothing that could be taken for the answer. */
export const noAnswer = replyCheck({
  id: 'no_answer',
  version: 1,
  severity: 'fail',
  description: 'No refined response could be found in the reply.',
  find: ({ parsed, finishReason }) => {
    if (parsed.reason === null) return [];
    const cut = wasCut(finishReason) ? ` It was cut off (finish reason ${finishReason}).` : '';
    return [{ message: `${WHY_NO_ANSWER[parsed.reason]}${cut}` }];
  },
});

/** The answer is blank. */
export const empty = candidateCheck({
  id: 'empty',
  version: 1,
  severity: 'fail',
  description: 'The refined response is blank.',
  find: ({ candidate }) =>
    candidate.trim() === '' ? [{ message: 'There is no text in the refined response.' }] : [],
});

/** More than one complete answer; the last was taken. */
export const severalAnswers = replyCheck({
  id: 'several_answers',
  version: 1,
  severity: 'flag',
  description: 'The reply holds several complete answers, of which the last was taken.',
  find: ({ parsed }) =>
    parsed.answers > 1 ? [{ message: `The reply holds ${parsed.answers} answers; the last was taken.` }] : [],
});

/** Something was said after the end marker. */
export const textAfterEnd = replyCheck({
  id: 'text_after_end',
  version: 1,
  severity: 'note',
  description: 'The reply goes on after its end marker; that text was left out.',
  find: ({ parsed }) =>
    parsed.after === ''
      ? []
      : [{ message: `${parsed.after.length} characters after the end marker were left out.` }],
});

/** No end marker, but the model stopped by itself: accepted. */
export const noEndMarker = candidateCheck({
  id: 'no_end_marker',
  version: 1,
  severity: 'note',
  description: 'No [End] closes the answer, which was accepted because the model stopped by itself.',
  find: ({ parsed, finishReason }) =>
    parsed.format === 'plain' || parsed.ended || wasCut(finishReason)
      ? []
      : [{ message: 'No [End] marker closes the answer.' }],
});
