/** A sentence and where it stands, in UTF-16 offsets. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A mark that may end a sentence, what closes behind it, and the space before the next one begins. */
const BREAK = /(?<![.!?…])[.!?…]+["”’')\]*_]*(?=\s+["“‘'([*_]*[\p{Lu}\p{N}])|[。！？]/gu;
const ABBREVIATION =
  /(?:^|[\s("“])(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|vs|etc|e\.g|i\.e|No|Fig|Inc|Ltd|Co|a\.m|p\.m|U\.S|approx|\p{Lu})\.$/u;
const LABEL = /^\s*(?:\d{1,3}|[a-zA-Z])[.)]$/;

/**
 * Divides a stretch of prose into sentences. It need not be exact: where it errs, a check sees one long sentence in the
 * place of two.
 *
 * @param offset where the stretch stands in its text
 */
export function splitSentences(prose: string, offset: number): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  const take = (to: number): void => {
    const raw = prose.slice(from, to);
    const text = raw.trim();
    if (text !== '') {
      const start = offset + from + (raw.length - raw.trimStart().length);
      sentences.push({ text, start, end: start + text.length });
    }
    from = to;
  };
  for (const match of prose.matchAll(BREAK)) {
    const end = match.index + match[0].length;
    const before = prose.slice(from, end);
    if (LABEL.test(before) || (match[0] === '.' && ABBREVIATION.test(before.slice(-12)))) continue;
    take(end);
  }
  take(prose.length);
  return sentences;
}
