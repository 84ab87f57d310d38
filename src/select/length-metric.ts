/** How the length of a response is measured. */
export type LengthMetric = 'chars' | 'words';

/** The names that `--by` takes, the default first. */
export const lengthMetrics: readonly LengthMetric[] = ['words', 'chars'];

/**
 * The length of a text: `chars` counts Unicode code points (an emoji is one or more, never half a surrogate
 * pair), `words` the stretches between white space.
 */
export function measureLength(text: string, metric: LengthMetric): number {
  return metric === 'chars' ? countCodePoints(text) : countWords(text);
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    // The text is well-formed, so each high surrogate has its low one.
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800) count -= 1;
  }
  return count;
}

function countWords(text: string): number {
  let count = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index += 1) {
    const space = isSpace(text.charCodeAt(index));
    if (!space && !inWord) count += 1;
    inWord = !space;
  }
  return count;
}

/** What `\s` matches; a regular expression would take several times as long over a whole dataset. */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
