import { readWords } from '../../text/words.js';
import { genreOf, singular } from '../request/genres.js';
import type { Request } from '../request/request.js';

/**
 * What a sentence does that speaks about a text instead of being part of one.
 *
 * - `version` sets one version of the text against another: `This revised answer`, `the story provided`
 * - `judgement` says how good a text is: `The story lacks depth`
 * - `prescription` says what a text should contain: `The song should capture`, `Include vivid imagery`
 * - `description` tells what a text does: `The story follows`, `This essay will explore`
 */
export type Talk = 'version' | 'judgement' | 'prescription' | 'description';

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** What is announced instead of done: `Case studies will be discussed.` */
const PROMISED = setOf(
  'presented explored discussed examined analyzed analysed outlined highlighted illustrated described',
);
/** What a model hands over, whatever the instruction asked for. */
const DELIVERIES = setOf(
  'answer response reply output solution version revision rewrite rendition draft submission explanation composition text content approach',
);
/** What nothing but an answer is called. */
const ANSWERS = setOf('answer response');
/** What an answer may be called, but much else in the world as well: `a modified approach`. */
const MEANS = setOf('solution approach content output composition method process plan system');
/** What an answer may be called for what it does to its subject. */
export const RENDERINGS = setOf(
  'overview exploration breakdown expansion account portrayal depiction treatment exposition examination',
);
/** What a model was handed; to speak of it is to speak of the task. */
const TASKS = setOf('instruction prompt task request input requirement');
/** Parts of works, which one speaks about as one does about the work. */
const PARTS = setOf(
  'character protagonist antagonist plot setting dialogue narrative ending resolution conclusion introduction opening beginning middle ' +
    'body stanza verse chorus bridge lyric imagery language tone rhyme theme title paragraph section structure conflict climax storyline ' +
    'description scene storytelling pacing wording detail thesis argument vocabulary melody reader audience listener ' +
    'example explanation information instrumentation metaphor anecdote quote statistic episode transition hook element',
);

const CHANGED = setOf(
  'revised improved enhanced refined rewritten reworked updated expanded edited modified corrected upgraded polished restructured better',
);
const EARLIER = setOf('original previous initial earlier prior provided existing current given above first');
/** What was done to a text since it was last seen. */
const REVISIONS = setOf(
  'improvement enhancement change addition revision modification adjustment refinement edit additional',
);
const ASSESSING = setOf('reviewing analyzing analysing examining evaluating assessing reading considering');
const IMPROVE = setOf('improve enhance strengthen refine revise elevate better enrich make');

const JUDGING = setOf(
  'lacks lacked lacking fails failed misses missing falls needs need feels seems appears deserves suffers is are was does did do could ' +
    "doesn't isn't effectively successfully adequately accurately clearly sufficiently lack fail",
);
const VALUES = setOf(
  'well-written lacking unclear vague repetitive generic incomplete irrelevant rushed disjointed abrupt inaccurate incorrect lacks ' +
    'underdeveloped simplistic confusing insufficient inconsistent effectively adequately sufficiently successfully clear relevant helpful ' +
    'accurate coherent depth detail align concise missing improved',
);
const MODALS = setOf('should could would must might may can needs need ought shall');

/** Those that demand. */
const DEMANDS = setOf('should must needs need ought shall');

/** Verbs that order something to be written, whatever follows. */
const WRITING = setOf(
  'discuss describe explain highlight emphasize emphasise define outline mention conclude elaborate expand examine analyze analyse summarize ' +
    'summarise explore introduce present illustrate argue state restate reiterate underscore delve showcase detail incorporate depict convey ' +
    'evoke acknowledge include provide address infuse portray',
);
/** Verbs that order something to be written when what follows is part of a text. */
const HANDLING = setOf(
  'add use utilize offer consider ensure enhance start begin end clarify craft create give focus avoid maintain capture establish structure ' +
    'organize write compare support integrate employ share touch reflect make build keep set show mix vary experiment encourage paint choose ' +
    'identify specify cite reference revise refine improve replace develop',
);

/** Verbs with which one tells what a text does. */
const TELLING = setOf(
  'explores explore follows begins delves delve highlights highlight aims covers cover provides provide offers offer depicts captures ' +
    'capture emphasizes emphasize emphasises unfolds ends concludes showcases showcase serves features focuses discusses discuss examines ' +
    'examine outlines outline details tells centers centres revolves portrays reflects reflect conveys convey illustrates presents present ' +
    'addresses describes culminates opens starts includes include consists encourages evokes builds takes introduces weaves blends intertwines ' +
    'transports invites seeks argues analyzes analyze analyses traces traced depicts chronicles narrates recounts celebrates touches ensures gives ' +
    'designed structured crafted depicted divided intended concluded delved explored highlighted',
);

