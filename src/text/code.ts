import type { CodeBlock } from './code-blocks.js';
import { judgeCodeLine } from './code-line.js';
import type { Line } from './lines.js';

/** A stretch of a text that is code, in a fence or not. */
export interface CodeStretch {
  /** What the fence calls it, in lower case; empty when nothing does. */
  readonly label: string;
  /** The lines of code, without any fence. */
  readonly code: string;
  /** Where the code stands, the fence excluded; UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly isFenced: boolean;
  /** False for a fence that nothing closes. */
  readonly isClosed: boolean;
}

/** So many lines that are hardly anything but code make a stretch of it. */
const FEWEST_CODE_LINES = 2;
/** Prose that stands in by so many columns among lines of code is text of the program. */
const INDENTED = 2;
/** Lines behind so many are not looked at: no answer has them, and judging a line takes dozens of patterns. */
const MOST_LINES = 20_000;
const OPENS_COMMENT = /\/\*|<!--/;
const CLOSES_COMMENT = /\*\/|-->/;
const LONG_QUOTE = /"""|'''/g;

/** Finds all code of a text, in reading order: what is fenced, and what looks like code without a fence. */
export function findCode(raw: string, lines: readonly Line[], blocks: readonly CodeBlock[]): CodeStretch[] {
  const fenced = blocks.map(({ language, code, codeStart, isClosed }) => ({
    ...{ label: language, code, start: codeStart, end: codeStart + code.length },
    ...{ isFenced: true, isClosed },
  }));
  return [...fenced, ...findUnfenced(raw, lines)].sort((one, other) => one.start - other.start);
}

function findUnfenced(raw: string, lines: readonly Line[]): CodeStretch[] {
  const found: CodeStretch[] = [];
  let current = new OpenStretch();
  const close = (): void => {
    if (current.isCode) found.push(current.read(raw));
    current = new OpenStretch();
  };
  for (const line of lines.slice(0, MOST_LINES)) {
    if (line.kind === 'blank') continue;
    const isInFence = line.kind === 'fence' || line.kind === 'code';
    if (isInFence || !current.take(line, raw.slice(line.start, line.end))) close();
  }
  close();
  return found;
}

/** Lines that may turn out to be code, read one after the other. */
class OpenStretch {
  #first: Line | null = null;
  #last: Line | null = null;
  #codeLines = 0;
  #isInString = false;
  #isInComment = false;

  get isCode(): boolean {
    return this.#codeLines >= FEWEST_CODE_LINES;
  }

  /** Adds the line, unless it is prose that belongs to no program. */
  take(line: Line, text: string): boolean {
    const isInside = this.#isInString || this.#isInComment;
    const kind = isInside ? 'filler' : judgeCodeLine(text);
    if (kind === 'prose' && (this.#first === null || line.indent < INDENTED)) return false;
    if (kind === 'code') this.#codeLines += 1;
    if ((text.match(LONG_QUOTE)?.length ?? 0) % 2 === 1) this.#isInString = !this.#isInString;
    if (OPENS_COMMENT.test(text)) this.#isInComment = true;
    if (CLOSES_COMMENT.test(text)) this.#isInComment = false;
    this.#first ??= line;
    this.#last = line;
    return true;
  }

  read(raw: string): CodeStretch {
    const start = this.#first?.start ?? 0;
    const end = this.#last?.end ?? 0;
    return { label: '', code: raw.slice(start, end), start, end, isFenced: false, isClosed: true };
  }
}

const INLINE_CODE = /`[^`\n]{1,300}`/g;

/** The text with blanks in the place of all code, also of lone lines and of what stands between backticks; no offset moves. */
export function blankOutCode(raw: string, lines: readonly Line[], stretches: readonly CodeStretch[]): string {
  let text = '';
  let next = 0;
  for (const { kind, start, end } of lines.slice(0, MOST_LINES)) {
    while ((stretches[next]?.end ?? raw.length) <= start && next < stretches.length) next += 1;
    text += raw.slice(text.length, start);
    const line = raw.slice(start, end);
    const isCode =
      kind === 'code' || start >= (stretches[next]?.start ?? raw.length) || judgeCodeLine(line) === 'code';
    text += isCode ? blanks(line) : line.replace(INLINE_CODE, blanks);
  }
  return text + raw.slice(text.length);
}

function blanks(text: string): string {
  return ' '.repeat(text.length);
}
