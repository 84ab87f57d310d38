import { likeness } from '../text/overlap.js';
import { type CandidateSubject, candidateCheck } from './check.js';

/** The model handed the original back. */
export const unchanged = candidateCheck({
  id: 'unchanged',
  version: 1,
  severity: 'flag',
  description: 'The refined response is the original one, apart from whitespace.',
  find: (subject) =>
    isUnchanged(subject) ? [{ message: 'The text is the same as the original response.' }] : [],
});

/** The model changed hardly a word. A sound original needs no more, so this is only worth knowing. */
export const nearCopy = candidateCheck({
  id: 'near_copy',
  version: 1,
  severity: 'note',
  description:
    'The refined response has hardly a word that the original does not have, and the other way round.',
  thresholds: {
    likeness: {
      default: 0.85,
      description: 'The share of the words that both texts have in common, from which on it is a copy.',
    },
    words: { default: 20, description: 'The fewest words of a text that is long enough to judge.' },
  },
  find: (subject, thresholds) => {
    const { refined, original } = subject;
    const fewer = Math.min(refined.wordCount, original.wordCount);
    const both = refined.wordCount + original.wordCount;
    // Of texts so different in length no more words can be the same.
    if (refined.wordCount < thresholds.words || 2 * fewer < both * thresholds.likeness) return [];
    const share = likeness(refined, original);
    if (share < thresholds.likeness || isUnchanged(subject)) return [];
    const changed = share === 1 ? 'No word' : `Only ${tellShare(1 - share)} of the words`;
    return [{ message: `${changed} differ${share === 1 ? 's' : ''} from the original response.` }];
  },
});

function isUnchanged({ candidate, example }: CandidateSubject): boolean {
  return candidate.trim() !== '' && hasSameWords(candidate, example.response);
}

/** Goes no further than the first difference, which most rewrites have within a few words. */
function hasSameWords(left: string, right: string): boolean {
  const leftWords = left.matchAll(/\S+/g);
  const rightWords = right.matchAll(/\S+/g);
  for (;;) {
    const word = leftWords.next().value?.[0];
    if (word !== rightWords.next().value?.[0]) return false;
    if (word === undefined) return true;
  }
}

function tellShare(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`;
}
