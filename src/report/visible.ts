/**
 * Makes text from datasets, models and servers safe to print in a terminal: control characters and those
 * that reorder or hide text are shown as escapes (`\x1b`, `\u{202e}`) and never obeyed. Line breaks and tabs
 * stay when `multiline` is set.
 */
export function visible(text: string, multiline = false): string {
  return text.replaceAll(UNSAFE, (character) => {
    if (multiline && (character === '\n' || character === '\t')) return character;
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    if (character === '\r') return '\\r';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** A stretch of text, or escapes in the place of characters that are not shown as they are. */
export interface VisiblePart {
  readonly text: string;
  readonly escaped: boolean;
}

/** A text of several lines as `visible` shows it, in parts, so that escapes can be told from text that looks like them. */
export function visibleParts(text: string): VisiblePart[] {
  return text
    .split(UNSAFE_RUNS)
    .map((part, place) => ({ text: visible(part, true), escaped: place % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** JSON of the data, indented, in which the same characters are escaped in JSON's own way: it means the same. */
export function visibleJson(data: object): string {
  return JSON.stringify(data, null, 2).replaceAll(UNSAFE, (character) =>
    character === '\n' ? character : character.split('').map(escapeUnit).join(''),
  );
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * C0, DEL and C1 controls, line and paragraph separators, bidirectional controls, and what is invisible: zero-width space,
 * word joiner and the like, tags, the byte order mark. Joiners stay, for emoji and several scripts are written with them.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** The same in a row, line breaks and tabs excepted; captured, so that splitting at them keeps them. */
const UNSAFE_RUNS = new RegExp(`((?:(?![\\n\\t])${UNSAFE.source})+)`, 'u');

/** The beginning of a text on one line, at most `limit` characters of it. */
export function excerpt(text: string, limit: number): string {
  const line = visible(
    text
      .trim()
      .replaceAll(/\s+/g, ' ')
      .slice(0, limit * 4),
  );
  const characters = [...line];
  return characters.length <= limit
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}
