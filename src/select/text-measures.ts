import { type EncodingName, loadEncoding } from '../token-encoding.js';
import { mayReachWords } from './words/bound-words.js';
import { countWords } from './words/count-words.js';

/** A way to measure how long a text is. The measure of a text never depends on what stands around it. */
export interface TextMeasure {
  measure(text: string): number;
  /** Whether `measure` can come to so much: false is certain, true is not. For less work than `measure`. */
  mayReach(text: string, least: number): boolean;
}

/**
 * What `--by` can name, apart from `field:NAME`, and what loads it: tokenisers come with tables of megabytes, so each is
 * loaded only when it is asked for.
 */
export const textMeasures: Readonly<Record<string, () => Promise<TextMeasure>>> = {
  words: async () => ({ measure: countWords, mayReach: mayReachWords }),
  chars: async () => ({ measure: countCodePoints, mayReach: (text, least) => text.length >= least }),
  bytes: async () => ({ measure: countBytes, mayReach: hasBytes }),
  'tokens:o200k': () => measureTokens('o200k'),
  'tokens:cl100k': () => measureTokens('cl100k'),
  'tokens:llama': () => measureTokens('llama'),
};

/** Unicode code points: an emoji is one or more, never half a surrogate pair. */
function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    // The text is well-formed, so each high surrogate has its low one.
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800) count -= 1;
  }
  return count;
}

/** Bytes of UTF-8. */
function countBytes(text: string): number {
  return Buffer.byteLength(text);
}

/** No token is shorter than a byte, so this bounds tokens as well. */
function hasBytes(text: string, least: number): boolean {
  return countBytes(text) >= least;
}

/** Tokens of a model's encoding; the paper trained Llama-2-7B. */
async function measureTokens(encoding: EncodingName): Promise<TextMeasure> {
  return { measure: await loadEncoding(encoding), mayReach: hasBytes };
}
