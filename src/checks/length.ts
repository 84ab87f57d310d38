import type { TextView } from '../text/text-view.js';
import { candidateCheck } from './check.js';
import { allowsBrevity, compareWithRequest } from './request/brevity.js';

/** Far shorter than the original, though nothing asks for that. */
export const lengthCollapse = candidateCheck({
  id: 'length_collapse',
  version: 1,
  severity: 'flag',
  description:
    'The refined response is far shorter than the original, and the instruction asks for no such length.',
  thresholds: {
    share: { default: 0.5, description: "Less than this share of the original's words is flagged." },
    notedShare: { default: 0.62, description: "Less than this share of the original's words is noted." },
    words: { default: 100, description: 'The fewest words of an original that is long enough to judge.' },
  },
  find: (subject, { share, notedShare, words }) => {
    const { refined } = subject;
    const original = subject.original.own;
    const limit = original.wordCount * Math.max(share, notedShare);
    if (refined.wordCount === 0 || original.wordCount < words || refined.wordCount >= limit) return [];
    if (compareWithRequest(subject) === 'nearer') return [];
    const isMild = refined.wordCount >= original.wordCount * share || allowsBrevity(subject);
    return [{ message: compareLengths(refined, original), ...(isMild && { severity: 'note' }) }];
  },
});

/** Far longer than the original, though nothing asks for that. */
export const lengthExplosion = candidateCheck({
  id: 'length_explosion',
  version: 1,
  severity: 'flag',
  description:
    'The refined response is many times as long as the original, and the instruction asks for no such length.',
  thresholds: {
    times: { default: 10, description: "More than so many times the original's words is flagged." },
    notedTimes: { default: 4, description: "More than so many times the original's words is noted." },
    words: { default: 30, description: 'The fewest words of an original that is long enough to judge.' },
    moreWords: { default: 300, description: 'The fewest words that have to be added.' },
  },
  find: (subject, { times, notedTimes, words, moreWords }) => {
    const { refined } = subject;
    const original = subject.original.own;
    const limit = original.wordCount * Math.min(times, notedTimes);
    if (original.wordCount < words || refined.wordCount <= limit) return [];
    if (refined.wordCount - original.wordCount < moreWords || compareWithRequest(subject) === 'nearer')
      return [];
    const isMild = refined.wordCount <= original.wordCount * times;
    return [{ message: compareLengths(refined, original), ...(isMild && { severity: 'note' }) }];
  },
});

function compareLengths(refined: TextView, original: TextView): string {
  return `The text has ${refined.wordCount} words, the original response ${original.wordCount}.`;
}
