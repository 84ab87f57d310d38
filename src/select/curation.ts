import type { Example } from '../dataset/example.js';
import { findLeakedTask } from '../text/leaked-task.js';
import { findNearDuplicates } from './near-duplicates.js';
import { hashPhrases, hashWords } from './word-hashes.js';

/** Something about the chosen examples that a curator should look at. */
export interface CurationWarning {
  readonly kind: 'exact_duplicates' | 'near_duplicates' | 'repeated_phrase' | 'leaked_task';
  /** What is wrong with each of them, as the end of a sentence. */
  readonly message: string;
  /** The examples it concerns: for duplicates each group that belongs together, else one group of all. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Looks through chosen examples for what spoils a training set: the same response twice or almost, responses that
 * repeat one phrase, and responses that run on into another task.
 */
export function curate(examples: readonly Example[]): CurationWarning[] {
  const exact = exactDuplicates(examples);
  const inExact = new Set(exact.flatMap((group) => group.slice(1)));
  // Of exact duplicates one stands for all.
  const distinct = examples.filter(({ id }) => !inExact.has(id));
  const words = new Map(examples.map(({ id, response }) => [id, hashWords(response)]));
  const wordsOf = ({ id }: Example): readonly number[] => words.get(id) ?? [];
  const near = findNearDuplicates(distinct.map(wordsOf)).map((group) =>
    group.flatMap((index) => distinct[index]?.id ?? []),
  );
  const repeating = examples.filter((example) => repeatsItself(wordsOf(example))).map(({ id }) => id);
  const leaked = examples.filter(({ response }) => findLeakedTask(response) !== null).map(({ id }) => id);
  return [
    warning('exact_duplicates', 'the same response as another', exact),
    warning('near_duplicates', 'shares most of its wording with another', near),
    warning('repeated_phrase', 'mostly repeats one phrase', [repeating]),
    warning('leaked_task', 'runs on into another task', [leaked]),
  ].filter(({ groups }) => groups.some((group) => group.length > 0));
}

function warning(
  kind: CurationWarning['kind'],
  message: string,
  groups: readonly (readonly string[])[],
): CurationWarning {
  return { kind, message, groups };
}

function exactDuplicates(examples: readonly Example[]): string[][] {
  const groups = Map.groupBy(examples, ({ response }) => response.trim().replaceAll(/\s+/g, ' '));
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map(({ id }) => id));
}

/** Fewest words of which anything is said: shorter texts repeat for good reasons. */
const FEWEST_WORDS = 40;
const PHRASE_WORDS = 4;
/** A text says something new as long as this share of its phrases is different from each other. */
const FEWEST_DISTINCT = 0.4;

function repeatsItself(words: readonly number[]): boolean {
  if (words.length < FEWEST_WORDS) return false;
  return hashPhrases(words, PHRASE_WORDS).size < FEWEST_DISTINCT * (words.length - PHRASE_WORDS + 1);
}
