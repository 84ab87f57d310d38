import { readWords } from '../../text/words.js';
import type { Request } from '../request/request.js';
import { namesPart } from './names-of-texts.js';
import {
  DEMANDS,
  HANDLING,
  JUDGING,
  MODALS,
  PREPOSITIONS,
  SUBJECT_ENDS,
  TELLING,
  VALUES,
  WRITING,
} from './verbs.js';
import { speaksOfVersions } from './version-talk.js';
import { setOf } from './word-set.js';

/**
 * What a sentence does that speaks about a text instead of being part of one.
 *
 * - `version` sets one version of the text against another: `This revised answer`, `the story provided`
 * - `judgement` says how good a text is: `The story lacks depth`
 * - `prescription` says what a text should contain: `The song should capture`, `Include vivid imagery`
 * - `description` tells what a text does: `The story follows`, `This essay will explore`
 */
export type Talk = 'version' | 'judgement' | 'prescription' | 'description';

/** What is announced instead of done: `Case studies will be discussed.` */
const PROMISED = setOf(
  'presented explored discussed examined analyzed analysed outlined highlighted illustrated described',
);
/** Up to four words and a colon; what announces something (`Here is the answer:`) is no label. */
const LABEL =
  /^[*_"'\s]{0,4}(?![Hh]ere|[Tt]his|[Tt]hese|[Bb]elow|[Tt]he)[\p{L}\d][^\s:.!?]{0,30}(?:\s[^\s:.!?]{1,30}){0,3}[:–][*_\s]{1,4}(?=\p{Lu})/u;

/** The words of a sentence behind a label such as `Structure:`. */
export function wordsBehindLabel(sentence: string): string[] {
  const label = LABEL.exec(sentence);
  return readWords(sentence.slice(label?.[0].length ?? 0, 500));
}

/**
 * How a sentence speaks about a text; null when it does not.
 *
 * @param goesOn whether the sentence before it spoke about a text, so that `it` means that text
 */
export function talkOf(sentence: string, request: Request, goesOn = false): Talk | null {
  const words = wordsBehindLabel(sentence);
  if (speaksOfVersions(words, request)) return 'version';
  const talk =
    talkOfClause(words, request, goesOn) ?? talkOfClause(mainClause(sentence, words), request, goesOn);
  return talk ?? (isOrder(words, request) ? 'prescription' : null);
}

/** Words before a `that` which carries the sentence: `it is important to note that the story should`. */
const INTRODUCING_THAT = setOf('note ensure important remember clear evident suggested recommended');

/** What follows `By adding these details,` or `It is important that`; empty when a sentence begins with neither. */
function mainClause(sentence: string, words: readonly string[]): readonly string[] {
  const comma = PREPOSITIONS.has(words[0] ?? '') ? sentence.indexOf(', ') : 0;
  if (comma === -1) return [];
  const clause = comma === 0 ? words : readWords(sentence.slice(comma, comma + 300));
  const that = clause.indexOf('that');
  if (INTRODUCING_THAT.has(clause[that - 1] ?? '')) return clause.slice(that + 1);
  return comma === 0 ? [] : clause;
}

function talkOfClause(words: readonly string[], request: Request, goesOn: boolean): Talk | null {
  if (words[0] === 'we' && words[1] === 'will' && TELLING.has(words[2] ?? '')) return 'description';
  const promise = words.indexOf('will');
  if (words[promise + 1] === 'be' && PROMISED.has(words[promise + 2] ?? '')) return 'description';
  const subject = findSubject(words, request, goesOn);
  if (subject === null) return null;
  const { place, isKnown } = subject;
  const after = words.slice(place + 1, place + 8);
  // `The verse that should have filled the gap` has its verb farther on.
  if (RELATIVE.has(after[0] ?? '')) return null;
  // `A story should` prescribes; `a story could be` may be the answer to a question about stories.
  if (after.some((word, index) => (isKnown ? MODALS : DEMANDS).has(word) && !isNoun(after, index)))
    return 'prescription';
  if (after.some((word, index) => JUDGING.has(word) && judges(words, place + 1 + index))) return 'judgement';
  return after.slice(0, 5).some((word) => TELLING.has(word)) ? 'description' : null;
}

/** `The need for`, `in May`: no verb. */
function isNoun(words: readonly string[], place: number): boolean {
  return /^(?:the|a|an|in|of|no|their|his|her|its|our|your|for)$/.test(words[place - 1] ?? '');
}

function judges(words: readonly string[], verb: number): boolean {
  const first = words[verb] ?? '';
  if (/^(?:lack|fail|miss|fall|suffer|deserve)/.test(first)) return true;
  return words.slice(verb, verb + 9).some((word) => VALUES.has(word));
}

const LINKS = setOf(
  'additionally furthermore however overall moreover also finally in then lastly similarly thus therefore',
);
const DEFINITE = setOf('the this these its your our that both all such each every');
const INDEFINITE = setOf('a an there');

const RELATIVE = setOf('that which who whose');

interface Subject {
  /** Of its noun, among the words. */
  readonly place: number;
  /** Whether it is the text at hand, not any text of its kind. */
  readonly isKnown: boolean;
}

/** The subject of a clause, such as `The second verse`, when it is a text or part of one; null when it is something else. */
function findSubject(words: readonly string[], request: Request, goesOn: boolean): Subject | null {
  const from = LINKS.has(words[0] ?? '') ? 1 : 0;
  const first = words[from] ?? '';
  if (first === 'it') return goesOn ? { place: from, isKnown: true } : null;
  const isKnown = DEFINITE.has(first);
  if (!isKnown && !INDEFINITE.has(first)) return null;
  for (let place = from + 1; place < Math.min(words.length, from + 6); place++) {
    const word = words[place] ?? '';
    if (namesPart(word, request)) return { place, isKnown };
    if (MODALS.has(word) || SUBJECT_ENDS.has(word)) return null;
  }
  return null;
}

/** Whether a sentence orders something to be written: `Include vivid imagery`, `Adding a title would improve the poem`. */
function isOrder(words: readonly string[], request: Request): boolean {
  // Guidance consists of orders itself, and so do questions for an interview.
  if (request.genre === null || request.asksForAdvice || request.nouns.has('question')) return false;
  const at = /ly$/.test(words[0] ?? '') || words[0] === 'furthermore' ? 1 : 0;
  const verb = words[at] ?? '';
  const namesPartNear = words.slice(at + 1, at + 11).some((word) => namesPart(word, request));
  if (WRITING.has(verb)) return request.genre !== 'list' || namesPartNear;
  if (request.genre === 'list') return verb === 'consider' && namesPartNear;
  if (HANDLING.has(verb)) return namesPartNear;
  const isHandled =
    /ing$/.test(verb) && infinitivesOf(verb).some((one) => HANDLING.has(one) || WRITING.has(one));
  return isHandled && namesPartNear && words.slice(at, at + 18).some((word) => MODALS.has(word));
}

/** What a verb in -ing may come from: `adding`, `including`, `setting`. */
function infinitivesOf(verb: string): readonly string[] {
  const stem = verb.slice(0, -3);
  return [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')];
}
