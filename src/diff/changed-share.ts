import { UNSPACED_SCRIPTS } from './unspaced-words.js';

/**
 * How much two texts differ: the share of the words of both together that only one of them has, from 0 to 1. A word
 * counts as often as it stands there; the order of the words does not count, so this takes no longer than reading. Words
 * are what white space parts, and single characters in scripts that put none between words.
 */
export function changedShare(original: string, refined: string): number {
  const left = countWords(original);
  const right = countWords(refined);
  let differing = 0;
  let all = 0;
  for (const word of new Set([...left.keys(), ...right.keys()])) {
    const here = left.get(word) ?? 0;
    const there = right.get(word) ?? 0;
    differing += Math.abs(here - there);
    all += here + there;
  }
  return all === 0 ? 0 : differing / all;
}

const SPACED = /\S+/g;
const UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS}]\\p{M}*|[^\\s${UNSPACED_SCRIPTS}]+`, 'gv');
/** Before it no script does without spaces, and most texts have nothing beyond. */
const MAYBE_UNSPACED = /[\u0e00-\u{10ffff}]/u;

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(MAYBE_UNSPACED.test(text) ? UNSPACED : SPACED))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
