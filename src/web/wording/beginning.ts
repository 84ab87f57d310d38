const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/;

/** The beginning of a text: at most so many UTF-16 units, and no half of a character. */
export function beginningOf(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(HIGH_SURROGATE_AT_END, '');
}
