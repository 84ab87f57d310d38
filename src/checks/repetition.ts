import { shorten } from '../errors.js';
import {
  findLongestCycle,
  type Repeats,
  readRepeatedEntries,
  readRepeatedSentences,
} from '../text/repetition.js';
import { isVerse } from '../text/verse.js';
import { type CandidateSubject, candidateCheck, type Observation, type ThresholdValues } from './check.js';

type ThresholdName = 'rounds' | 'words' | 'verseRounds' | 'sentencesShare' | 'entriesShare' | 'repeats';

/** The model got caught in a loop: it says the same again and again. */
export const loop = candidateCheck<ThresholdName>({
  id: 'loop',
  version: 1,
  severity: 'fail',
  description: 'The refined response says the same over and over, and the original does not.',
  thresholds: {
    rounds: { default: 4, description: 'How often the same words have to follow each other.' },
    words: { default: 24, description: 'The fewest words of all rounds together.' },
    verseRounds: { default: 10, description: 'How often they have to in verse, which has refrains.' },
    sentencesShare: {
      default: 0.25,
      description:
        'The share of the text in sentences that stood there before; half of it counts for the original.',
    },
    entriesShare: {
      default: 0.15,
      description: 'The share of the entries of a long enumeration that stood there before.',
    },
    repeats: { default: 4, description: 'The fewest sentences or entries that stood there before.' },
  },
  find: (subject, thresholds) => {
    const observation =
      findRun(subject.candidate, subject.example.response) ??
      findCycle(subject, thresholds) ??
      findRepeats(subject, thresholds);
    return observation === null ? [] : [observation];
  },
});

/** One character over and over; rules, leaders and blanks to fill in are made of some. */
const RUN = /([^\s\-=_.·…*#~+|─━═])\1{59,}/u;

function findRun(candidate: string, response: string): Observation | null {
  const match = RUN.exec(candidate);
  if (match === null || RUN.test(response)) return null;
  const { 0: run, 1: character = '', index } = match;
  const message = `The character ${shorten(character)} stands there ${run.length / character.length} times running.`;
  return { message, start: index, end: index + run.length, severity: 'flag' };
}

function findCycle(
  { refined, original, instruction }: CandidateSubject,
  { rounds, words, verseRounds }: ThresholdValues<ThresholdName>,
): Observation | null {
  const cycle = findLongestCycle(refined);
  if (cycle === null || cycle.length < words || !cycle.words.some((word) => /\p{L}/u.test(word))) return null;
  const inVerse = ASKS_FOR_VERSE.test(instruction.raw) || isVerse(refined) || isVerse(original);
  if (cycle.rounds < (inVerse ? verseRounds : rounds)) return null;
  // What repeats itself in the original as well is meant to.
  if ((findLongestCycle(original)?.length ?? 0) * 2 >= cycle.length) return null;
  const { start, end } = cycle;
  const message = `The words ${shorten(cycle.words.join(' '))} stand there ${cycle.rounds} times running.`;
  return { message, start, end, ...(inVerse && { severity: 'flag' }) };
}

const ASKS_FOR_VERSE =
  /\b(?:songs?|poems?|poetry|lyrics?|rap|chant|rhymes?|verses?|haikus?|jingle|mantra|prayer|hymn|ballad|lullaby|sonnet|limerick|repeat(?:ed|edly|ing)?|times)\b/i;

function findRepeats(
  { refined, original, instruction }: CandidateSubject,
  { sentencesShare, entriesShare, repeats }: ThresholdValues<ThresholdName>,
): Observation | null {
  if (ASKS_FOR_VERSE.test(instruction.raw) || isVerse(refined)) return null;
  return (
    compare('sentences', readRepeatedSentences, sentencesShare) ??
    compare('entries', readRepeatedEntries, entriesShare)
  );

  function compare(what: string, read: (text: typeof refined) => Repeats, most: number): Observation | null {
    const { share, count, commonest } = read(refined);
    if (count < repeats || share < most || share - read(original).share < most / 2) return null;
    const place = refined.raw.indexOf(commonest);
    const message = `${count} ${what} stand there again, most often ${shorten(commonest)}.`;
    return {
      message,
      severity: 'flag',
      ...(place !== -1 && { start: place, end: place + commonest.length }),
    };
  }
}
