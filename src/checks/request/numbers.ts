const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const UNITS = SMALL.slice(1, 10).join('|');
const BELOW_HUNDRED = `(?:${TENS.join('|')})(?:[ -](?:${UNITS}))?|${SMALL.slice(1).toReversed().join('|')}`;

/** A number in figures or in English words, up to the thousands; the source of a regular expression without groups. */
export const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d{1,5}|(?:(?:an?|${UNITS}) (?:hundred|thousand))|a (?:single|dozen)|single|dozen|${BELOW_HUNDRED})`;

/** What such a number is worth; null for any other text. */
export function readNumber(text: string): number | null {
  const words = text.toLowerCase().replace(/,/g, '');
  if (/^\d+$/.test(words)) return Number(words);
  if (/single$/.test(words)) return 1;
  if (/dozen$/.test(words)) return 12;
  let sum = 0;
  for (const word of words.split(/[ -]/)) {
    const small = word === 'a' || word === 'an' ? 1 : SMALL.indexOf(word);
    const ten = TENS.indexOf(word);
    if (word === 'hundred') sum *= 100;
    else if (word === 'thousand') sum *= 1000;
    else if (ten >= 0) sum += 20 + 10 * ten;
    else if (small > 0) sum += small;
    else return null;
  }
  return sum === 0 ? null : sum;
}
