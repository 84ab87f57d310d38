import type { CandidateCheck } from './check.js';

/** The model handed the original back. */
export const unchanged: CandidateCheck = {
  id: 'unchanged',
  version: 1,
  severity: 'flag',
  description: 'The refined response is the original one, apart from whitespace.',
  reads: 'candidate',
  find: ({ candidate, example }) =>
    candidate.trim() !== '' && hasSameWords(candidate, example.response)
      ? [{ message: 'The text is the same as the original response.' }]
      : [],
};

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
