import { type DiffPart, isInOriginal, isInRefined } from '../../src/diff/diff-part.js';

/** Parts as text: `[removed]`, `{added}`, `<1<moved away>`, `>1>moved here<`. */
export function marked(parts: readonly DiffPart[]): string {
  return parts.map(mark).join('');
}

function mark(part: DiffPart): string {
  switch (part.kind) {
    case 'same':
      return part.text;
    case 'removed':
      return `[${part.text}]`;
    case 'added':
      return `{${part.text}}`;
    case 'moved':
      return part.end === 'from' ? `<${part.move}<${part.text}>` : `>${part.move}>${part.text}<`;
  }
}

export function originalOf(parts: readonly DiffPart[]): string {
  return parts
    .filter(isInOriginal)
    .map(({ text }) => text)
    .join('');
}

export function refinedOf(parts: readonly DiffPart[]): string {
  return parts
    .filter(isInRefined)
    .map(({ text }) => text)
    .join('');
}
