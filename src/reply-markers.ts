/** How a prompt asks for its answer: between markers, or as the reply whole. */
export const REPLY_FORMATS = ['better-answer', 'plain'] as const;
export type ReplyFormat = (typeof REPLY_FORMATS)[number];

/** A `[Better Answer]` or `[End]` in a reply; offsets are UTF-16 and cover the decoration that belongs to it. */
export interface ReplyMarker {
  readonly kind: 'open' | 'close';
  readonly start: number;
  readonly end: number;
  /** 0-based line, counted from where the scan began. */
  readonly line: number;
  /** Nothing but decoration stands before it on its line. */
  readonly leads: boolean;
  /** Nothing but decoration stands after it on its line. */
  readonly trails: boolean;
  /** The text before it on its line has come to the end of a sentence. */
  readonly afterSentence: boolean;
}

/**
 * The brackets with what models put inside them: spaces, emphasis, a colon, an escaping backslash. A letter or
 * digit directly before the bracket makes it an index (`items[end]`), not a marker. Every repetition is bounded,
 * so that a hostile reply costs no more than its length.
 */
const BRACKETS =
  /(?<![A-Za-z0-9])\\?\[[ \t*_]{0,8}(\/?)[ \t]{0,8}(better[ \t_-]{1,8}answer|end)[ \t*_:]{0,8}\\?\]/gi;

/** What may surround a marker on its line: blanks, quoting, headings, bullets, rules, emphasis, quotation marks. */
const DECORATION = new Set(' \t\r\u00a0>#*_~`"\'“”‘’-=');
const EMPHASIS = new Set('*_~`"\'“‘');
const BLANK = new Set(' \t\r\u00a0');
const SENTENCE_END = new Set('.!?…:;。！？)]}"\'”’*_`');
const CLOSING_QUOTE: Readonly<Record<string, string>> = { '“': '”', '‘': '’' };

/**
 * Finds every marker from offset `from` on, wherever it stands; which of them structure the reply is for the
 * parser to say. `[/Better Answer]` and `[/End]` close like `[End]`, since some models write them instead.
 */
export function scanMarkers(text: string, from: number): ReplyMarker[] {
  const markers: ReplyMarker[] = [];
  const pattern = new RegExp(BRACKETS);
  pattern.lastIndex = from;
  let line = 0;
  let newline = text.indexOf('\n', from);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const opening = match.index;
    const closing = opening + match[0].length;
    for (; newline !== -1 && newline < opening; newline = text.indexOf('\n', newline + 1)) line += 1;
    const lineFrom = skipBack(text, opening, from, DECORATION);
    const lineTo = skipOn(text, closing, DECORATION, ':');
    const leads = lineFrom === from || text[lineFrom - 1] === '\n';
    const trails = lineTo === text.length || text[lineTo] === '\n';
    const own = ownDecoration(text, opening, closing, from);
    const before = skipBack(text, own.start, from, BLANK);
    markers.push({
      kind: match[1] === '/' || match[2]?.toLowerCase() === 'end' ? 'close' : 'open',
      start: leads ? lineFrom : own.start,
      end: trails ? lineTo : own.end,
      line,
      leads,
      trails,
      afterSentence: before === from || SENTENCE_END.has(text[before - 1] ?? ''),
    });
  }
  return markers;
}

/**
 * The emphasis or quotation marks wrapped tightly around the brackets, and a colon. Marks that stand on one side
 * only belong to the neighbouring text: in `[Better Answer] **Paris**` nothing is taken.
 */
function ownDecoration(
  text: string,
  opening: number,
  closing: number,
  from: number,
): { start: number; end: number } {
  const start = skipBack(text, opening, from, EMPHASIS);
  const mirrored = [...text.slice(start, opening)].reverse().map((mark) => CLOSING_QUOTE[mark] ?? mark);
  const colon = text[closing] === ':' ? closing + 1 : closing;
  if (start === opening || !text.startsWith(mirrored.join(''), colon)) return { start: opening, end: colon };
  const end = colon + mirrored.length;
  return { start, end: colon === closing && text[end] === ':' ? end + 1 : end };
}

function skipBack(text: string, at: number, from: number, skipped: ReadonlySet<string>): number {
  let position = at;
  while (position > from && skipped.has(text[position - 1] ?? '')) position -= 1;
  return position;
}

function skipOn(text: string, at: number, skipped: ReadonlySet<string>, also: string): number {
  let position = at;
  while (position < text.length && (skipped.has(text[position] ?? '') || text[position] === also))
    position += 1;
  return position;
}
