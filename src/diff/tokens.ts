import type { Line } from '../text/lines.js';
import { UNSPACED_SCRIPTS, unspacedWords } from './unspaced-words.js';

/** A piece of text that differs as a whole or not at all; the spaces between tokens are none. */
export interface Token {
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'sign' | 'break' | 'line';
  /** How much it says, about in letters of an alphabet; 0 for signs and line breaks. */
  readonly weight: number;
  /** Of lines that both texts have: the number of the token in the other text as well. */
  readonly shared?: number;
}

/** A line that both texts have, so that it is one token. */
export interface SharedLine {
  readonly start: number;
  readonly end: number;
  readonly shared: number;
}

/** Letters that a character says as much as, in scripts without spaces. */
const LETTERS_A_CHARACTER = 3;

/** Marks, joiners and what else belongs to the character before it. */
const EXTENDS = String.raw`[\p{M}\p{Emoji_Modifier}\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic}`;
/**
 * A number with its points; a run in a script without spaces; any other word, with apostrophes inside; a flag; the same
 * sign several times (`**`, `...`); an emoji or any other sign with what belongs to it.
 */
const TOKEN = new RegExp(
  [
    String.raw`\d+(?:[.,]\d+)+`,
    String.raw`(?<unspaced>[${UNSPACED_SCRIPTS}][${UNSPACED_SCRIPTS}\p{M}\u30fc]*)`,
    String.raw`(?<word>[[\p{L}\p{N}_]--[${UNSPACED_SCRIPTS}]][[\p{L}\p{N}\p{M}_]--[${UNSPACED_SCRIPTS}]]*(?:['’]\p{L}+)*)`,
    String.raw`\p{RI}\p{RI}`,
    String.raw`(?<sign>[\p{P}\p{S}])\k<sign>*(?:${EXTENDS})*`,
    String.raw`[^\s](?:${EXTENDS})*`,
  ].join('|'),
  'gv',
);

/**
 * Takes a text apart into what a reader compares: words, signs, bullets, line breaks, lines of code, and the lines in `shared`,
 * which are in the order of the text. Of a text in a script without spaces each word is one, too.
 */
export function readTokens(text: string, lines: readonly Line[], shared: readonly SharedLine[]): Token[] {
  const tokens: Token[] = [];
  let next = 0;
  let position = 0;
  for (const [index, line] of lines.entries()) {
    position = Math.max(position, line.start);
    if (line.label !== '' && position === line.start) {
      const start = text.indexOf(line.label, position);
      position = start + line.label.length;
      tokens.push({ start, end: position, kind: 'sign', weight: 0 });
    }
    for (let span = shared[next]; span !== undefined && span.start <= line.end; span = shared[++next]) {
      addWords(tokens, text, position, span.start);
      tokens.push({ ...span, kind: 'line', weight: span.end - span.start });
      position = span.end;
    }
    if (position < line.end) {
      if (position === line.start && (line.kind === 'code' || line.kind === 'fence'))
        tokens.push({ start: position, end: line.end, kind: 'line', weight: line.end - position });
      else addWords(tokens, text, position, line.end);
    }
    const after = lines[index + 1];
    // A carriage return counts as white space, so that another kind of line break is no other line.
    if (after !== undefined && after.start > position)
      tokens.push({ start: after.start - 1, end: after.start, kind: 'break', weight: 0 });
  }
  return tokens;
}

function addWords(tokens: Token[], text: string, from: number, to: number): void {
  if (from >= to) return;
  for (const match of text.slice(from, to).matchAll(TOKEN)) {
    const start = from + match.index;
    const [found] = match;
    if (match.groups?.unspaced !== undefined) {
      for (const word of unspacedWords(found)) {
        const weight = LETTERS_A_CHARACTER * (word.end - word.start);
        tokens.push({ start: start + word.start, end: start + word.end, kind: 'word', weight });
      }
      continue;
    }
    const isWord = match.groups?.word !== undefined || /^\d/.test(found);
    const end = start + found.length;
    tokens.push({ start, end, kind: isWord ? 'word' : 'sign', weight: isWord ? found.length : 0 });
  }
}
