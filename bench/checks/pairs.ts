import { checkResponse, DEFAULT_SUITE, type Finding } from '../../src/checks/index.ts';
import { type Example, openDataset, PairedFiles, toExample } from '../../src/dataset/index.ts';

/** An example and the refined response that a file has for it. */
export interface Pair {
  readonly example: Example;
  readonly refined: string;
}

/**
 * Reads two files and pairs their rows, as `burnish check` does.
 *
 * @throws UserError `dataset` when a file is none, or when a refined row belongs to no original one
 */
export async function readPairs(originalPath: string, refinedPath: string): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of new PairedFiles(openDataset(originalPath), openDataset(refinedPath)).batches()) {
    for (const { original, refined } of batch) {
      pairs.push({ example: toExample(original), refined: refined.response });
    }
  }
  return pairs;
}

/** Runs all checks on every pair; gives the findings by id. */
export function checkPairs(pairs: readonly Pair[]): Map<string, readonly Finding[]> {
  return new Map(
    pairs.map(({ example, refined }) => [
      example.id,
      checkResponse(example, refined, DEFAULT_SUITE).findings,
    ]),
  );
}
