import { readWords } from '../text/words.js';
import { type DiffPart, isInOriginal, isInRefined } from './diff-part.js';

/**
 * How much two texts agree: the share of the words of both that stand in both in the same order, from 0 to 1; 1 for two
 * texts without words. Moved lines are in another order.
 */
export function similarity(parts: readonly DiffPart[]): number {
  let same = 0;
  let all = 0;
  for (const part of parts) {
    const words = readWords(part.text).length;
    if (part.kind === 'same') same += 2 * words;
    all += (isInOriginal(part) ? words : 0) + (isInRefined(part) ? words : 0);
  }
  return all === 0 ? 1 : same / all;
}
