const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * The direction of a text, by its first letter. Browsers tell it themselves by `dir="auto"`, but in a text field they take
 * seconds for each key once it holds a megabyte.
 */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const [letter = ''] = FIRST_LETTER.exec(text) ?? [];
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
