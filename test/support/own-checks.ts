import { CHECKS } from '../../src/checks/index.js';

/** Switches every check of the catalogue off, so that a test sees what it scripts and nothing else. */
export const ALL_OFF: Readonly<Record<string, 'off'>> = Object.fromEntries(
  CHECKS.map(({ id }) => [id, 'off']),
);

/** What a module of the tests says otherwise. */
export interface OwnChecks {
  readonly version?: number;
  /** The word that is flagged. */
  readonly flagged?: string;
  /** Source of the function `find`, in the place of the one that looks for words. */
  readonly find?: string;
}

/**
 * The source of a checks file whose only check, `word`, fails texts with the word FAIL, flags those with FLAG and notes
 * NOTE, each where it stands.
 */
export function ownChecks({ version = 1, flagged = 'FLAG', find = FIND_WORDS }: OwnChecks = {}): string {
  return `const words = { fail: 'FAIL', flag: '${flagged}', note: 'NOTE' };
export default {
  severity: ${JSON.stringify(ALL_OFF)},
  checks: [
    {
      id: 'word',
      version: ${version},
      severity: 'fail',
      description: 'A word stands in the refined response.',
      reads: 'candidate',
      find: ${find},
    },
  ],
};
`;
}

const FIND_WORDS = `({ candidate }) =>
        Object.entries(words).flatMap(([severity, word]) => {
          const start = candidate.indexOf(word);
          return start === -1
            ? []
            : [{ message: 'The word ' + word + '.', start, end: start + word.length, severity }];
        })`;
