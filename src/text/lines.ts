/** What a line of a response is, by its form alone. */
export type LineKind = 'blank' | 'text' | 'item' | 'heading' | 'table' | 'quote' | 'fence' | 'code';

/** One line of a text; offsets are UTF-16, the line break excluded. */
export interface Line {
  readonly kind: LineKind;
  readonly start: number;
  readonly end: number;
  /** Where the line's own words begin, behind indentation and any bullet, number or hash signs. */
  readonly from: number;
  /** Its own words, without emphasis around the whole. */
  readonly content: string;
  /** The bullet or number of an item, without what follows it; empty for any other kind. */
  readonly label: string;
  /** Columns of white space in front. */
  readonly indent: number;
}

const FENCE = /^[ \t]*(?:`{3,}|~{3,})/;
const ITEM =
  /^([ \t]*)([-*•◦▪–+]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|(?:Q|Step|Day)?\s?\d{1,3}[:.])[ \t]+(?=\S)/;
const HASHES = /^([ \t]{0,3})(#{1,6})[ \t]+(?=\S)/;
const BOLD_LINE = /^\s*(\*\*|__)(?!\s)(.+?)\1:?\s*$/;
const TITLE_COLON = /^[\p{Lu}\d][^.!?:]{0,60}:$/u;
const TABLE = /^\s*\|.*\|\s*$/;
const QUOTE = /^\s*>\s?/;

/** Takes a text apart into its lines. A fence opens a code block, which the next fence closes. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let inCode = false;
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const raw = text.slice(start, end).replace(/\r$/, '');
    const isFence = FENCE.test(raw);
    lines.push(
      isFence ? plain('fence', raw, start) : inCode ? plain('code', raw, start) : readLine(raw, start),
    );
    if (isFence) inCode = !inCode;
    if (newline === -1) break;
    start = newline + 1;
  }
  return lines;
}

function readLine(raw: string, start: number): Line {
  if (raw.trim() === '') return plain('blank', raw, start);
  if (TABLE.test(raw)) return plain('table', raw, start);
  const hashes = HASHES.exec(raw);
  if (hashes !== null) return marked('heading', raw, start, hashes[0].length, '');
  if (BOLD_LINE.test(raw) || TITLE_COLON.test(raw.trim())) return marked('heading', raw, start, 0, '');
  const item = ITEM.exec(raw);
  if (item !== null) return marked('item', raw, start, item[0].length, item[2] ?? '');
  const quote = QUOTE.exec(raw);
  return quote === null ? plain('text', raw, start) : marked('quote', raw, start, quote[0].length, '');
}

function plain(kind: LineKind, raw: string, start: number): Line {
  const indent = raw.length - raw.trimStart().length;
  return marked(kind, raw, start, indent, '');
}

function marked(kind: LineKind, raw: string, start: number, skipped: number, label: string): Line {
  const rest = raw.slice(skipped);
  const from = start + skipped + (rest.length - rest.trimStart().length);
  return {
    ...{ kind, start, end: start + raw.length, from, label },
    content: rest.trim(),
    indent: raw.length - raw.trimStart().length,
  };
}
