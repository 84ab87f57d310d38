import { FUNCTION_WORDS } from './function-words.js';

/** What a text is written in, as far as it can be told. */
export interface WrittenIn {
  /** The script of most letters; null when none has most of them, or there are too few. */
  readonly script: string | null;
  /** ISO 639-1 codes of the languages it may be in, likeliest first; empty for a short text, and for other languages. */
  readonly languages: readonly string[];
}

/** How much text it takes; of a short one, such as an instruction, only a guess can be made. */
const ENOUGH = { letters: 40, words: 20, different: 5 };
const FOR_A_GUESS: typeof ENOUGH = { letters: 5, words: 3, different: 1 };
/** A text is read so far; in characters. */
const SAMPLE = 20_000;
/** The share of its letters that makes a script the one of the text. */
const MOST_LETTERS = 0.6;
const WORD = /[\p{L}\p{M}]+/gu;
/** A single Latin letter is no word: formulas and labels are full of them. */
const isWord = (text: string): boolean => text.length > 1 || text > '\u024f';
/** The share of a text's words that are function words of its language, at the least. */
const FEWEST_FUNCTION_WORDS = 0.13;
/** A language with this part of the best one's function words is as likely. */
const NEARLY_AS_MANY = 0.65;

/** Chinese is written in Han alone; Japanese mixes it with kana, Korean at times with Hangul. */
const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = (
  [
    ['Latin', 'Latin'],
    ['Cyrillic', 'Cyrillic'],
    ['Greek', 'Greek'],
    ['Arabic', 'Arabic'],
    ['Hebrew', 'Hebrew'],
    ['Devanagari', 'Devanagari'],
    ['Bengali', 'Bengali'],
    ['Gurmukhi', 'Gurmukhi'],
    ['Gujarati', 'Gujarati'],
    ['Tamil', 'Tamil'],
    ['Telugu', 'Telugu'],
    ['Kannada', 'Kannada'],
    ['Malayalam', 'Malayalam'],
    ['Thai', 'Thai'],
    ['Georgian', 'Georgian'],
    ['Armenian', 'Armenian'],
    ['Ethiopic', 'Ethiopic'],
    ['Korean', 'Hangul'],
    ['Chinese', 'Han'],
    ['Japanese', 'Hiragana}\\p{sc=Katakana'],
  ] as const
).map(([name, script]) => [name, new RegExp(`[\\p{sc=${script}}]+`, 'gu')]);

/** Latin letters, marks and signs end here, so that most texts need no other script looked for. */
const BEYOND_LATIN = /[\u0370-\u1dff\u2c00-\ufffd]/;

/** The languages that a word is a function word of, by their place in `LANGUAGES`. */
const LANGUAGES_OF = new Map<string, number[]>();
const LANGUAGES: readonly { readonly code: string; readonly script: string | null }[] = Object.entries(
  FUNCTION_WORDS,
).map(([code, words], place) => {
  for (const word of words.split(' ')) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), place]);
  return { code, script: findScript(words, FOR_A_GUESS.letters) };
});

/** Tells script and language of a text. */
export function identifyLanguage(text: string): WrittenIn {
  return identify(text.slice(0, SAMPLE), ENOUGH);
}

/** Does the same for a text that may be short, with less certainty. */
export function guessLanguage(text: string): WrittenIn {
  return identify(text.slice(0, SAMPLE), FOR_A_GUESS);
}

/** Whether two texts are surely not of one language; what cannot be told apart is not. */
export function differInLanguage(one: WrittenIn, other: WrittenIn): boolean {
  if (one.script !== null && other.script !== null && one.script !== other.script) return true;
  if (one.languages.length === 0 || other.languages.length === 0) return false;
  return !other.languages.some((language) => one.languages.includes(language));
}

function identify(sample: string, fewest: typeof ENOUGH): WrittenIn {
  const script = findScript(sample, fewest.letters);
  return { script, languages: findLanguages(sample, script, fewest) };
}

/** How many letters of each script a text has; scripts it has none of are left out. */
export function countScripts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const scripts = BEYOND_LATIN.test(text) ? SCRIPTS : SCRIPTS.slice(0, 1);
  for (const [name, letters] of scripts) {
    const count = text.match(letters)?.reduce((sum, run) => sum + run.length, 0) ?? 0;
    if (count > 0) counts.set(name, count);
  }
  return counts;
}

function findScript(sample: string, fewestLetters: number): string | null {
  const counts = countScripts(sample);
  const kana = counts.get('Japanese') ?? 0;
  const han = counts.get('Chinese') ?? 0;
  if (kana > 0 && kana * 10 > han) {
    counts.set('Japanese', kana + han);
    counts.delete('Chinese');
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all < fewestLetters) return null;
  return [...counts].find(([, count]) => count >= all * MOST_LETTERS)?.[0] ?? null;
}

function findLanguages(sample: string, script: string | null, fewest: typeof ENOUGH): string[] {
  const words = (sample.toLowerCase().match(WORD) ?? []).filter(isWord);
  if (words.length < fewest.words) return [];
  const counts = LANGUAGES.map(() => 0);
  const different = LANGUAGES.map(() => 0);
  const seen = new Set<string>();
  for (const word of words) {
    for (const place of LANGUAGES_OF.get(word) ?? []) {
      counts[place] = (counts[place] ?? 0) + 1;
      if (!seen.has(word)) different[place] = (different[place] ?? 0) + 1;
    }
    seen.add(word);
  }
  const likely = LANGUAGES.map((language, place) => ({ ...language, count: counts[place] ?? 0, place }))
    .filter((language) => language.script === script && (different[language.place] ?? 0) >= fewest.different)
    .sort((one, other) => other.count - one.count);
  const best = likely[0]?.count ?? 0;
  if (best < words.length * FEWEST_FUNCTION_WORDS) return [];
  return likely.filter(({ count }) => count >= best * NEARLY_AS_MANY).map(({ code }) => code);
}
