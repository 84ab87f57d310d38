/** Where a quotation stands, in UTF-16 offsets of the text as it is. */
export interface QuoteSpan {
  readonly start: number;
  readonly end: number;
}

/** How many letters and digits a quotation must have: a word that stands in every text proves nothing. */
const FEWEST_LETTERS = 4;
/** How much of a quotation is looked for, in characters: its beginning says enough. */
const LONGEST_QUOTE = 400;

/** Signs of which people and models write one for the other. */
const SAME_SIGN: Readonly<Record<string, string>> = {
  ...{ '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '″': '"' },
  ...{ '‘': "'", '’': "'", '‚': "'", '‹': "'", '›': "'", '′': "'", '´': "'" },
  ...{ '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-' },
};
/** Emphasis and code marks are left out when a text is quoted. */
const MARKS = new Set('*_`');

/** A text to be quoted from, in which a quotation is found whatever became of its blanks, quotation marks and emphasis. */
export class QuotableText {
  readonly raw: string;
  #plain?: PlainText;

  constructor(raw: string) {
    this.raw = raw;
  }

  /**
   * Finds a quotation. An ellipsis in it may stand for anything, and a full stop at its end may be the quoter's.
   *
   * @returns null when it is not there, or too short to prove anything
   */
  find(quote: string): QuoteSpan | null {
    this.#plain ??= plainText(this.raw);
    const wanted = withoutOuterQuotes(plainText(quote.slice(0, LONGEST_QUOTE)).text.trim());
    if (countLetters(wanted) < FEWEST_LETTERS && wanted !== this.#plain.text.trim()) return null;
    return findWhole(this.#plain, wanted) ?? findPieces(this.#plain, wanted);
  }
}

/** A text with one spelling for what can be written in several ways. */
interface PlainText {
  readonly text: string;
  /** For each of its characters, where that begins and ends in the raw text. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

function plainText(raw: string): PlainText {
  const starts = new Uint32Array(raw.length);
  const ends = new Uint32Array(raw.length);
  const signs: string[] = [];
  let at = 0;
  while (at < raw.length) {
    const sign = raw[at] ?? '';
    const end = endOfRun(raw, at, sign);
    if (!MARKS.has(sign)) {
      starts[signs.length] = at;
      ends[signs.length] = end;
      signs.push(isBlank(sign) ? ' ' : end - at > 1 ? '…' : (SAME_SIGN[sign] ?? sign));
    }
    at = end;
  }
  return { text: signs.join(''), starts, ends };
}

/** Blanks in a row are one, and so are three dots or more. */
function endOfRun(raw: string, at: number, sign: string): number {
  let end = at + 1;
  if (isBlank(sign)) {
    while (end < raw.length && isBlank(raw[end] ?? '')) end += 1;
    return end;
  }
  if (sign !== '.') return end;
  while (raw[end] === '.') end += 1;
  return end - at >= 3 ? end : at + 1;
}

function isBlank(sign: string): boolean {
  return /\s/.test(sign);
}

function countLetters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function withoutOuterQuotes(text: string): string {
  return text.length > 2 && /^(["']).*\1$/s.test(text) ? text.slice(1, -1).trim() : text;
}

function findWhole({ text, starts, ends }: PlainText, wanted: string): QuoteSpan | null {
  const at = text.indexOf(wanted);
  return at === -1 ? null : spanOf(starts, ends, at, at + wanted.length);
}

/** The parts between ellipses, one after the other. */
function findPieces({ text, starts, ends }: PlainText, wanted: string): QuoteSpan | null {
  const pieces = wanted
    .split(/\[?…\]?/)
    .map((piece) => piece.trim().replace(/[.,;:!?]$/, ''))
    .filter((piece) => piece !== '');
  let first: number | null = null;
  let end = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, end);
    if (at === -1) return null;
    first ??= at;
    end = at + piece.length;
  }
  return first === null ? null : spanOf(starts, ends, first, end);
}

function spanOf(starts: Uint32Array, ends: Uint32Array, from: number, to: number): QuoteSpan {
  return { start: starts[from] ?? 0, end: ends[to - 1] ?? 0 };
}
