import { NUMBER, readNumber } from './numbers.js';

/** What amounts are counted in; list items stand for things of any kind. */
export type Unit = 'words' | 'characters' | 'sentences' | 'paragraphs' | 'lines' | 'stanzas' | 'items';

/** How much of something an instruction asks for. */
export interface AskedAmount {
  readonly unit: Unit;
  /** 0 for no lower bound. */
  readonly min: number;
  /** Infinity for no upper bound. */
  readonly max: number;
  /** The words that say so. */
  readonly words: string;
  /** The instruction says beyond doubt that the response is to have so much; else it may speak of something else. */
  readonly isPlain: boolean;
}

/** No instruction asks for more; in a list of numbers the first count. */
const MOST_AMOUNTS = 10;
/** An instruction that goes on for longer brings its material along, of which amounts may be told; in characters. */
const PLAIN_UNTIL = 1_000;
/** Farther on no amount is looked for; in characters. */
const READ_UNTIL = 10_000;
/** In doubt, fewer are named for what the text is about: `use these two words`, `a story with two characters`. */
const FEWEST_IN_DOUBT: Readonly<Partial<Record<Unit, number>>> = { words: 10, characters: 20 };

/** Of instructions in other languages the units are read, and nothing around them: no such amount is plain. */
const FOREIGN: readonly (readonly [Unit, RegExp])[] = [
  ['words', /^(?:w[öo]rtern?|mots|palabras|palavras|parole|слов)$/i],
  ['characters', /^zeichen$/i],
  ['sentences', /^(?:s[äa]tzen?|phrases|frases|oraciones)$/i],
  ['lines', /^(?:zeilen|lignes|l[ií]neas|versos)$/i],
  ['paragraphs', /^(?:abs[äa]tzen?|paragraphes|p[áa]rrafos)$/i],
];

const ENGLISH = 'words?|characters|sentences?|paragraphs?|lines?|stanzas?|bullet points|bullets';
const ENGLISH_UNIT = new RegExp(`^(?:${ENGLISH})$`, 'i');

const AT_LEAST =
  'at (?:the )?least|(?:an? )?minimum(?: length)?(?: of)?|(?:no|not) (?:fewer|less|shorter) than|(?:more|longer) than|over';
const AT_MOST = String.raw`at (?:the )?most|(?:an? )?max(?:imum|\.)?(?: length)?(?: of)?|up to|(?:no|not) (?:more|longer|greater) than|(?:less|fewer|shorter) than|under|below|within|(?:(?:word|character) )?limit(?:ed)?(?: of| to|:)?|(?:not|n't) exceed(?:ing)?`;
const ABOUT = 'about|around|approximately|roughly|nearly|exactly|precisely|only|just|between|a total of';

/** A number of units, with what bounds it in front and at most two words of description; 字 are Chinese characters. */
const AMOUNT = new RegExp(
  String.raw`(?:\b(?<least>${AT_LEAST}) |(?<most>\b(?:${AT_MOST}) |< ?)|\b(?<about>${ABOUT}) )?(?<!\d\.)\b(?<low>${NUMBER})(?: ?(?:-|–|—|to|or|and) ?(?<high>${NUMBER}))?(?:[ -]{1,2}(?<kind>(?:[a-z]{2,14}[ -]){0,2}?)(?<unit>${ENGLISH}|${FOREIGN.map(([, { source }]) => source.slice(1, -1)).join('|')})(?!\p{L})| ?(?<sign>字))`,
  'giu',
);

