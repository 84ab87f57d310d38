import { ABBREVIATIONS, isOrdinaryWord, SENTENCE_STARTERS } from './english.js';
import { sentenceWords } from './sentence-words.js';
import { WHITE_SPACE } from './white-space.js';

/** A sentence may end with one of `. ? !` before other punctuation, or before white space and more text. */
const CANDIDATE = new RegExp(`[.?!](?=([)";}\\]*:@'({[!?])|([${WHITE_SPACE}]+)([^${WHITE_SPACE}]+))`, 'g');
/** Quotes and brackets after the end still belong to the sentence, if white space or a dash follows them. */
const CLOSERS = new RegExp(`^["')\\]}]+?(?:[${WHITE_SPACE}]+|(?=--)|$)`);

/** A place where a sentence ends. */
interface Break {
  /** Behind the mark that ends it. */
  readonly end: number;
  /** Where the next sentence begins. */
  readonly next: number;
}

/**
 * Divides a text into sentences by the rules of Punkt (Kiss and Strunk, 2006), as NLTK's `sent_tokenize` applies
 * them to English. A line break alone ends no sentence, and the next one need not begin with a capital.
 */
export function splitSentences(text: string): string[] {
  const breaks = findBreaks(text);
  const sentences: string[] = [];
  let start = 0;
  for (const [index, { end, next }] of breaks.entries()) {
    const following = text.slice(next, breaks[index + 1]?.end);
    const closers = CLOSERS.exec(following)?.[0];
    if (closers === undefined) {
      if (end > start) sentences.push(text.slice(start, end));
      start = next;
    } else {
      sentences.push(text.slice(start, next + closers.trimEnd().length));
      start = next + closers.length;
    }
  }
  const last = text.slice(start).trimEnd();
  if (last !== '') sentences.push(last);
  return sentences;
}

function findBreaks(text: string): Break[] {
  const breaks: Break[] = [];
  let word = { start: 0, end: 0 };
  let pending: RegExpExecArray | undefined;
  const decide = (): void => {
    if (pending === undefined) return;
    const [mark, punctuation, space = '', nextWord = ''] = pending;
    const end = pending.index + 1;
    const before = text.slice(word.start, word.end);
    if (isPlainEnd(before, mark) || isBreak(before + mark + (punctuation ?? space + nextWord))) {
      breaks.push({ end, next: end + space.length });
    }
  };
  for (const match of text.matchAll(CANDIDATE)) {
    // Several marks within one word are decided together, by the last of them.
    const space = lastAsciiSpace(text, word.end, match.index);
    const start = space === undefined ? word.start : space + 1;
    if (word.end <= start) decide();
    pending = match;
    word = { start, end: match.index };
  }
  decide();
  return breaks;
}

function lastAsciiSpace(text: string, from: number, to: number): number | undefined {
  for (let index = to - 1; index > from; index -= 1) {
    const code = text.charCodeAt(index);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) return index;
  }
  return undefined;
}

/**
 * Whether nothing can speak against an end here, which is so nearly everywhere: `?` and `!` always end a sentence, and
 * a period does after a word of letters that is neither an initial nor an abbreviation.
 */
function isPlainEnd(word: string, mark: string): boolean {
  return mark !== '.' || (/^[A-Za-z]{2,}$/.test(word) && !ABBREVIATIONS.has(word.toLowerCase()));
}

/** What the rules make of a word: it ends a sentence, or not, and why not. */
interface Judged {
  readonly word: string;
  ends: boolean;
  readonly abbreviated: boolean;
  readonly ellipsis: boolean;
}

/** Whether a sentence ends within a context: the word before a mark, the mark, and what follows. */
function isBreak(context: string): boolean {
  const words = context.split('\n').flatMap((line) => sentenceWords(line).map(judgeAlone));
  for (const [index, judged] of words.entries()) {
    const next = words[index + 1];
    if (next === undefined) return false;
    if (judged.word.endsWith('.')) judgeByNext(judged, next);
    if (judged.ends) return true;
  }
  return false;
}

function judgeAlone(word: string): Judged {
  const ellipsis = /^\.\.+$/.test(word);
  const plain = word === '.' || word === '?' || word === '!';
  if (ellipsis || plain || !word.endsWith('.') || word.endsWith('..')) {
    return { word, ends: plain, abbreviated: false, ellipsis };
  }
  const stem = word.slice(0, -1).toLowerCase();
  const abbreviated = ABBREVIATIONS.has(stem) || ABBREVIATIONS.has(stem.slice(stem.lastIndexOf('-') + 1));
  return { word, ends: !abbreviated, abbreviated, ellipsis };
}

/** Thinks again about a word with a period, knowing what follows it. */
function judgeByNext(judged: Judged, next: Judged): void {
  const capital = /^\p{Lu}/u.test(next.word);
  const nextWord = next.ends ? next.word.toLowerCase().replace(/(?<=.)\.$/, '') : next.word.toLowerCase();
  const initial = /^[\p{L}_]\.$/u.test(judged.word);
  if ((judged.abbreviated || judged.ellipsis) && !initial) {
    if (capital && SENTENCE_STARTERS.has(nextWord)) judged.ends = true;
    return;
  }
  if (!initial && !/^-?[.,]?\p{Nd}[\p{Nd},.-]*$/u.test(judged.word)) return;
  const goesOn = /^(?:[;:,.!?]$|\p{Ll})/u.test(next.word);
  if (goesOn || (initial && capital && !isOrdinaryWord(nextWord))) judged.ends = false;
}
