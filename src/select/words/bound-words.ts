import { isWhiteSpace } from './white-space.js';

/**
 * Whether a text can have so many words. `false` is certain; after `true` only `countWords` can tell. It takes a small
 * part of the time of counting, so that most texts of a dataset are ruled out by it.
 *
 * Between white space and marks stand stretches of letters. A mark is at most one token. A stretch is one too, or two if
 * it is a fused word (cannot, gimme, gonna, gotta, lemme, wanna), which has a double n, m or t. The text is looked at
 * as bytes of UTF-8, without a branch for each, and what lies beyond ASCII counts as a mark for every byte.
 *
 * @param least a number of words
 */
export function mayReachWords(text: string, least: number): boolean {
  let most = 0;
  let kind = SPACE;
  let done = 0;
  while (done < text.length) {
    const { read, written } = encoder.encodeInto(done === 0 ? text : text.slice(done), bytes);
    for (let start = 0; start < written; start += BLOCK) {
      const end = Math.min(start + BLOCK, written);
      for (let index = start; index < end; index += 1) {
        const next = KINDS[bytes[index] ?? 0] ?? MARK;
        most += TOKENS[(kind << 3) | next] ?? 0;
        kind = next;
      }
      if (most >= least) return true;
      // No byte that is left can be more than one token; no character has more than three for each UTF-16 code unit.
      if (most + written - end + 3 * (text.length - done - read) < least) return false;
    }
    done += read;
  }
  return most >= least;
}

const encoder = new TextEncoder();
/** Room for a part of a text; most texts are shorter. */
const bytes = new Uint8Array(16 * 1024);
/** Bytes after which it is asked whether the text has enough words already, or cannot have them any more. */
const BLOCK = 256;

const SPACE = 0;
const MARK = 1;
const LETTER = 2;
/** Letters that fused words have twice. */
const DOUBLED = ['n', 'm', 't'];

/** What each byte is: white space, a mark, a letter or digit, or one of the letters that may be doubled. */
const KINDS = Uint8Array.from({ length: 0x100 }, (_, byte) => {
  if (byte < 0x80 && isWhiteSpace(byte)) return SPACE;
  const character = String.fromCharCode(byte);
  if (!/[A-Za-z0-9]/.test(character)) return MARK;
  const doubled = DOUBLED.indexOf(character.toLowerCase());
  return doubled < 0 ? LETTER : LETTER + 1 + doubled;
});

/** How many tokens a byte can add, by the kind of the one before it (times 8) and its own. */
const TOKENS = Uint8Array.from({ length: 8 * 8 }, (_, pair) => {
  const [before, own] = [pair >> 3, pair & 7];
  if (own === SPACE) return 0;
  if (own === MARK || before < LETTER) return 1;
  return own > LETTER && own === before ? 1 : 0;
});