const AFTER_LEAST = /^,? ?\(?(?:or (?:more|longer)|at (?:the )?least|min(?:imum|\.)?\b)/i;
const AFTER_MOST = /^,? ?\(?(?:or (?:less|fewer|shorter|under)|at (?:the )?most|max(?:imum|\.)?\b|limit\b)/i;
/** `Reduce the essay to 500 words`: where there was less, less may stay. */
const CUTS = /\b(?:reduc|shorten|cut|trim|condens|compress|summari[sz])/i;
const QUOTED = /(["“”])[^"“”\n]{1,200}["“”]|(?<!\p{L})['‘][^'’\n]{1,120}['’](?!\p{L})/gu;

/** Reads how long a response the instruction may ask for, and in how many parts. What stands in quotation marks counts not. */
export function readAmounts(instruction: string): AskedAmount[] {
  const text = instruction
    .slice(0, READ_UNTIL)
    .replace(QUOTED, (quoted) => '~'.repeat(quoted.length))
    .replace(/\s/g, ' ');
  const amounts: AskedAmount[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const amount = readAmount(match, text);
    if (amount !== null) amounts.push(amount);
    if (amounts.length === MOST_AMOUNTS) break;
  }
  return amounts;
}

function readAmount(match: RegExpExecArray, text: string): AskedAmount | null {
  const { least, most, low, high, kind = '', unit: written = '', sign } = match.groups ?? {};
  const unit = sign === undefined ? unitOf(written) : 'characters';
  const before = text.slice(Math.max(0, match.index - 60), match.index).trimEnd();
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 60);
  const one = readNumber(low ?? '');
  const other = high === undefined ? one : readNumber(high);
  if (one === null || other === null || other < one) return null;
  const asked = {
    // `Word limit: 80 words` says all by itself.
    before: /limit/i.test(most ?? '') ? '' : before,
    after,
    kind: kind.trim().toLowerCase(),
    unit,
    isSingular: !/s$/i.test(written),
    count: other,
  };
  if (isOfMaterial(asked)) return null;
  const isPlain = match.index < PLAIN_UNTIL && ENGLISH_UNIT.test(written) && isOfResponse(asked);
  if (!isPlain && other < (FEWEST_IN_DOUBT[unit] ?? 1)) return null;
  const isLeast = least !== undefined || AFTER_LEAST.test(after);
  const isMost = most !== undefined || AFTER_MOST.test(after) || (CUTS.test(text) && /\bto$/i.test(before));
  const times = /^ (?:[a-z]+ ){0,2}each\b/i.test(after)
    ? partsBefore(text.slice(Math.max(0, match.index - 200), match.index))
    : 1;
  return {
    unit,
    // A post of 280 characters is one of so many at most; in Chinese characters are what an essay is counted in.
    min: isMost || (unit === 'characters' && sign === undefined && !isLeast) ? 0 : one * times,
    max: isLeast ? Number.POSITIVE_INFINITY : other * times,
    words: match[0].trim(),
    isPlain,
  };
}

interface Phrase {
  readonly before: string;
  readonly after: string;
  readonly kind: string;
  readonly unit: Unit;
  /** As in `a 500-word essay`. */
  readonly isSingular: boolean;
  readonly count: number;
}

/** `These two sentences`, `the following 3 paragraphs`, `summarize a 500-word article`: what is there already. */
function isOfMaterial({ before, after, kind, unit }: Phrase): boolean {
  return (
    /\b(?:the|this|that|these|those|following|given|above|below|provided|first|last|next|other|both|any|all|each|every|from|another|more|extra|its|their)$/i.test(
      before,
    ) ||
    /\b(?:summari[sz]|shorten|edit|trim|proofread|analy[sz]|read|review|condens|reduc|evaluat|critiqu|grad|rewrit|paraphras|compar|combin|connect|join|merg|reorder|identif|select|choos|find|count|tak|scal|turn|remov|delet|replac|add|insert|append|chang|switch|swap|given|between|provided with|state|repeat|underlin)(?:e|y|m?ing|ying)?(?: an?| me)?$/i.test(
      before,
    ) ||
    /\b(?:of|for|about) an?$/i.test(before) ||
    /\b(?:dictionary|vocabulary|book|corpus|dataset) (?:of|with)$/i.test(before) ||
    /\b(?:plan|steps?|how|tips|guide|ways?|strategy|strategies|process|method|instructions|outline|need) to [a-z]+ an?$/i.test(
      before,
    ) ||
    /^(?:more|additional|extra|other|following|given|input|new|different)\b/i.test(kind) ||
    /^ (?:below|above|given|provided|of (?:your|my) choice)\b/i.test(after) ||
    (unit === 'words' && /^ (?:search|problems?|clouds?|documents?|lists?|puzzles?)\b/i.test(after))
  );
}

const SETTING =
  /(?:[=:,(]|(?:^|[ (,:])(?:in|using|with|of|to|into|by|be|is|are|has|have|having|than|contain(?:s|ing)?|includ(?:es?|ing)|compris(?:es?|ing)|(?:consist|compos|made)\w* (?:of|up of)|length(?: of)?|count(?: of)?|long|limit(?: of)?))$/i;
const MAKING =
  /\b(?:writ(?:e|ing)|compos(?:e|ing)|creat(?:e|ing)|generat(?:e|ing)|produc(?:e|ing)|draft|craft|construct|make|provide|give|need|want|output|develop|design|prepare|compile|formulate|come up with|tell)(?: me| us| out| up)?(?: an?| one)?(?: [a-z]+){0,2}$/i;
const ATTRIBUTE = /(?:^|\b(?:an?|one|your|my|single|[a-z]+(?:ing|ful|ive|al|ort|ic|ed)),?)$/i;
const WORDS_AS_ITEMS =
  /^ (?:that|which|starting|beginning|ending|related|describing|from|for|associated|used|with the (?:same|letter)|rhyming|to describe|containing)\b/i;

/** The amount is one of the response, by what stands around it. */
function isOfResponse(phrase: Phrase): boolean {
  const { before, after, kind, unit, isSingular, count } = phrase;
  const isAttribute = isSingular && /^ [a-z]/i.test(after) && (ATTRIBUTE.test(before) || MAKING.test(before));
  const isBound = before === '' || SETTING.test(before) || MAKING.test(before) || /^ long\b/i.test(after);
  switch (unit) {
    case 'words':
      if (kind !== '' || /\b(?:set|list|collection|group|bank|sequence|string|chain) of$/i.test(before))
        return false;
      if (count < 20) return isAttribute || /\b(?:in|using|only)$/i.test(before);
      return isAttribute || (isBound && (/\bof$/i.test(before) || !WORDS_AS_ITEMS.test(after)));
    case 'characters':
      return count >= 50;
    case 'lines':
      return (
        !/^ (?:of (?:code|text|dialog\w*|defen[cs]e)|breaks?|graphs?|charts?|plots?|segments?|items?)\b/i.test(
          after,
        ) &&
        (isAttribute || isBound)
      );
    case 'items':
      return isBound;
    default:
      return isAttribute || isBound || AFTER_LEAST.test(after) || AFTER_MOST.test(after);
  }
}

function unitOf(written: string): Unit {
  for (const [unit, names] of FOREIGN) if (names.test(written)) return unit;
  const plural = written.toLowerCase().replace(/s?$/, 's');
  return plural.startsWith('bullet') ? 'items' : (plural as Unit);
}

/** `Three paragraphs of 200 words each`: how many there are of what has so many words each. */
function partsBefore(text: string): number {
  const parts = [...text.matchAll(new RegExp(String.raw`\b(${NUMBER}) [a-z]+s\b`, 'gi'))].at(-1);
  const value = readNumber(parts?.[1] ?? '');
  return value !== null && value <= 20 ? value : 1;
}
