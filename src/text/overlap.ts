import type { TextView } from './text-view.js';

/** How much of one text's content stands in another: the share of its meaningful words, repetitions counted, from 0 to 1. */
export function keptShare(text: TextView, other: TextView): number {
  let all = 0;
  let kept = 0;
  for (const [stem, count] of text.content) {
    all += count;
    kept += Math.min(count, other.content.get(stem) ?? 0);
  }
  return all === 0 ? 1 : kept / all;
}

/** How alike the wording of two texts is, from 0 to 1: twice the words in common, by those of both. Order does not count. */
export function likeness(one: TextView, other: TextView): number {
  const counts = countWords(one.words);
  let common = 0;
  for (const word of other.words) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    common += 1;
    counts.set(word, left - 1);
  }
  const all = one.wordCount + other.wordCount;
  return all === 0 ? 1 : (2 * common) / all;
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
