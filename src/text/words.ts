/** Scripts that put no space between words; each character counts as a word. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}`;
const WORD = new RegExp(
  String.raw`[${UNSPACED}]\p{M}*|[[\p{L}\p{N}]--[${UNSPACED}]][[\p{L}\p{N}\p{M}]--[${UNSPACED}]]*(?:['’]\p{L}+)*`,
  'gv',
);
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'v');
/** Below it no script does without spaces, which saves most words the look-up. */
const FIRST_UNSPACED = 0x0e00;

/** The words of a text in lower case: letters, marks and digits, with apostrophes inside. */
export function readWords(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}

/** Whether a word is one character of a script that puts no space between words. */
function isUnspaced(word: string): boolean {
  return word.charCodeAt(0) >= FIRST_UNSPACED && STARTS_UNSPACED.test(word);
}

/** English words that say nothing of what a text is about. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above across after again against all almost also although always am among an and another any are around as at ' +
    'away back be became because become been before being below between both but by came can cannot could did do does doing ' +
    'done down during each either else enough even ever every everyone everything few first for from further get gets give ' +
    'go goes got had has have having he her here hers herself him himself his how however i if in into is it its itself just ' +
    'know last least less let like made make makes making many may me might more most much must my myself near need needs ' +
    'never new next no nor not nothing now of off often on once one only onto or other others our ours ourselves out over ' +
    'own part per perhaps put quite rather really same see seem seemed seems several shall she should since so some ' +
    'something still such take than that the their theirs them themselves then there therefore these they thing things this ' +
    'those though three through throughout thus to together too toward towards two under until up upon us use used uses ' +
    'using very was way we well went were what whatever when where whether which while who whole whom whose why will with ' +
    "within without would yet you your yours yourself don't it's i'm can't doesn't didn't isn't"
  ).split(' '),
);

const ENDINGS = /(?:ational|ization|ations?|ing|edly|ed|ies|es|s|ly|ness|ment|er|est)$/;

/** What a word is compared by: two forms of one word mostly come to the same. */
export function stemOf(word: string): string {
  const owner = word.replace(/'s$/, '');
  if (owner.length <= 4) return owner;
  const stem = owner.replace(ENDINGS, '');
  return (stem.length >= 4 ? stem : owner).slice(0, 8);
}

/** The distinct stems of the words that carry a text's meaning. */
export function contentStems(words: readonly string[]): Set<string> {
  return new Set(countContent(words).keys());
}

/**
 * The stems of the words that carry a text's meaning, and how often each stands there. Where words are not spaced,
 * pairs of characters take the place of stems.
 */
export function countContent(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (stem: string): void => {
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  };
  let unspaced = '';
  for (const word of words) {
    if (isUnspaced(word)) {
      if (unspaced !== '') count(unspaced + word);
      unspaced = word;
      continue;
    }
    unspaced = '';
    if (word.length > 2 && !FUNCTION_WORDS.has(word)) count(stemOf(word));
  }
  return counts;
}
