import { diffArrays, diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of text that both versions share, or that only one has. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/**
 * Edits beyond which texts are compared line by line, and then as wholes: the time that it takes to find them
 * grows with the square of their number, which one line of a megabyte would turn into hours.
 */
const MOST_EDITS = { maxEditLength: 4000 };

/**
 * Compares two texts word by word, as far as that can be done in a second or so. White space counts as text, so
 * nothing is lost: the parts, in reading order, add up to both; what was removed stands before what came in its place.
 */
export function diffTexts(original: string, refined: string): DiffPart[] {
  const changes =
    diffWordsWithSpace(original, refined, MOST_EDITS) ??
    diffLines(original, refined, MOST_EDITS) ??
    diffArrays([original], [refined]).map((change) => ({ ...change, value: change.value.join('') }));
  return joinChanges(
    changes.map(({ added, removed, value }): DiffPart => {
      return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value };
    }),
  );
}

/**
 * Joins changes that only white space keeps apart, so that a rewritten phrase reads as one phrase gone and one
 * come, not as a word of each in turn.
 */
function joinChanges(parts: readonly DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed });
    if (added !== '') joined.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const [index, { kind, text }] of parts.entries()) {
    const last = index === parts.length - 1;
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (removed !== '' && added !== '' && !last && text.trim() === '') {
      removed += text;
      added += text;
    } else {
      flush();
      joined.push({ kind, text });
    }
  }
  flush();
  return joined;
}
