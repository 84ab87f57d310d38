import { isWhiteSpace } from './white-space.js';

/**
 * A number that `countWords` never exceeds, for a small part of its cost: enough to rule out texts that are too short
 * to be among the longest.
 *
 * Between white space and marks stand stretches of letters. A mark is at most one token; a stretch is one, or two if it
 * is a fused word such as "cannot".
 */
export function boundWords(text: string): number {
  let bound = 0;
  let start = 0;
  let ascii = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isStretch(code)) {
      if (code > 0x7f) ascii = false;
      continue;
    }
    if (index > start) bound += boundStretch(text, start, index, ascii);
    if (!isWhiteSpace(code)) bound += 1;
    start = index + 1;
    ascii = true;
  }
  return text.length > start ? bound + boundStretch(text, start, text.length, ascii) : bound;
}

/** Letters, digits, and all that is neither white space nor ever divided from what it stands beside. */
function isStretch(code: number): boolean {
  if (code < 0x80) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
  }
  if (isWhiteSpace(code)) return false;
  // « » and the curly quotes ‘ ’ “ ” „ (with ‚ and ‛ between them)
  return code !== 0xab && code !== 0xbb && (code < 0x2018 || code > 0x201e);
}

function boundStretch(text: string, start: number, end: number, ascii: boolean): number {
  const length = end - start;
  // A combining mark may end a word within a stretch, so that any part of it may be a fused word.
  if (!ascii) return 1 + 3 * Math.floor(length / 5);
  const first = text.charCodeAt(start) | 0x20;
  const mayBeFused = (length === 5 || length === 6) && FIRST_LETTERS.has(first);
  return mayBeFused ? 2 : 1;
}

/** Of cannot; gimme, gonna and gotta; lemme; wanna. */
const FIRST_LETTERS: ReadonlySet<number> = new Set([0x63, 0x67, 0x6c, 0x77]);
