import type { Example } from '../../dataset/example.js';

/** What the response has to say, must not say, or has to begin or end with. */
export interface AskedWording {
  readonly kind: 'contains' | 'avoids' | 'begins' | 'ends';
  readonly phrases: readonly string[];
}

/** An instruction that goes on for longer brings its material along; in characters. */
const LONGEST = 1_000;
/** Of a list of words that stands in the input; in characters. */
const LONGEST_INPUT = 300;
const MOST_PHRASES = 15;
/** No instruction asks for more of each kind. */
const MOST_WORDINGS = 5;

const NOUN = '(?:words?|phrases?|terms?|keywords?|expressions?)';
const POINTER = '(?:the |these |this |those )?(?:following |given |provided |exact )?(?:[a-z0-9]{1,9} )?';
const USES = new RegExp(
  String.raw`\b(?:us|contain|includ|incorporat|featur|mention)(?:e|es|s|ing)? (?:all |each |both )?(?:of )?${POINTER}${NOUN}\b|\bwith (?:all |both )?(?:of )?(?:the|these|following) ${POINTER}${NOUN}\b`,
  'gi',
);
/** Then the words have their place, which is read apart. */
const PLACED = /\b(?:start|begin|open|end|finish|conclud)(?:s|es?|n?ing)? $/i;
const NEGATED = /\b(?:without|not|never|avoid(?:ing)?|n't|instead of)(?: to)? ?$/i;
const EDGE = new RegExp(
  String.raw`\b(?<edge>start|begin|open|end|finish|conclud)(?:s|es?|n?ing)? with (?:the |these |this |a )?(?:following |given |provided |exact |first |last )*(?:sentences?|lines?|statement|quote|${NOUN})?`,
  'gi',
);
/** What points to the input for the words themselves. */
const POINTS = /\b(?:following|given|provided|these|this)\b/i;
const QUOTED = /["“”]([^"“”\n]{1,200})["“”]|(?<!\p{L})['‘]([^'‘’\n]{1,100})['’](?!\p{L})/gu;

/** Reads which words an instruction asks for, taking them from the input where it says so. */
export function readAskedWording({ instruction, input }: Example): AskedWording[] {
  const text = instruction.slice(0, LONGEST);
  const found: AskedWording[] = [];
  for (const match of text.matchAll(USES)) {
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    if (PLACED.test(before)) continue;
    const rest = text.slice(match.index + match[0].length);
    const phrases = readPhrases(rest, POINTS.test(match[0]) ? input : '');
    const kind = NEGATED.test(before) ? 'avoids' : 'contains';
    if (phrases.length > 0) found.push({ kind, phrases });
  }
  for (const match of text.matchAll(EDGE)) {
    const rest = text.slice(match.index + match[0].length);
    const phrase = readOpening(rest, POINTS.test(match[0]) ? input : '');
    const kind = /^(?:start|begin|open)/i.test(match.groups?.edge ?? '') ? 'begins' : 'ends';
    if (phrase !== null) found.push({ kind, phrases: [phrase] });
  }
  return found.slice(0, MOST_WORDINGS);
}

/** Phrases in quotation marks right behind, or named behind a colon, or listed in the input. */
function readPhrases(rest: string, input: string): string[] {
  const quoted = quotedAtStart(rest);
  if (quoted.length > 0) return quoted;
  const list = /^ ?:\s{1,3}([^\n.?!:]{2,200})/.exec(rest)?.[1];
  if (list !== undefined) return splitList(list);
  if (input.length > LONGEST_INPUT) return [];
  return splitList(input.trim().replace(/^[\p{L} ]{1,20}:\s*/u, ''));
}

function quotedAtStart(rest: string): string[] {
  const phrases: string[] = [];
  let end = 0;
  for (const match of rest.matchAll(QUOTED)) {
    const between = end === 0 ? /^[\s:]*$/ : /^[\s,;&]*(?:(?:and|or)\s)?$/i;
    if (!between.test(rest.slice(end, match.index))) break;
    phrases.push((match[1] ?? match[2] ?? '').replace(/[.,]$/, ''));
    end = match.index + match[0].length;
  }
  return phrases.slice(0, MOST_PHRASES);
}

/** A list of single words or short phrases; nothing else is one. */
function splitList(text: string): string[] {
  const phrases = text
    .split(/[,;\n]| and | & /)
    .map((phrase) => phrase.replace(/^(?:and|or) |["“”'‘’.]|^[-*•\d.)\s]+/g, '').trim())
    .filter((phrase) => phrase !== '');
  const isList = phrases.length <= MOST_PHRASES && phrases.every((phrase) => phrase.split(' ').length <= 3);
  return isList ? phrases : [];
}

/** The sentence to begin or to end with: in quotation marks, or the input. */
function readOpening(rest: string, input: string): string | null {
  const [quoted] = quotedAtStart(rest);
  const sentence = quoted ?? (input.length <= LONGEST_INPUT ? input.trim() : '');
  const words = sentence.split(/\s+/).length;
  return words >= 2 && !sentence.includes('\n') ? sentence : null;
}
