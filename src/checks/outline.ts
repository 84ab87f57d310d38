import type { Line } from '../text/lines.js';
import { readWords } from '../text/words.js';
import { candidateCheck } from './check.js';
import { readRequest } from './request/request.js';

/** Works that consist of running text; a report or a profile may well be a list of points. */
const PROSE: ReadonlySet<string> = new Set([
  'essay',
  'article',
  'post',
  'blog',
  'paper',
  'piece',
  'column',
  'editorial',
  'op-ed',
  'speech',
  'story',
  'letter',
  'composition',
  'tale',
  'narrative',
]);
const LABEL = /^[*_]{0,3}[^.:!?\n]{1,60}:[*_]{0,3}\s*/;

/** A plan of points in the place of the text that they plan. */
export const outlineOnly = candidateCheck({
  id: 'outline_only',
  version: 1,
  severity: 'flag',
  description:
    'The text is a list of points: a plan of the essay or article that was asked for, or a summary of the story.',
  thresholds: {
    items: {
      default: 0.4,
      description: 'Share of the words that stand in list items, more than in the original.',
    },
    itemWords: {
      default: 10,
      description: 'Mean number of words of an item, up to which it is a point and no text.',
    },
    retoldShare: {
      default: 0.82,
      description: "Share of the original's words up to which a story in points is a summary of it.",
    },
    fragments: {
      default: 0.25,
      description:
        'Share of the words that stand in items which are no sentences, more than in the original.',
    },
  },
  find: ({ instruction, refined, original }, { items, itemWords, fragments, retoldShare }) => {
    const { nouns, genre } = readRequest(instruction);
    if (genre === 'guidance' || ![...nouns].some((noun) => PROSE.has(noun))) return [];
    const after = measureItems(refined.items, refined.wordCount);
    const before = measureItems(original.items, original.wordCount);
    const becameList = after.share - before.share >= items;
    const isPlan =
      (becameList && after.mean <= itemWords && refined.items.length >= 5) ||
      after.fragments - before.fragments >= fragments;
    const isRetold =
      becameList && genre === 'narrative' && refined.wordCount <= original.wordCount * retoldShare;
    const [first] = refined.items;
    if (first === undefined || (!isPlan && !isRetold)) return [];
    const message = isPlan
      ? `The text is a plan in points: ${refined.items.length} items of ${Math.round(after.mean)} words.`
      : `The story became ${refined.items.length} points that sum it up in fewer words.`;
    return [{ message, start: first.start, end: first.end }];
  },
});

function measureItems(
  items: readonly Line[],
  wordCount: number,
): { share: number; mean: number; fragments: number } {
  let words = 0;
  let inFragments = 0;
  for (const { content } of items) {
    const own = readWords(content).length;
    words += own;
    const said = content.replace(LABEL, '');
    if (said === '' || !/[.!?:;"”’)]\W*$/.test(said)) inFragments += own;
  }
  const all = Math.max(1, wordCount);
  return { share: words / all, mean: words / Math.max(1, items.length), fragments: inFragments / all };
}
