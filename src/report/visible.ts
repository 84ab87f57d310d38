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

/** JSON of the data, indented, in which the same characters are escaped in JSON's own way: it means the same. */
export function visibleJson(data: object): string {
  return JSON.stringify(data, null, 2).replaceAll(UNSAFE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** C0, DEL and C1 controls, line and paragraph separators, bidirectional controls, the byte order mark. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

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
