import { diffArrays, diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of text that both versions share, or that only one has. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** How two texts differ, word by word. */
export interface TextDiff {
  /** In reading order; what was removed stands before what was added in its place. */
  readonly parts: readonly DiffPart[];
  /** Share of the words of both texts together that only one of them has, from 0 (the same) to 1. */
  readonly changed: number;
}

/**
 * Edits beyond which texts are compared line by line, and then as wholes: the time that it takes to find them
 * grows with the square of their number, which one line of a megabyte would turn into hours.
 */
const MOST_EDITS = { maxEditLength: 4000 };

/**
 * Compares two texts word by word, as far as that can be done in a second or so. White space counts as text, so
 * nothing is lost: the parts add up to both.
 */
export function diffTexts(original: string, refined: string): TextDiff {
  const changes =
    diffWordsWithSpace(original, refined, MOST_EDITS) ??
    diffLines(original, refined, MOST_EDITS) ??
    diffArrays([original], [refined]).map((change) => ({ ...change, value: change.value.join('') }));
  const parts = changes.map(({ added, removed, value }): DiffPart => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value };
  });
  let differing = 0;
  let all = 0;
  for (const { kind, text } of parts) {
    const words = text.match(/\S+/g)?.length ?? 0;
    all += kind === 'same' ? 2 * words : words;
    if (kind !== 'same') differing += words;
  }
  return { parts: joinChanges(parts), changed: all === 0 ? 0 : differing / all };
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
