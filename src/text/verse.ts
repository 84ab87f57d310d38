import type { TextView } from './text-view.js';

const FEWEST_LINES = 8;
/** In words; longer lines are those of prose. */
const LONGEST_LINE = 12;
/** The share of a text's lines of running text that have to be short and stand together. */
const MOST_LINES = 0.7;

/** Whether a text is set in short lines that stand together, as verse is, and dialogue or a list without labels may be. */
export function isVerse(text: TextView): boolean {
  const stanzas = text.paragraphs.filter(({ lines }) => lines.length > 1);
  const lines = text.lines.filter(({ kind }) => kind === 'text');
  const short = stanzas.flatMap((stanza) => stanza.lines).filter(({ content }) => isShort(content));
  return lines.length >= FEWEST_LINES && short.length >= lines.length * MOST_LINES;
}

function isShort(line: string): boolean {
  return line.split(/\s+/, LONGEST_LINE + 1).length <= LONGEST_LINE;
}
