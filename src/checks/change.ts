import type { CandidateCheck } from './check.js';

/** The model handed the original back. */
export const unchanged: CandidateCheck = {
  id: 'unchanged',
  version: 1,
  severity: 'flag',
  description: 'The refined response is the original one, apart from whitespace.',
  reads: 'candidate',
  find: ({ candidate, example }) => {
    const text = collapseWhitespace(candidate);
    return text !== '' && text === collapseWhitespace(example.response)
      ? [{ message: 'The text is the same as the original response.' }]
      : [];
  },
};

function collapseWhitespace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
