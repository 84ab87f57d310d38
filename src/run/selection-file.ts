import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Example, SourceRow } from '../dataset/example.js';
import { readSource, type ShapeName } from '../dataset/index.js';
import { parseLossless } from '../dataset/lossless-json.js';
import { readLines } from './read-lines.js';

/** Version of the line format of `selection.jsonl`; see docs/formats.md. */
const SELECTION_VERSION = 1;

const lineSchema = z.object({
  v: z.literal(SELECTION_VERSION),
  id: z.string(),
  row: z.int().nonnegative(),
  /** The row as it stood in the dataset. */
  source: z.custom<SourceRow>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
});

/** Freezes the chosen examples of a run, in order. */
export async function writeSelection(path: string, examples: readonly Example[]): Promise<void> {
  await using file = await open(path, 'wx');
  const lines = examples.map(({ id, row, source }) =>
    JSON.stringify({ v: SELECTION_VERSION, id, row, source }),
  );
  await file.writeFile(lines.map((line) => `${line}\n`).join(''));
  await file.sync();
}

/** Reads the frozen examples of a run. */
export async function readSelection(path: string, shape: ShapeName): Promise<Example[]> {
  const { records } = await readLines(path, {
    schema: lineSchema,
    version: SELECTION_VERSION,
    parse: parseLossless,
  });
  return records.map(({ id, row, source }) => ({ id, row, source, ...readSource(shape, source) }));
}
