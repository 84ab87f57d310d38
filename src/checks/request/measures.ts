import type { Line } from '../../text/lines.js';
import type { TextView } from '../../text/text-view.js';
import type { AskedAmount, Unit } from './amounts.js';

/** How many there are, by the strictest and by the most generous way of counting. */
export interface Measured {
  readonly fewest: number;
  readonly most: number;
}

/** A line of fewer words is a title, a greeting or a label, not a paragraph. */
const SHORTEST_PARAGRAPH = 8;
/** Items of fewer words on average may be lists in themselves, divided by commas. */
const LONG_ITEM = 15;

/** A sentence's worth of a script that puts no spaces between words. */
const LACKS_SPACES =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}][\p{P}\p{M}\s]{0,3}){10}/u;

/** Counts what an instruction asked for; null where the text has nothing that could be counted. */
export function measure(unit: Unit, view: TextView): Measured | null {
  switch (unit) {
    case 'words':
      return LACKS_SPACES.test(view.raw) ? null : same(countWords(view.raw));
    case 'characters':
      return same(view.raw.trim().length);
    case 'sentences':
      return countSentences(view);
    case 'paragraphs':
      return countParagraphs(view);
    case 'lines':
      return countLines(view);
    case 'stanzas':
      return same(view.raw.trim().split(/\n[ \t]*\n\s*/).length);
    case 'items':
      return countItems(view);
  }
}

/** By how much an amount was missed: its share of the smallest, or its multiple of the largest; 1 when it was kept. */
export function missedBy({ min, max }: AskedAmount, { fewest, most }: Measured): number {
  if (most < min) return most / min;
  return fewest > max ? fewest / max : 1;
}

function same(count: number): Measured {
  return { fewest: count, most: count };
}

/** Words as word processors count them: what stands between white space, signs alone excepted. */
export function countWords(text: string): number {
  return (text.match(/\S+/g) ?? []).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Titles and labels may count as sentences, or not. */
function countSentences(view: TextView): Measured {
  const complete = view.sentences.filter(({ text }) => /[.!?…。！？]["”’')\]*_]*$/.test(text));
  return { fewest: complete.length, most: view.sentences.length };
}

/** Items of a list may be paragraphs, too. */
function countParagraphs(view: TextView): Measured {
  const long = (line: Line): boolean => countWords(line.content) >= SHORTEST_PARAGRAPH;
  const blocks = view.paragraphs.filter(({ lines }) => lines.some(long));
  const lines = view.lines.filter((line) => line.kind !== 'blank' && line.kind !== 'heading' && long(line));
  return { fewest: Math.min(blocks.length, lines.length), most: lines.length };
}

function countLines(view: TextView): Measured {
  const lines = view.lines.filter(({ kind }) => kind !== 'blank');
  return { fewest: lines.filter(({ kind }) => kind !== 'heading').length, most: lines.length };
}

/** Labels of items, also where no space follows: `1.Eat well`. */
const LABEL = /^[ \t]*(?:[-*•◦▪+–]|\(?\d{1,3}[.):]|(?:Q|Step|Day) ?\d{1,3}[.:)])[ \t]*(?=[^\s\-*])/i;

/** Counts the items of lists; what a short item lists in itself, and what stands under headings, may be items too. */
function countItems({ raw, lines, paragraphs }: TextView): Measured | null {
  const items = lines.flatMap(({ start, end, kind }) => {
    const text = raw.slice(start, end);
    const label = kind === 'code' ? null : LABEL.exec(text);
    return label === null ? [] : [{ label: label[0], content: text.slice(label[0].length) }];
  });
  if (items.length < 2) return null;
  const words = countWords(items.map(({ content }) => content).join(' '));
  const isShort = words / items.length < LONG_ITEM;
  const parts = isShort ? items.reduce((sum, { content }) => sum + content.split(/[,;]/).length, 0) : 0;
  const headings = lines.filter(({ kind }) => kind === 'heading').length;
  const numbered = items.filter(({ label }) => /\d/.test(label)).length;
  return {
    fewest: numbered > 0 ? numbered : items.length,
    most: Math.max(items.length, parts, headings, paragraphs.length),
  };
}
