import { isWhiteSpace, WHITE_SPACE } from './white-space.js';

/**
 * The period that ends a sentence: only quotes and brackets may stand behind it. A straight double quote behind a space
 * opens something, and closes nothing.
 */
const FINAL_PERIOD = new RegExp(
  `(?<=[^.])\\.(?=(?:(?<! )(?:"|'')|(?!"|'')[\\])}>'»”’ ])*[${WHITE_SPACE}]*$)`,
);

/** Marks that are tokens wherever they stand, and part a word that is written around them. */
const MARKS = new Set('«“‘„»”’;@#$%&?!*()[]{}<>"');
/** What parts words before the apostrophe rules look for a space, so that a word in front of it is taken as ended. */
const EARLY_MARKS = new Set(' «“‘„`,:;@#$%&?!');

const LETTER = '\\p{L}\\p{N}_';
/** An apostrophe before a single letter is an opening quote, unless it begins a contraction. */
const QUOTED_LETTER = new RegExp(`(?<=')(?=[${LETTER}](?![${LETTER}]))(?![mtsdn])`, 'giu');
/** Words that are two, like "can" and "not". The parentheses show where they are divided. */
const FUSED = new RegExp(
  `(?<![${LETTER}])(?:can(?=not)|d(?='ye)|gim(?=me)|gon(?=na)|got(?=ta)|lem(?=me)|more(?='n)|wan(?=na$))` +
    `(?:not|'ye|me|na|ta|'n)(?![${LETTER}])|^'t(?:is|was)(?![${LETTER}])`,
  'giu',
);

/** What every word that is divided has in it, so that most sentences need not be searched for such words. */
const DIVISIBLE = /nn|mm|tta|'/i;

/**
 * Counts the tokens of one sentence, divided as in the Penn Treebank and as NLTK's `word_tokenize` does it. The rules
 * are told in docs/selection.md.
 */
export function countTokens(sentence: string): number {
  const finalPeriod = FINAL_PERIOD.exec(sentence)?.index;
  const simple = !DIVISIBLE.test(sentence);
  let count = 0;
  let wordStart = 0;
  const endWord = (at: number): void => {
    if (at === wordStart) return;
    count += simple ? 1 : countWord(sentence.slice(wordStart, at), isEarly(sentence, at, finalPeriod));
  };
  let at = 0;
  while (at < sentence.length) {
    if (isWordAlways(sentence.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const mark = markAt(sentence, at, finalPeriod);
    if (mark === undefined) {
      at += 1;
      continue;
    }
    endWord(at);
    count += mark.tokens;
    at += mark.length;
    wordStart = at;
    // What a comma or colon stands before is not looked at as a comma or colon itself.
    if (mark.hides && (sentence[at] === ',' || sentence[at] === ':')) at += 1;
  }
  endWord(at);
  return count;
}

interface Mark {
  /** In UTF-16 code units. */
  readonly length: number;
  readonly tokens: number;
  readonly hides?: true;
}

const SPACE: Mark = { length: 1, tokens: 0 };
const SINGLE: Mark = { length: 1, tokens: 1 };
const DOUBLE: Mark = { length: 2, tokens: 1 };
const HIDING: Mark = { length: 1, tokens: 1, hides: true };

/** Letters and digits, of which most text consists: looked up rather than compared with every mark. */
const ALWAYS_WORD = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isWordAlways(code: number): boolean {
  return code < 0x80 && ALWAYS_WORD[code] === 1;
}

/** What parts words at a place; undefined within a word. */
function markAt(sentence: string, at: number, finalPeriod: number | undefined): Mark | undefined {
  if (isWhiteSpace(sentence.charCodeAt(at))) return SPACE;
  if (at === finalPeriod) return SINGLE;
  const character = sentence[at] ?? '';
  if (MARKS.has(character)) return SINGLE;
  switch (character) {
    case '.': {
      const length = runLength(sentence, at);
      return length > 1 ? { length, tokens: 1 } : undefined;
    }
    case '`': {
      const length = runLength(sentence, at);
      return { length, tokens: Math.ceil(length / 2) };
    }
    case '-':
    case "'":
      return sentence[at + 1] === character ? DOUBLE : undefined;
    case ',':
    case ':':
      return /^\p{Nd}/u.test(sentence.slice(at + 1, at + 3)) ? undefined : HIDING;
    default:
      return undefined;
  }
}

function runLength(sentence: string, from: number): number {
  let to = from + 1;
  while (sentence[to] === sentence[from]) to += 1;
  return to - from;
}

function isEarly(sentence: string, at: number, finalPeriod: number | undefined): boolean {
  return at === finalPeriod || EARLY_MARKS.has(sentence[at] ?? '') || sentence.startsWith('..', at);
}

/** Counts the tokens of a word, in which only apostrophes and fused words are left to be divided. */
function countWord(word: string, early: boolean): number {
  if (!word.includes("'")) return countFused(word);
  const parts = word.split(QUOTED_LETTER);
  return parts.reduce((sum, part, index) => sum + countClitics(part, early || index < parts.length - 1), 0);
}

/** Parts off what is written with an apostrophe at the end of a word: 's, n't, or the apostrophe alone. */
function countClitics(word: string, early: boolean): number {
  let rest = word;
  let count = 0;
  const partOff = (ending: RegExp): void => {
    const stem = ending.exec(rest)?.[1];
    if (stem === undefined) return;
    rest = stem;
    count += 1;
  };
  if (early) partOff(/^(.*[^'])'$/s);
  partOff(/^(.*[^'])'[sSmMdD]?$/s);
  partOff(/^(.*[^'])(?:'(?:ll|LL|re|RE|ve|VE)|n't|N'T)$/s);
  return count + countFused(rest);
}

function countFused(word: string): number {
  if (!DIVISIBLE.test(word)) return 1;
  let count = 0;
  let end = 0;
  for (const { 0: fused, index } of word.matchAll(FUSED)) {
    count += index > end ? 3 : 2;
    end = index + fused.length;
  }
  return end < word.length ? count + 1 : count;
}
