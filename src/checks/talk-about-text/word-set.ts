/** A set of the words in a text, so that a table of words reads like one. */
export function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
