import { FUNCTION_WORDS } from './function-words.js';

/** What a text is written in, as far as it can be told. */
export interface WrittenIn {
  /** The script of most letters; null when none has most of them, or there are too few. */
  readonly script: string | null;
  /** ISO 639-1 codes of the languages it may be in, likeliest first; empty for a short text, and for other languages. */
  readonly languages: readonly string[];
}

/** Fewer letters, and fewer words, say too little. */
const FEWEST_LETTERS = 40;
const FEWEST_WORDS = 20;
/** A text is read so far; in characters. */
const SAMPLE = 20_000;
/** The share of its letters that makes a script the one of the text. */
const MOST_LETTERS = 0.6;
const FEWEST_DIFFERENT = 5;
/** A single Latin letter is no word: formulas and labels are full of them. */
const WORD = /(?![a-z](?![\p{L}\p{M}]))[\p{L}\p{M}]+/gu;
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
).map(([name, script]) => [name, new RegExp(`[\\p{sc=${script}}]`, 'gu')]);

const PROFILES: readonly (readonly [language: string, words: ReadonlySet<string>])[] = Object.entries(
  FUNCTION_WORDS,
).map(([language, words]) => [language, new Set(words.split(' '))]);

/** Tells script and language of a text; of fewer words than 20, only where the caller is content with a guess. */
export function identifyLanguage(text: string, fewestWords = FEWEST_WORDS): WrittenIn {
  const sample = text.slice(0, SAMPLE);
  return { script: findScript(sample), languages: findLanguages(sample, fewestWords) };
}

/** How many letters of each script a text has; scripts it has none of are left out. */
export function countScripts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [name, letters] of SCRIPTS) {
    const count = text.match(letters)?.length ?? 0;
    if (count > 0) counts.set(name, count);
  }
  return counts;
}

function findScript(sample: string): string | null {
  const counts = countScripts(sample);
  const kana = counts.get('Japanese') ?? 0;
  const han = counts.get('Chinese') ?? 0;
  if (kana > 0 && kana * 10 > han) {
    counts.set('Japanese', kana + han);
    counts.delete('Chinese');
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all < FEWEST_LETTERS) return null;
  return [...counts].find(([, count]) => count >= all * MOST_LETTERS)?.[0] ?? null;
}

function findLanguages(sample: string, fewestWords: number): string[] {
  const words = sample.toLowerCase().match(WORD) ?? [];
  if (words.length < fewestWords) return [];
  const shares = PROFILES.map(([language, own]) => {
    const found = words.filter((word) => own.has(word));
    const isEnough = new Set(found).size >= Math.min(FEWEST_DIFFERENT, Math.ceil(fewestWords / 4));
    return { language, share: isEnough ? found.length / words.length : 0 };
  }).sort((one, other) => other.share - one.share);
  const best = shares[0]?.share ?? 0;
  if (best < FEWEST_FUNCTION_WORDS) return [];
  return shares.filter(({ share }) => share >= best * NEARLY_AS_MANY).map(({ language }) => language);
}
