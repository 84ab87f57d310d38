import { isWhiteSpace } from './white-space.js';

/** Punctuation that is never part of a word when it stands at its end. The period is not among it. */
const CLOSING = new Set(')";}]*:@\'({[!?');
/** Characters that cannot begin a word. */
const NO_START = new Set('("`{[:;&#*@)}]-,');

/**
 * Divides a line into the words that sentence rules look at: periods stay with their word, runs of dots or dashes
 * are words of their own. Coarser than the tokens that are counted.
 */
export function sentenceWords(line: string): string[] {
  const words: string[] = [];
  let start = 0;
  while (start < line.length) {
    if (isWhiteSpace(line.charCodeAt(start))) {
      start += 1;
      continue;
    }
    const end =
      endOfRun(line, start) ?? (NO_START.has(line[start] ?? '') ? start + 1 : endOfWord(line, start + 1));
    words.push(line.slice(start, end));
    start = end;
  }
  return words;
}

function endOfWord(line: string, from: number): number {
  for (let end = from; end < line.length; end += 1) {
    if (endsWordAt(line, end)) return end;
    if (line[end] === ',' && (end + 1 === line.length || endsWordAt(line, end + 1))) return end;
  }
  return line.length;
}

function endsWordAt(line: string, at: number): boolean {
  return isWhiteSpace(line.charCodeAt(at)) || CLOSING.has(line[at] ?? '') || endOfRun(line, at) !== undefined;
}

/** The end of a run of dashes, of dots, or of dots with a space between each; undefined where none begins. */
function endOfRun(line: string, start: number): number | undefined {
  const mark = line[start];
  if (mark !== '.' && mark !== '-') return undefined;
  let end = start + 1;
  while (line[end] === mark) end += 1;
  if (end > start + 1) return end;
  if (mark === '-') return undefined;
  let dots = 1;
  while (isWhiteSpace(line.charCodeAt(end)) && line[end + 1] === '.') {
    end += 2;
    dots += 1;
  }
  return dots >= 3 ? end : undefined;
}
