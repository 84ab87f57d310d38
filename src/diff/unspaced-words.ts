/** Scripts that put no space between words, for use within the brackets of a regular expression. */
export const UNSPACED_SCRIPTS = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}`;

/** Runs longer than this are cut before words are looked for, which takes more and more time a character. */
const LONGEST_RUN = 2000;

let segmenter: Intl.Segmenter | undefined;

/** The words of a run of characters in such a script, as offsets; together they are the whole run. */
export function* unspacedWords(run: string): Generator<{ readonly start: number; readonly end: number }> {
  // Any language would do: the dictionaries go by script.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  for (let from = 0; from < run.length; ) {
    let to = Math.min(run.length, from + LONGEST_RUN);
    // Never within a pair of surrogates.
    if (to < run.length && /[\udc00-\udfff]/.test(run.charAt(to))) to += 1;
    for (const { index, segment } of segmenter.segment(run.slice(from, to)))
      yield { start: from + index, end: from + index + segment.length };
    from = to;
  }
}