/** Up to four words and a colon; what announces something (`Here is the answer:`) is no label. */
const LABEL =
  /^[*_"'\s]{0,4}(?![Hh]ere|[Tt]his|[Tt]hese|[Bb]elow|[Tt]he)[\p{L}\d][^\s:.!?]{0,30}(?:\s[^\s:.!?]{1,30}){0,3}[:–][*_\s]{1,4}(?=\p{Lu})/u;

/** The words of a sentence behind a label such as `Structure:`. */
export function wordsBehindLabel(sentence: string): string[] {
  const label = LABEL.exec(sentence);
  return readWords(sentence.slice(label?.[0].length ?? 0, 500));
}

/** Whether a noun means the work that was asked for, or what was handed over in its place. */
export function namesWork(word: string, request: Request): boolean {
  return namesAnswer(word, request) || (!request.tellsOfTexts && genreOf(word) !== null);
}

/** The same, without the nouns for works of other kinds. */
function namesAnswer(word: string, request: Request): boolean {
  const noun = singular(word);
  // In a story about a writer, or a letter that goes with a report, other texts belong to what is told.
  return request.nouns.has(noun) || (request.tellsOfTexts ? ANSWERS : DELIVERIES).has(noun);
}

function isMeans(word: string, request: Request): boolean {
  return MEANS.has(singular(word)) && !request.nouns.has(singular(word));
}

function namesPart(word: string, request: Request): boolean {
  return (!request.tellsOfTexts && PARTS.has(singular(word))) || namesWork(word, request);
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

const PREPOSITIONS = setOf('by to in with while through throughout for at from when although overall');
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
/** Before these the subject has ended. */
const SUBJECT_ENDS = setOf('is are was were has had have of who that which');

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

/** `The speech provided evidence` has its verb already. */
function isPredicate(word = 'is'): boolean {
  return (
    JUDGING.has(word) ||
    TELLING.has(word) ||
    MODALS.has(word) ||
    PREPOSITIONS.has(word) ||
    SUBJECT_ENDS.has(word)
  );
}

/** What a verb in -ing may come from: `adding`, `including`, `setting`. */
function infinitivesOf(verb: string): readonly string[] {
  const stem = verb.slice(0, -3);
  return [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')];
}

/** Whether a sentence sets a text against another version of it, or against the task. */
export function speaksOfVersions(words: readonly string[], request: Request): boolean {
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const before = words[place - 1] ?? '';
    if (CHANGED.has(word) && /^(?:this|the|a|an|here's|is|my|our|following|these)$/.test(before)) {
      const reach = words.slice(place + 1, place + 4);
      if (
        word === 'better'
          ? namesAnswer(reach[0] ?? '', request) && !isMeans(reach[0] ?? '', request)
          : reach.some(
              (noun) => RENDERINGS.has(noun) || (namesWork(noun, request) && !isMeans(noun, request)),
            )
      )
        return true;
    }
    if (
      EARLIER.has(word) &&
      (before === 'the' || before === 'your') &&
      !request.words.includes(` ${word} ${words[place + 1]} `)
    ) {
      const noun = singular(words[place + 1] ?? '');
      // Who is asked about a text has one before him.
      if (request.judgesText && !ANSWERS.has(noun)) continue;
      if (namesAnswer(noun, request) || (TASKS.has(noun) && word !== 'first')) return true;
    }
    // `By making these improvements`, `these additional details`
    if (word === 'these' && REVISIONS.has(singular(words[place + 1] ?? '')) && /ing$/.test(before))
      return true;
    // `the story provided does not`
    if (
      word === 'provided' &&
      namesWork(before, request) &&
      words[place - 2] === 'the' &&
      isPredicate(words[place + 1])
    )
      return true;
    if (word === 'upon' && ASSESSING.has(words[place + 1] ?? ''))
      return words.slice(place + 2, place + 6).some((noun) => namesWork(noun, request));
    if (place <= 3 && before === 'to' && IMPROVE.has(word)) {
      const reach = words.slice(place + 1, place + 6);
      if (reach.some((noun) => namesAnswer(noun, request)) && (word !== 'make' || reach.includes('more')))
        return true;
    }
    if (
      word === 'to' &&
      words[place + 1] === 'create' &&
      /^(?:a|an)$/.test(words[place + 2] ?? '') &&
      /^(?:more|better)$/.test(words[place + 3] ?? '') &&
      words.slice(place + 4, place + 9).some((noun) => namesWork(noun, request))
    )
      return true;
  }
  return false;
}
