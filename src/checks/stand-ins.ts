import { type CandidateCheck, type CandidateSubject, candidateCheck, type Observation } from './check.js';
import { isWork } from './request/genres.js';
import { type Request, readRequest } from './request/request.js';
import type { Talk } from './talk-about-text/sentence-talk.js';
import { profileTalk, type TalkingSentence } from './talk-about-text/talk-profile.js';

const ALL: readonly Talk[] = ['version', 'judgement', 'prescription', 'description'];

/** A text about the work, found in the place of the work. */
interface StandIn {
  readonly kind: Talk;
  /** Share of the words that speak about the text, beyond what the original had of that. */
  readonly share: number;
  readonly first: TalkingSentence;
}

/** The shares of a text's words from which on it stands in for a work, an essay, or anything else. */
interface Limits {
  readonly inWorks: number;
  readonly inEssays: number;
  readonly inOthers: number;
  readonly certain: number;
}

const LIMITS = {
  inWorks: {
    default: 0.2,
    description:
      'Share of the words that speak about the text, more than in the original, where a story, poem, play, letter, speech or code is asked for.',
  },
  inEssays: { default: 0.3, description: 'The same where an essay, article or report is asked for.' },
  inOthers: { default: 0.4, description: 'The same for any other request.' },
  certain: {
    default: 0.6,
    description: 'The same share from which on it is certain; below, the finding is a flag.',
  },
};

/** One sentence is not enough to tell by, unless it is so long. */
const ENOUGH_WORDS = 25;

/** What counts as talk about the text: an answer that is asked to judge or to advise does so rightly. */
function countedTalk({ genre, judgesText, isAboutText }: Request, hasCode: boolean): readonly Talk[] {
  if (judgesText && !isWork(genre)) return ['version'];
  if (isAboutText && genre === 'essay') return ['version', 'prescription'];
  if (genre === null || genre === 'guidance') return ['version', 'judgement'];
  if (genre !== 'code') return ALL;
  // Whoever hands over code may say what it does, and a design in words says what the program should do.
  return hasCode ? ['version', 'judgement', 'prescription'] : ['version', 'judgement'];
}

/** Finds out whether a text mostly speaks about the work that was asked for, and in which way. */
function findStandIn({ instruction, refined, original }: CandidateSubject, limits: Limits): StandIn | null {
  const request = readRequest(instruction);
  const kinds = countedTalk(request, original.code.length > 0);
  const profile = profileTalk(refined, request);
  const counted = profile.sentences.filter(({ talk }) => kinds.includes(talk));
  const [first] = counted;
  if (first === undefined) return null;
  const share = profile.share(...kinds) - profileTalk(original, request).share(...kinds);
  const limit = isWork(request.genre)
    ? limits.inWorks
    : request.genre === 'essay'
      ? limits.inEssays
      : limits.inOthers;
  const isBrief = counted.length < 2 && refined.wordCount < ENOUGH_WORDS;
  if (share < limit || (isBrief && first.talk !== 'version')) return null;
  return { kind: dominant(profile.share), share, first };
}

/** Judging and comparing go together; of the rest, the kind with the most words. */
function dominant(share: (...kinds: readonly Talk[]) => number): Talk {
  const judged = share('version', 'judgement');
  const prescribed = share('prescription');
  const described = share('description');
  if (share('judgement') > 0.1 || judged >= Math.max(prescribed, described)) return 'judgement';
  return prescribed >= described ? 'prescription' : 'description';
}

function observe(kind: Talk, what: string): CandidateCheck<keyof Limits>['find'] {
  return (subject, limits): readonly Observation[] => {
    const standIn = findStandIn(subject, limits);
    if (standIn === null || standIn.kind !== kind) return [];
    const { share, first } = standIn;
    const percent = Math.round(Math.min(1, share) * 100);
    return [
      {
        message: `${what} (${percent} % of its words speak about the text).`,
        start: first.start,
        end: first.end,
        ...(share < limits.certain && { severity: 'flag' as const }),
      },
    ];
  };
}

/** The old response is judged, and nothing is put in its place. */
export const critiqueOnly = candidateCheck({
  id: 'critique_only',
  version: 1,
  severity: 'fail',
  description: 'The text judges a response in the place of giving one.',
  thresholds: LIMITS,
  find: observe('judgement', 'The text judges or compares responses and does not deliver what was asked for'),
});

/** Advice on how to write the text. */
export const adviceOnly = candidateCheck({
  id: 'advice_only',
  version: 1,
  severity: 'fail',
  description: 'The text says what the work should contain in the place of being it.',
  thresholds: LIMITS,
  find: observe('prescription', 'The text says what should be written and does not deliver it'),
});

/** The text is told about. */
export const synopsisOnly = candidateCheck({
  id: 'synopsis_only',
  version: 1,
  severity: 'flag',
  description: 'The text tells about the work in the place of being it.',
  thresholds: LIMITS,
  find: observe('description', 'The text tells about the work and does not deliver it'),
});
