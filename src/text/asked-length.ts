import { NUMBER, readNumber } from './number-words.js';
import type { TextView } from './text-view.js';

/** What a length may be asked for in. */
export type LengthUnit = 'word' | 'character' | 'sentence' | 'line' | 'paragraph';

/** A length that an instruction names: so many of a unit, both ends included. */
export interface AskedLength {
  readonly unit: LengthUnit;
  readonly least: number;
  /** Infinity when there is no upper limit. */
  readonly most: number;
}

const UNITS: Readonly<Record<LengthUnit, string>> = {
  word: 'words?|w[öo]rtern?|mots|palabras|palavras|parole|слов',
  character: 'characters?|zeichen',
  sentence: 'sentences?|s[äa]tzen?|phrases|frases|oraciones',
  line: 'lines?|zeilen|lignes|l[ií]neas|versos',
  paragraph: 'paragraphs?|abs[äa]tzen?|paragraphes|p[áa]rrafos',
};
const ANY_UNIT = Object.entries(UNITS)
  .map(([unit, names]) => String.raw`(?<${unit}>(?:${names})(?!\p{L})${unit === 'word' ? '|字' : ''})`)
  .join('|');
/** `300 words`, `500-700 words`, `a five-sentence story`, `three short paragraphs`. */
const LENGTH = new RegExp(
  String.raw`(?<![\p{sc=Latin}\p{N}.])(${NUMBER})(?:\s{0,2}(?:-|–|to|or|and)\s{0,2}(${NUMBER}))?[\s-]{0,2}` +
    String.raw`(?:(?!to\b|or\b|words?\b)\p{L}{3,12}\s)?(?:${ANY_UNIT})`,
  'giu',
);
/** Fewer are named for what the text is about: `use these two words`, `a story with two characters`. */
const FEWEST: Readonly<Partial<Record<LengthUnit, number>>> = { word: 10, character: 20 };
const AT_LEAST =
  /\b(?:at least|no (?:fewer|less) than|minimum(?: of| length of)?|(?<!\bno )more than|over)\s{1,2}(?:a\s)?$/i;
const AT_MOST =
  /(?:\b(?:at most|no more than|maximum(?: of| length of)?|(?<!\bno )(?:less|fewer) than|under|below|within|up to|(?:not )?exceed(?:ing)?)\s{1,2}(?:a\s)?|<\s?)$/i;
/** A length of the parts: of the whole, one part is the least. */
const OF_EACH = /^\s{1,2}each\b/i;
/** What is there already, and no length of what is to be written. */
const MATERIAL =
  /\b(?:given|following|from|these|this|those|both|my|the)\s{1,2}(?:a\s|an\s|first\s|last\s)?$/i;
const OR_MORE = /^\s{0,2}(?:or more|minimum|or longer)\b/i;
const OR_LESS = /^\s{0,2}(?:or (?:less|fewer|shorter)|maximum|max\b)/i;
/** How much of the surroundings of a number is looked at, in characters. */
const AROUND = 32;

/** Reads the lengths that an instruction asks for, in the order in which it names them. */
export function readAskedLengths(instruction: string): AskedLength[] {
  return [...instruction.matchAll(LENGTH)].flatMap((match) => {
    const [whole, first = '', second] = match;
    const low = readNumber(first);
    const high = second === undefined ? low : readNumber(second);
    const before = instruction.slice(Math.max(0, match.index - AROUND), match.index);
    const after = instruction.slice(match.index + whole.length, match.index + whole.length + AROUND);
    if (MATERIAL.test(before)) return [];
    const unit = (Object.keys(UNITS) as LengthUnit[]).find((name) => match.groups?.[name] !== undefined);
    if (unit === undefined || high < (FEWEST[unit] ?? 1)) return [];
    const noMore = AT_MOST.test(before) || OR_LESS.test(after);
    const noLess = AT_LEAST.test(before) || OR_MORE.test(after) || OF_EACH.test(after);
    return [{ unit, least: noMore ? 0 : low, most: noLess ? Number.POSITIVE_INFINITY : high }];
  });
}

/** How far a text is from a length that was asked for, as a share of it: 0 when it keeps to it. */
export function missedBy(text: TextView, asked: AskedLength): number {
  const length = measure(text, asked.unit);
  if (length < asked.least) return (asked.least - length) / asked.least;
  return length > asked.most ? (length - asked.most) / Math.max(1, asked.most) : 0;
}

function measure(text: TextView, unit: LengthUnit): number {
  switch (unit) {
    case 'word':
      return text.wordCount;
    case 'character':
      return text.raw.length;
    case 'sentence':
      return text.sentences.length;
    case 'line':
      return text.lines.filter(({ kind }) => kind !== 'blank').length;
    case 'paragraph':
      return text.raw.split(/\n[ \t]*\n/).filter((block) => block.trim() !== '').length;
  }
}
