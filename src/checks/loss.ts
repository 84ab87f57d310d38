import { shorten } from '../errors.js';
import { type DetailKind, ITEMS, LINKS, NAMES, NUMBERS } from '../text/details.js';
import { differInLanguage } from '../text/language.js';
import { keptShare } from '../text/overlap.js';
import type { TextView } from '../text/text-view.js';
import { type CandidateSubject, candidateCheck, type Observation, type ThresholdValues } from './check.js';
import { allowsBrevity, compareWithRequest, hasAskedCount } from './request/brevity.js';

/** Fewer meaningful words say too little about how much is left of them. */
const FEWEST_CONTENT_WORDS = 40;
/** How many of the details that are gone a message names. */
const EXAMPLES = 3;
/** In characters. */
const EXAMPLE_LENGTH = 40;

type ThresholdName = 'kept' | 'keptOfSameLength' | 'gone' | 'details' | 'shorter';

/** Much of what the original said is gone. */
export const contentLost = candidateCheck<ThresholdName>({
  id: 'content_lost',
  version: 1,
  severity: 'flag',
  description:
    'Much of what the original says is gone: its content altogether, or its numbers, names, links or list items.',
  thresholds: {
    kept: {
      default: 0.2,
      description:
        "Less than this share of the original's content words is flagged when the text is also shorter.",
    },
    keptOfSameLength: {
      default: 0.1,
      description:
        "Less than this share of the original's content words is flagged whatever the text's length.",
    },
    gone: { default: 0.5, description: 'The share of the details of one kind that has to be gone.' },
    details: {
      default: 3,
      description: 'The fewest details of one kind that have to be gone; of links one will do.',
    },
    shorter: {
      default: 0.7,
      description:
        "Details that are gone are flagged below this share of the original's words, and noted above.",
    },
  },
  find: (subject, thresholds) => {
    if (subject.refined.wordCount === 0) return [];
    const lost = findLostContent(subject, thresholds);
    const observations = lost === null ? findLostDetails(subject, thresholds) : [lost];
    if (observations.length === 0) return [];
    // Words in another language are not lost, but translated.
    if (differInLanguage(subject.original.writtenIn, subject.refined.writtenIn)) return [];
    const isMild =
      compareWithRequest(subject) === 'nearer' ||
      allowsBrevity(subject) ||
      (isProgram(subject.original.own) && isProgram(subject.refined));
    return isMild ? observations.map((observation) => ({ ...observation, severity: 'note' })) : observations;
  },
});

/** Of a program that was written anew, other names and other numbers are to be expected. */
function isProgram({ code, raw }: TextView): boolean {
  return code.reduce((sum, { start, end }) => sum + end - start, 0) * 2 > raw.length;
}

function findLostContent(
  { refined, original: { own: original } }: CandidateSubject,
  { kept, keptOfSameLength }: ThresholdValues<ThresholdName>,
): Observation | null {
  const share = keptShare(original, refined);
  const least = refined.wordCount < original.wordCount * MUCH_SHORTER ? kept : keptOfSameLength;
  if (share >= least) return null;
  const contentWords = [...original.content.values()].reduce((sum, count) => sum + count, 0);
  if (contentWords < FEWEST_CONTENT_WORDS) return null;
  return {
    message: `Hardly anything of the original response is left: ${Math.round(share * 100)} % of its content words.`,
  };
}

/** Rewording alone makes a text that much shorter. */
const MUCH_SHORTER = 0.8;

function findLostDetails(
  subject: CandidateSubject,
  { gone, details, shorter }: ThresholdValues<ThresholdName>,
): Observation[] {
  const { refined, original } = subject;
  const isShorter = refined.wordCount < original.own.wordCount * shorter;
  const kinds: readonly (readonly [kind: DetailKind, least: number, isGrave: boolean])[] = [
    [ITEMS, details, isShorter],
    [NUMBERS, details, isShorter],
    [NAMES, details, isShorter],
    [LINKS, 1, false],
  ];
  return kinds.flatMap(([kind, least, isGrave]) => {
    // Of a list that was too long, some items had to go.
    if (kind === ITEMS && hasAskedCount(subject)) return [];
    const all = kind.find(original.own);
    const isLeft = kind.lookIn(refined);
    const lost = all.filter((detail) => !isLeft(detail));
    if (lost.length < least || lost.length < all.length * gone) return [];
    return [{ message: tellOf(kind, lost, all.length), ...(!isGrave && { severity: 'note' }) }];
  });
}

function tellOf({ singular, plural }: DetailKind, lost: readonly string[], all: number): string {
  const examples = lost.slice(0, EXAMPLES).map((detail) => shorten(detail, EXAMPLE_LENGTH));
  const others = lost.length > EXAMPLES ? ' and others' : '';
  const are = lost.length === 1 ? 'is' : 'are';
  return `${lost.length} of ${all} ${all === 1 ? singular : plural} of the original ${are} gone: ${examples.join(', ')}${others}.`;
}
