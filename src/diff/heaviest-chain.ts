/** Two places, one in each text, that could belong together, and how much that is worth. */
export interface Link {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

/**
 * The links that can be kept together so that each is behind the one before it in both texts, and that are worth most
 * in sum. Takes time of n log n.
 *
 * @param links in the order of `left`, and for the same `left` in the order of `right`
 */
export function heaviestChain<L extends Link>(links: readonly L[]): L[] {
  const rights = [...new Set(links.map(({ right }) => right))].sort((one, other) => one - other);
  const rankOf = new Map(rights.map((right, rank) => [right, rank + 1]));
  /** For each rank, as in a binary indexed tree, the link that ends the heaviest chain up to there. */
  const best: (number | undefined)[] = new Array(rights.length + 1);
  const sums = new Float64Array(links.length);
  const before = new Int32Array(links.length).fill(-1);
  const endOf = (rank: number): number => {
    let end = -1;
    for (let at = rank; at > 0; at -= at & -at) {
      const found = best[at];
      if (found !== undefined && (end === -1 || (sums[found] ?? 0) > (sums[end] ?? 0))) end = found;
    }
    return end;
  };
  let end = -1;
  for (let from = 0; from < links.length; ) {
    // Those with the same left place cannot follow each other, so none is put in before all were looked at.
    let to = from;
    for (; to < links.length && links[to]?.left === links[from]?.left; to++) {
      const rank = rankOf.get(links[to]?.right ?? 0) ?? 1;
      const previous = endOf(rank - 1);
      before[to] = previous;
      sums[to] = (links[to]?.weight ?? 0) + (previous === -1 ? 0 : (sums[previous] ?? 0));
      if (end === -1 || (sums[to] ?? 0) > (sums[end] ?? 0)) end = to;
    }
    for (; from < to; from++) {
      for (let at = rankOf.get(links[from]?.right ?? 0) ?? 1; at < best.length; at += at & -at) {
        const known = best[at];
        if (known === undefined || (sums[from] ?? 0) > (sums[known] ?? 0)) best[at] = from;
      }
    }
  }
  const chain: L[] = [];
  for (let at = end; at !== -1; at = before[at] ?? -1) {
    const link = links[at];
    if (link !== undefined) chain.push(link);
  }
  return chain.reverse();
}
