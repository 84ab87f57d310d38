import type { AskedAmount } from './amounts.js';
import { NUMBER, readNumber } from './numbers.js';

const MAKE =
  'list|name|give|provide|generate|suggest|identify|describe|write|create|come up with|brainstorm|propose|outline|recommend|make|compile|find|mention|state|share|offer|think of|develop|devise|compose|produce|tell|present|prepare|formulate|explain|compute|design|invent|draft|output|return|show|cite|construct|build|enumerate|discuss|pick|choose|select|specify|imagine|what are|i need|i want';
const COLLECTION =
  '(?:(?:comprehensive|complete|short|brief|detailed|numbered|bulleted|bullet|simple|creative|ranked|ordered|diverse) ){0,2}(?:list|set|series|collection|catalog(?:ue)?|selection|sequence|outline|table|quiz|survey|questionnaire|test) (?:of|with|containing|consisting of|that (?:contains|includes|has))';
const ITEMS = new RegExp(
  String.raw`(?:^|[.!?:;,] |\b(?:please|can you|could you|to|and|then) )(?:${MAKE})(?: (?:me|us|him|her|them))?(?: (?:an?|the|your) ${COLLECTION})?(?: (?:at least|about|around|approximately|roughly|exactly|some|up to|the|my|your|your own))?(?: (?:top|best|main|following))? (?<low>${NUMBER})(?: ?(?:-|–|to|or) ?(?<high>${NUMBER}))? (?<things>(?:[\p{L}'’-]{2,20} ){0,4}?[\p{L}'’-]{2,20}s)\b`,
  'iu',
);
/** What is counted otherwise, or measures something. */
const MEASURE =
  /\b(?:words?|characters|letters|sentences?|paragraphs?|lines?|stanzas|verses|pages|syllables|digits|numbers|seconds|minutes?|hours?|days?|weeks?|months?|years?|columns?|rows?|times|percents?|dollars|players|others)$/i;

/** Reads how many things of a kind the instruction wants listed: `Name ten rivers`, `a list of 5 tips`. */
export function readAskedItems(instruction: string): AskedAmount | null {
  const match = ITEMS.exec(instruction.slice(0, 400));
  const { low = '', high = low, things = '' } = match?.groups ?? {};
  const min = readNumber(low);
  const max = readNumber(high);
  if (min === null || max === null || min < 2 || max > 100 || max < min || MEASURE.test(things)) return null;
  return {
    unit: 'items',
    min,
    max: Number.POSITIVE_INFINITY,
    words: `${low === high ? low : `${low} to ${high}`} ${things}`,
    isPlain: true,
  };
}

/** `three ideas`, `10 multiple-choice questions`: a number and, a few words on, something in the plural. */
const COUNT = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,:/-])(${NUMBER})(?!\p{L}|[-.,:/]\d)\s{1,2}(?:[\p{L}-]{2,20}\s){0,3}?[\p{L}-]{2,20}s(?!\p{L})`,
  'giu',
);
const MOST = 100;

/** Reads how many of something an instruction may ask for: reasons, steps, questions. Some of these numbers mean other things. */
export function readPossibleCounts(instruction: string): number[] {
  return [...instruction.matchAll(COUNT)].flatMap(([, number = '']) => {
    const count = readNumber(number);
    return count === null || count < 2 || count > MOST ? [] : [count];
  });
}
