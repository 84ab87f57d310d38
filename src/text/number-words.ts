const NUMBER_WORDS: readonly string[] = (
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen ' +
  'nineteen twenty'
).split(' ');
const OTHERS: Readonly<Record<string, number>> = { single: 1, thirty: 30, fifty: 50, 'a hundred': 100 };

/** Matches a number as instructions write it, in digits or in words; for use within a larger expression. */
export const NUMBER = String.raw`\d{1,3}(?:,\d{3})+|\d{1,6}|${[...NUMBER_WORDS].reverse().join('|')}|${Object.keys(OTHERS).join('|')}`;

/** The value of what NUMBER matches. */
export function readNumber(written: string): number {
  const word = written.toLowerCase();
  const place = NUMBER_WORDS.indexOf(word);
  return place === -1 ? (OTHERS[word] ?? Number(word.replaceAll(',', ''))) : place + 1;
}
