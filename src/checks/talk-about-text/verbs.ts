import { setOf } from './word-set.js';

/** Verbs and adverbs with which one says how good something is. */
export const JUDGING = setOf(
  'lacks lacked lacking fails failed misses missing falls needs need feels seems appears deserves suffers is are was does did do could ' +
    "doesn't isn't effectively successfully adequately accurately clearly sufficiently lack fail",
);
/** What a text is found to be, or to have too little of. */
export const VALUES = setOf(
  'well-written lacking unclear vague repetitive generic incomplete irrelevant rushed disjointed abrupt inaccurate incorrect lacks ' +
    'underdeveloped simplistic confusing insufficient inconsistent effectively adequately sufficiently successfully clear relevant helpful ' +
    'accurate coherent depth detail align concise missing improved',
);
/** Verbs that say what may or should be. */
export const MODALS = setOf('should could would must might may can needs need ought shall');

/** Those that demand. */
export const DEMANDS = setOf('should must needs need ought shall');

/** Verbs that order something to be written, whatever follows. */
export const WRITING = setOf(
  'discuss describe explain highlight emphasize emphasise define outline mention conclude elaborate expand examine analyze analyse summarize ' +
    'summarise explore introduce present illustrate argue state restate reiterate underscore delve showcase detail incorporate depict convey ' +
    'evoke acknowledge include provide address infuse portray',
);
/** Verbs that order something to be written when what follows is part of a text. */
export const HANDLING = setOf(
  'add use utilize offer consider ensure enhance start begin end clarify craft create give focus avoid maintain capture establish structure ' +
    'organize write compare support integrate employ share touch reflect make build keep set show mix vary experiment encourage paint choose ' +
    'identify specify cite reference revise refine improve replace develop',
);

/** Verbs with which one tells what a text does. */
export const TELLING = setOf(
  'explores explore follows begins delves delve highlights highlight aims covers cover provides provide offers offer depicts captures ' +
    'capture emphasizes emphasize emphasises unfolds ends concludes showcases showcase serves features focuses discusses discuss examines ' +
    'examine outlines outline details tells centers centres revolves portrays reflects reflect conveys convey illustrates presents present ' +
    'addresses describes culminates opens starts includes include consists encourages evokes builds takes introduces weaves blends intertwines ' +
    'transports invites seeks argues analyzes analyze analyses traces traced depicts chronicles narrates recounts celebrates touches ensures gives ' +
    'designed structured crafted depicted divided intended concluded delved explored highlighted',
);

/** Words that open a phrase before the main clause. */
export const PREPOSITIONS = setOf('by to in with while through throughout for at from when although overall');
/** Before these the subject has ended. */
export const SUBJECT_ENDS = setOf('is are was were has had have of who that which');

/** `The speech provided evidence` has its verb already. */
export function isPredicate(word = 'is'): boolean {
  return (
    JUDGING.has(word) ||
    TELLING.has(word) ||
    MODALS.has(word) ||
    PREPOSITIONS.has(word) ||
    SUBJECT_ENDS.has(word)
  );
}
