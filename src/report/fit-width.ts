import stringWidth from 'string-width';
import { visible } from './visible.js';

/** Text longer than this many UTF-16 units a column is cut before it is measured: no character has as many. */
const MOST_UNITS_A_COLUMN = 16;

let segmenter: Intl.Segmenter | undefined;

/** Columns that a text without line breaks takes in a terminal. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/**
 * The beginning of a text on one line, at most so many columns wide, safe to print. Characters are cut off whole, also
 * those of several code points, and an ellipsis says so.
 */
export function fitWidth(text: string, columns: number): string {
  const most = columns * MOST_UNITS_A_COLUMN;
  const line = visible(
    text
      .slice(0, 2 * most)
      .trim()
      .replaceAll(/\s+/g, ' ')
      .slice(0, most)
      .toWellFormed(),
  );
  if (text.length <= most && widthOf(line) <= columns) return line;
  segmenter ??= new Intl.Segmenter();
  let fitting = '';
  let width = 0;
  for (const { segment } of segmenter.segment(line)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    fitting += segment;
  }
  return `${fitting.trimEnd()}…`;
}

/** Fills a text up with blanks to so many columns. */
export function padWidth(text: string, columns: number, side: 'left' | 'right' = 'right'): string {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return side === 'right' ? text + blanks : blanks + text;
}
