import type { Line } from './lines.js';
import { splitSentences } from './sentences.js';
import type { TextView } from './text-view.js';
import { readWords } from './words.js';

/** Words that are said again at once, and again; offsets are UTF-16, from the first line concerned to the last. */
export interface Cycle {
  /** The words that make one round. */
  readonly words: readonly string[];
  readonly rounds: number;
  /** How many words all rounds have. */
  readonly length: number;
  readonly start: number;
  readonly end: number;
}

/** The longest round that is looked for, in words. */
const LONGEST_ROUND = 80;
const FEWEST_ROUNDS = 3;

/**
 * Finds the longest stretch of a text that says the same words over and over, with nothing in between but the labels of
 * list items. Code and tables are left out, and so are stretches without a letter.
 */
export function findLongestCycle(text: TextView): Cycle | null {
  const lines = text.lines.filter(({ kind }) => kind !== 'code' && kind !== 'table' && kind !== 'fence');
  // "Day 2:" says more than "2.".
  const wordsOfLines = lines.map(({ label, content }) =>
    readWords(/\p{L}{2}/u.test(label) ? `${label} ${content}` : content),
  );
  const words = wordsOfLines.flat();
  const numbers = numberWords(words);
  let longest: { from: number; length: number; round: number } | null = null;
  for (let round = 1; round <= Math.min(LONGEST_ROUND, words.length / FEWEST_ROUNDS); round += 1) {
    let from = 0;
    for (let at = round; at <= numbers.length; at += 1) {
      if (at < numbers.length && numbers[at] === numbers[at - round]) continue;
      const length = at - from;
      if (length >= round * FEWEST_ROUNDS && length > (longest?.length ?? 0))
        longest = { from, length, round };
      from = at - round + 1;
    }
  }
  if (longest === null) return null;
  const { from, length, round } = longest;
  return {
    words: words.slice(from, from + round),
    rounds: Math.floor(length / round),
    length,
    start: lineOfWord(lines, wordsOfLines, from)?.from ?? 0,
    end: lineOfWord(lines, wordsOfLines, from + length - 1)?.end ?? text.raw.length,
  };
}

function lineOfWord(
  lines: readonly Line[],
  wordsOfLines: readonly (readonly string[])[],
  place: number,
): Line | undefined {
  let seen = 0;
  return lines.find((_, index) => {
    seen += wordsOfLines[index]?.length ?? 0;
    return seen > place;
  });
}

/** Equal numbers for equal words: those are compared many times. */
function numberWords(words: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(words, (word) => {
    const number = known.get(word) ?? known.size;
    known.set(word, number);
    return number;
  });
}

/** Parts of a text that stand there more than once. */
export interface Repeats {
  /** The share of all parts, weighed by their words, that stood there before. */
  readonly share: number;
  /** How many parts repeat one before them. */
  readonly count: number;
  /** The part that is repeated most often, as it stands there; empty when none is. */
  readonly commonest: string;
}

/** A shorter sentence may well be needed twice. */
const FEWEST_SENTENCE_WORDS = 6;

/** The sentences of running text that repeat one before them. */
export function readRepeatedSentences(text: TextView): Repeats {
  const sentences = text.lines
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ content, from }) => splitSentences(content, from).map((sentence) => sentence.text));
  return countRepeats(sentences, FEWEST_SENTENCE_WORDS, text.wordCount);
}

/** Fewer entries make no enumeration that a text is about. */
const FEWEST_ENTRIES = 30;
/** In words; longer ones are clauses. */
const LONGEST_ENTRY = 4;
/** A quiz repeats its options: the questions between them tell it from an enumeration. */
const SHORT_ENTRIES = 0.95;

/** The entries of the longest enumeration, in one line or as a list, that repeat one before them. */
export function readRepeatedEntries(text: TextView): Repeats {
  const enumerations = [
    text.items.map(({ content }) => content),
    ...text.lines
      .filter(({ kind }) => kind === 'text' || kind === 'item')
      .map(({ content }) => content.split(/[,;:，、；：]/)),
  ].filter((entries) => {
    const short = entries.filter((entry) => entry.trim().split(/\s+/).length <= LONGEST_ENTRY);
    return entries.length >= FEWEST_ENTRIES && short.length >= entries.length * SHORT_ENTRIES;
  });
  const longest = enumerations.sort((one, other) => other.length - one.length)[0] ?? [];
  return countRepeats(
    longest.filter((entry) => /\p{L}/u.test(entry)),
    1,
    0,
  );
}

function countRepeats(parts: readonly string[], fewestWords: number, allWords: number): Repeats {
  // What a model says again it says in the same words; to read those of every part takes much longer.
  if (new Set(parts).size === parts.length) return { share: 0, count: 0, commonest: '' };
  const counts = new Map<string, { readonly part: string; times: number }>();
  let repeatedWords = 0;
  let words = 0;
  let count = 0;
  for (const part of parts) {
    const partWords = readWords(part);
    words += partWords.length;
    if (partWords.length < fewestWords) continue;
    const key = partWords.join(' ');
    const known = counts.get(key);
    if (known === undefined) {
      counts.set(key, { part: part.trim(), times: 1 });
      continue;
    }
    known.times += 1;
    count += 1;
    repeatedWords += partWords.length;
  }
  const commonest = [...counts.values()].reduce((most, one) => (one.times > most.times ? one : most), {
    part: '',
    times: 1,
  });
  return { share: repeatedWords / Math.max(1, words, allWords), count, commonest: commonest.part };
}
