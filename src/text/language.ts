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

interface Profile {
  readonly language: string;
  readonly script: string | null;
  readonly words: ReadonlySet<string>;
}

const PROFILES: readonly Profile[] = Object.entries(FUNCTION_WORDS).map(([language, words]) => ({
  language,
  script: findScript(words, FOR_A_GUESS.letters),
  words: new Set(words.split(' ')),
}));

/** Tells script and language of a text. */
export function identifyLanguage(text: string): WrittenIn {
  return identify(text.slice(0, SAMPLE), ENOUGH);
}

/** Does the same for a text that may be short, with less certainty. */
export function guessLanguage(text: string): WrittenIn {
  return identify(text.slice(0, SAMPLE), FOR_A_GUESS);
}

function identify(sample: string, fewest: typeof ENOUGH): WrittenIn {
  const script = findScript(sample, fewest.letters);
  return { script, languages: findLanguages(sample, script, fewest) };
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
  const words = sample.toLowerCase().match(WORD) ?? [];
  if (words.length < fewest.words) return [];
  const shares = PROFILES.filter((profile) => profile.script === script)
    .map(({ language, words: own }) => {
      const found = words.filter((word) => own.has(word));
      const isEnough = new Set(found).size >= fewest.different;
      return { language, share: isEnough ? found.length / words.length : 0 };
    })
    .sort((one, other) => other.share - one.share);
  const best = shares[0]?.share ?? 0;
  if (best < FEWEST_FUNCTION_WORDS) return [];
  return shares.filter(({ share }) => share >= best * NEARLY_AS_MANY).map(({ language }) => language);
}
