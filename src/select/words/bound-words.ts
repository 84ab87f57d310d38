import { isWhiteSpace } from './white-space.js';

/**
 * Whether a text can have so many words. `false` is certain; after `true` only `countWords` can tell. Most texts of a
 * dataset are ruled out this way before they are read to their end.
 *
 * @param least a number of words
 */
export function mayReachWords(text: string, least: number): boolean {
  const { length } = text;
  let bound = 0;
  let start = 0;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) break;
    const kind = ASCII_KINDS[code];
    if (kind === LETTER) continue;
    if (index > start) bound += boundAsciiStretch(text, start, index);
    if (kind === MARK) bound += 1;
    start = index + 1;
    if (bound >= least) return true;
    // `boundWords` gives no text more words than it has characters, so neither can the rest.
    if (bound + length - start < least) return false;
  }
  return bound + boundWords(text.slice(start)) >= least;
}

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

const SPACE = 0;
const LETTER = 1;
const MARK = 2;

/** What each ASCII character is; a table, because it is looked up for every character of a dataset. */
const ASCII_KINDS = Uint8Array.from({ length: 0x80 }, (_, code) => {
  if (isWhiteSpace(code)) return SPACE;
  return /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? LETTER : MARK;
});

/** Letters, digits, and all that is neither white space nor ever divided from what it stands beside. */
function isStretch(code: number): boolean {
  if (code < 0x80) return ASCII_KINDS[code] === LETTER;
  if (isWhiteSpace(code)) return false;
  // « » and the curly quotes ‘ ’ “ ” „ (with ‚ and ‛ between them)
  return code !== 0xab && code !== 0xbb && (code < 0x2018 || code > 0x201e);
}

function boundStretch(text: string, start: number, end: number, ascii: boolean): number {
  // A combining mark may end a word within a stretch, so that any part of it may be a fused word.
  return ascii ? boundAsciiStretch(text, start, end) : 1 + 3 * Math.floor((end - start) / 5);
}

/** 2 for what may be a fused word: cannot; gimme, gonna and gotta; lemme; wanna. */
function boundAsciiStretch(text: string, start: number, end: number): number {
  const length = end - start;
  if (length !== 5 && length !== 6) return 1;
  const first = text.charCodeAt(start) | 0x20;
  return first === 0x63 || first === 0x67 || first === 0x6c || first === 0x77 ? 2 : 1;
}
