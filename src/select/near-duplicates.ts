import { hashPhrases, mix } from './word-hashes.js';

/** Words that overlap to make a shingle: long enough that two texts share one only by copying or by formula. */
const SHINGLE_WORDS = 5;
/** Sketch: the smallest of this many hashes each, in bands; see `sketch`. */
const BANDS = 12;
const ROWS_PER_BAND = 3;
/** Share of shingles that two texts must have in common (Jaccard) to count as near duplicates. */
const NEAR = 0.7;

/**
 * Finds groups of texts that share most of their wording.
 *
 * MinHash with banding (Broder, 1997; Leskovec et al., Mining of Massive Datasets, chapter 3) proposes pairs, so that
 * time grows with the number of texts and not with its square; each proposed pair is then compared exactly.
 *
 * @param texts each as the hashes of its words
 * @returns groups of at least two positions in `texts`, each in order
 */
export function findNearDuplicates(texts: readonly (readonly number[])[]): number[][] {
  const shingles = texts.map((words) => hashPhrases(words, SHINGLE_WORDS));
  const groups = new Groups(texts.length);
  const buckets = new Map<string, number>();
  for (const [index, own] of shingles.entries()) {
    if (own.size === 0) continue;
    for (const band of sketch(own)) {
      const other = buckets.get(band);
      if (other === undefined) buckets.set(band, index);
      else if (!groups.together(index, other) && overlap(own, shingles[other]) >= NEAR)
        groups.join(index, other);
    }
  }
  return groups.ofSeveral();
}

/** Two texts with most shingles in common are likely to have the same text in at least one of these. */
function sketch(shingles: ReadonlySet<number>): string[] {
  return Array.from({ length: BANDS }, (_, band) => {
    const smallest = Array.from({ length: ROWS_PER_BAND }, (_, row) => {
      const salt = Math.imul(band * ROWS_PER_BAND + row + 1, 0x9e3779b1);
      let least = 0x7fffffff;
      for (const shingle of shingles) {
        const value = mix(shingle ^ salt);
        if (value < least) least = value;
      }
      return least;
    });
    return `${band}:${smallest.join(',')}`;
  });
}

function overlap(a: ReadonlySet<number>, b: ReadonlySet<number> | undefined): number {
  if (b === undefined) return 0;
  let common = 0;
  for (const shingle of a) if (b.has(shingle)) common += 1;
  return common / (a.size + b.size - common);
}

/** Which of a number of things belong together (union-find). */
class Groups {
  readonly #parents: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, index) => index);
  }

  together(a: number, b: number): boolean {
    return this.#root(a) === this.#root(b);
  }

  join(a: number, b: number): void {
    const [first, second] = [this.#root(a), this.#root(b)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }

  ofSeveral(): number[][] {
    const groups = Map.groupBy(this.#parents.keys(), (index) => this.#root(index));
    return [...groups.values()].filter((group) => group.length > 1);
  }

  #root(index: number): number {
    let root = index;
    for (
      let parent = this.#parents[root];
      parent !== undefined && parent !== root;
      parent = this.#parents[root]
    ) {
      root = parent;
    }
    return root;
  }
}
