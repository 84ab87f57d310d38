import type { CandidateCheck } from './check.js';

/** A NUL, or half a surrogate pair: neither can be stored in a text file of UTF-8. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text holds characters that no dataset can carry; readers of the training set would refuse the row. */
export const encoding: CandidateCheck = {
  id: 'encoding',
  version: 1,
  severity: 'fail',
  description:
    'The refined response holds a NUL character or half a surrogate pair, which no dataset can carry.',
  reads: 'candidate',
  find: ({ candidate }) =>
    [...candidate.matchAll(UNSTORABLE)].map(({ 0: character, index: start }) => ({
      message:
        character === '\0'
          ? 'The text holds a NUL character.'
          : `The text holds half a surrogate pair (U+${character.charCodeAt(0).toString(16).toUpperCase()}).`,
      start,
      end: start + 1,
    })),
};
