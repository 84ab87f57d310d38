import { type Finding, runChecks } from '../../src/checks/index.ts';
import { type Example, openDataset } from '../../src/dataset/index.ts';
import { type DatasetRow, toExample } from '../../src/dataset/row-reader.ts';
import { shorten, UserError } from '../../src/errors.ts';
import { wholeReply } from '../../src/parse.ts';

/** An example and the refined response that a file has for it. */
export interface Pair {
  readonly example: Example;
  readonly refined: string;
}

/**
 * Reads two files and puts rows of the same id together.
 *
 * @throws UserError `dataset` when a file is none, or has a row that the other one lacks
 */
export async function readPairs(original: string, refined: string): Promise<Pair[]> {
  const [examples, responses] = [await readExamples(original), await readExamples(refined)];
  requireIn(examples, responses, refined);
  requireIn(responses, examples, original);
  return [...examples.values()].map((example) => ({
    example,
    refined: responses.get(example.id)?.response ?? '',
  }));
}

/** Runs all checks on every pair, as on a text that no server sent; gives the findings by id. */
export function checkPairs(pairs: readonly Pair[]): Map<string, Finding[]> {
  return new Map(
    pairs.map(({ example, refined }) => [
      example.id,
      runChecks({ example, parsed: wholeReply(refined), finishReason: null }),
    ]),
  );
}

async function readExamples(path: string): Promise<Map<string, Example>> {
  const dataset = openDataset(path);
  const rows: DatasetRow[] = [];
  for await (const batch of dataset.batches()) rows.push(...batch);
  const { shape } = dataset.summary();
  return new Map(rows.map((row) => [row.id, toExample(row, shape)]));
}

function requireIn(
  rows: ReadonlyMap<string, Example>,
  others: ReadonlyMap<string, Example>,
  path: string,
): void {
  const missing = [...rows.keys()].filter((id) => !others.has(id));
  const [first] = missing;
  if (first === undefined) return;
  throw new UserError('dataset', 'The two files do not have the same rows.', {
    where: path,
    expected: `a row with the id ${shorten(first)}, as the other file has it`,
    found: `${missing.length} of its ${rows.size} ids missing`,
  });
}
