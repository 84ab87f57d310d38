import { hash } from 'node:crypto';
import type { DatasetRow } from './row-reader.js';

/** What pairing goes by, and what the pair is good for. */
export type PairableRow = Omit<DatasetRow, 'text'>;

/** An original row and the refined one that belongs to it. */
export interface RowPair {
  readonly original: PairableRow;
  readonly refined: PairableRow;
}

/** What makes two rows a pair, the surest first. */
export const PAIRED_BY = ['id', 'content', 'order'] as const;
export type PairedBy = (typeof PAIRED_BY)[number];

/** Rows that are read already, of which each file's are in its order. */
export interface UnpairedRows {
  readonly originals: readonly PairableRow[];
  readonly refined: readonly PairableRow[];
}

/** Pairs by what they were found, or the first refined row that belongs to none, and why. */
export type Matching =
  | { readonly pairs: readonly RowPair[]; readonly by: PairedBy }
  | { readonly row: number; readonly found: string };

/** Keeps count of contents (instruction and input) without keeping the texts. */
export class ContentCounts {
  readonly #counts = new Map<string, { readonly row: number; count: number }>();
  #repeated: number | null = null;

  add(row: PairableRow): void {
    const known = this.#counts.get(contentKey(row));
    if (known === undefined) this.#counts.set(contentKey(row), { row: row.row, count: 1 });
    else {
      known.count += 1;
      this.#repeated ??= known.row;
    }
  }

  of(row: PairableRow): number {
    return this.#counts.get(contentKey(row))?.count ?? 0;
  }

  /** Number of a counted row whose content another one has too, of those counted or of `others`; null when none has. */
  findRepeated(others: readonly PairableRow[]): number | null {
    if (this.#repeated !== null || this.#counts.size === 0) return this.#repeated;
    const twin = others.find((row) => this.of(row) > 0);
    return twin === undefined ? null : (this.#counts.get(contentKey(twin))?.row ?? null);
  }
}

/**
 * Finds for each refined row its original: by the id that both bring; else by a content that no other row of either file
 * has; else, if the files go on with as many rows and the same instructions, by order.
 *
 * @param earlier the contents that were paired before these rows
 */
export function matchRows({ originals, refined }: UnpairedRows, earlier: ContentCounts): Matching {
  const byId = new Map(originals.filter(({ hasOwnId }) => hasOwnId).map((row) => [row.id, row]));
  const partners = refined.map((row) => (row.hasOwnId ? byId.get(row.id) : undefined));
  const ambiguous = earlier.findRepeated(originals);
  if (ambiguous === null && !partners.includes(undefined)) {
    return { pairs: pairUp(partners, refined), by: 'id' };
  }

  const inOriginals = countContents(originals);
  const inRefined = countContents(refined);
  const taken = new Set(partners);
  const byContent = new Map(originals.map((row) => [contentKey(row), row]));
  let misfit: Extract<Matching, { found: string }> | null =
    ambiguous === null ? null : { row: ambiguous, found: SEVERAL };
  for (const [place, row] of refined.entries()) {
    if (partners[place] !== undefined) continue;
    const partner = byContent.get(contentKey(row));
    const isAlone = inOriginals.of(row) === 1 && inRefined.of(row) === 1;
    if (partner === undefined && earlier.of(row) === 0) misfit ??= { row: row.row, found: NONE };
    else if (partner === undefined || !isAlone) misfit ??= { row: row.row, found: SEVERAL };
    else if (taken.has(partner)) misfit ??= { row: row.row, found: TAKEN };
    else partners[place] = partner;
  }
  if (misfit === null) return { pairs: pairUp(partners, refined), by: 'content' };

  const disorder = findDisorder({ originals, refined });
  if (disorder === null) return { pairs: pairUp(originals, refined), by: 'order' };
  return { row: misfit.row, found: `${misfit.found}; nor do they go by order: ${disorder}` };
}

const NONE = 'no original row has its id, or its instruction and input';
const SEVERAL = 'several rows have its instruction and input';
const TAKEN = 'the original row with its instruction and input belongs to another by its id';

/** Why rows cannot be paired by order; null when they can. */
function findDisorder({ originals, refined }: UnpairedRows): string | null {
  if (originals.length !== refined.length) {
    return `${originals.length} original rows are left for ${refined.length} refined ones`;
  }
  const place = refined.findIndex((row, index) => row.instruction !== originals[index]?.instruction);
  if (place === -1) return null;
  return `row ${refined[place]?.row} has another instruction than the original row in its place`;
}

function pairUp(partners: readonly (PairableRow | undefined)[], refined: readonly PairableRow[]): RowPair[] {
  return refined.flatMap((row, place) => {
    const original = partners[place];
    return original === undefined ? [] : [{ original, refined: row }];
  });
}

function countContents(rows: readonly PairableRow[]): ContentCounts {
  const counts = new ContentCounts();
  for (const row of rows) counts.add(row);
  return counts;
}

function contentKey({ instruction, input }: PairableRow): string {
  return hash('sha256', JSON.stringify([instruction, input]), 'base64');
}
