import type { Line } from './lines.js';

/** A fenced block of code. */
export interface CodeBlock {
  /** What stands behind the opening fence, in lower case; empty when nothing does. */
  readonly language: string;
  readonly code: string;
  /** Where the code begins, behind the line of the opening fence. */
  readonly codeStart: number;
  /** From the opening fence to behind the closing one, or the end of the text. */
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
}

/** Finds the fenced blocks among the lines of a text. */
export function readCodeBlocks(lines: readonly Line[], raw: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let opening: Line | null = null;
  const close = (open: Line, closing: Line | null): void => {
    const codeStart = Math.min(open.end + 1, raw.length);
    blocks.push({
      language:
        open.content
          .replace(/^[`~]+\s*/, '')
          .split(/\s/, 1)[0]
          ?.toLowerCase() ?? '',
      ...{ codeStart, code: raw.slice(codeStart, closing?.start ?? raw.length) },
      ...{ start: open.start, end: closing?.end ?? raw.length, isClosed: closing !== null },
    });
  };
  for (const line of lines) {
    if (line.kind !== 'fence') continue;
    if (opening === null) opening = line;
    else {
      close(opening, line);
      opening = null;
    }
  }
  if (opening !== null) close(opening, null);
  return blocks;
}
