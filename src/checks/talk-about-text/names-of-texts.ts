import { genreOf, singular } from '../request/genres.js';
import type { Request } from '../request/request.js';
import { setOf } from './word-set.js';

/** What a model hands over, whatever the instruction asked for. */
const DELIVERIES = setOf(
  'answer response reply output solution version revision rewrite rendition draft submission explanation composition text content approach',
);
/** What nothing but an answer is called. */
export const ANSWERS = setOf('answer response');
/** What an answer may be called, but much else in the world as well: `a modified approach`. */
const MEANS = setOf('solution approach content output composition method process plan system');
/** What an answer may be called for what it does to its subject. */
export const RENDERINGS = setOf(
  'overview exploration breakdown expansion account portrayal depiction treatment exposition examination',
);
/** Parts of works, which one speaks about as one does about the work. */
const PARTS = setOf(
  'character protagonist antagonist plot setting dialogue narrative ending resolution conclusion introduction opening beginning middle ' +
    'body stanza verse chorus bridge lyric imagery language tone rhyme theme title paragraph section structure conflict climax storyline ' +
    'description scene storytelling pacing wording detail thesis argument vocabulary melody reader audience listener ' +
    'example explanation information instrumentation metaphor anecdote quote statistic episode transition hook element',
);

/** Whether a noun means the work that was asked for, or what was handed over in its place. */
export function namesWork(word: string, request: Request): boolean {
  return namesAnswer(word, request) || (!request.tellsOfTexts && genreOf(word) !== null);
}

/** The same, without the nouns for works of other kinds. */
export function namesAnswer(word: string, request: Request): boolean {
  const noun = singular(word);
  // In a story about a writer, or a letter that goes with a report, other texts belong to what is told.
  return request.nouns.has(noun) || (request.tellsOfTexts ? ANSWERS : DELIVERIES).has(noun);
}

export function isMeans(word: string, request: Request): boolean {
  return MEANS.has(singular(word)) && !request.nouns.has(singular(word));
}

export function namesPart(word: string, request: Request): boolean {
  return (!request.tellsOfTexts && PARTS.has(singular(word))) || namesWork(word, request);
}
