import { join } from 'node:path';
import { publishFile } from '../atomic-file.js';
import type { Example } from '../dataset/example.js';
import {
  containerOf,
  type FileFormat,
  openDataset,
  type ShapeName,
  shapeNamed,
  writeDatasetFile,
} from '../dataset/index.js';
import { EnvironmentError, shorten, UserError } from '../errors.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import type { Outcome } from '../run/outcomes.js';

/** Where the training set goes, and how. */
export interface ExportTarget {
  readonly path: string;
  readonly shape: ShapeName;
  /** Leave examples that were not answered yet out, instead of refusing. */
  readonly partial: boolean;
}

interface ExportRow {
  readonly example: Example;
  readonly response: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/**
 * Writes the training set of a ledger: to a temporary file, which is read back and compared with selection
 * and ledger, and only then takes its name.
 *
 * @param selection the run's frozen examples; the ledger must account for each of them, in order
 * @returns the number of rows written
 * @throws UserError `export_incomplete` when examples are pending and `partial` is not set; EnvironmentError
 *   `export_mismatch` when what was written is not what should have been; then the file was not replaced
 */
export async function exportTrainingSet(
  selection: readonly Example[],
  ledger: readonly LedgerEntry[],
  target: ExportTarget,
): Promise<number> {
  const { path } = target;
  const format = containerOf(path);
  requireWholeLedger(selection, ledger, path);
  const { pending } = countOutcomes(ledger);
  if (pending > 0 && !target.partial) {
    throw new UserError('export_incomplete', 'The run is not finished, so no training set was written.', {
      where: path,
      expected: 'an outcome for every example',
      found: `${pending} of ${ledger.length} examples pending`,
      hint: 'Go on with `burnish refine --run DIR`, or export what there is with --partial.',
    });
  }
  const shape = shapeNamed(target.shape);
  const rows = ledger.flatMap(({ example, text }): ExportRow[] =>
    text === null ? [] : [{ example, response: text, row: shape.write(example, text) }],
  );
  await publishFile(
    path,
    (temporaryPath) =>
      writeDatasetFile(
        temporaryPath,
        rows.map(({ row }) => row),
        format,
      ),
    (temporaryPath) => (rows.length === 0 ? Promise.resolve() : verify(temporaryPath, rows, target, format)),
  );
  return rows.length;
}

/** Where the training set of a run goes when nobody said otherwise. */
export function defaultExportPath(dir: string, extension: string): string {
  return join(dir, `refined${extension}`);
}

/** Refuses a ledger that does not account for every selected example, once and in order, with a text where one belongs. */
function requireWholeLedger(
  selection: readonly Example[],
  ledger: readonly LedgerEntry[],
  path: string,
): void {
  const index = selection.findIndex((example, place) => ledger[place]?.example.id !== example.id);
  if (index !== -1 || ledger.length !== selection.length) {
    throw mismatch(
      path,
      `${selection.length} selected examples in order`,
      `a ledger of ${ledger.length} that differs at ${index}`,
    );
  }
  const counts = Object.values(countOutcomes(ledger));
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== selection.length) {
    throw mismatch(path, `outcomes for ${selection.length} examples`, `outcomes that sum to ${sum}`);
  }
  const wrong = ledger.find(({ outcome, text }) => IN_TRAINING_SET.has(outcome) !== (text !== null));
  if (wrong === undefined) return;
  throw mismatch(
    path,
    'a response for every example that is refined or kept, and for no other',
    `example ${wrong.example.id}: ${wrong.outcome}, ${wrong.text === null ? 'without a response' : 'with a response'}`,
  );
}

const IN_TRAINING_SET: ReadonlySet<Outcome> = new Set<Outcome>(['refined', 'kept']);

async function verify(
  temporaryPath: string,
  rows: readonly ExportRow[],
  { path, shape }: ExportTarget,
  format: FileFormat,
): Promise<void> {
  const dataset = openDataset(temporaryPath, { from: shape });
  let place = 0;
  try {
    for await (const batch of dataset.batches()) {
      for (const found of batch) {
        requireSame(found, rows[place], `${path}, row ${place}`);
        place++;
      }
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw mismatch(
      path,
      `${rows.length} rows that can be read`,
      `${error.message} ${error.facts.found ?? ''}`,
    );
  }
  const { container } = dataset.summary();
  if (place !== rows.length || container !== format.container) {
    throw mismatch(path, `${rows.length} rows of ${format.container}`, `${place} rows of ${container}`);
  }
}

function requireSame(
  found: { readonly response: string; readonly text: string },
  wanted: ExportRow | undefined,
  where: string,
): void {
  if (wanted === undefined) throw mismatch(where, 'no more rows', shorten(found.text));
  const same =
    found.response === wanted.response &&
    JSON.stringify(JSON.parse(found.text)) === JSON.stringify(JSON.parse(JSON.stringify(wanted.row)));
  if (!same) throw mismatch(where, `example ${wanted.example.id}`, shorten(found.text));
}

function mismatch(where: string, expected: string, found: string): EnvironmentError {
  return new EnvironmentError(
    'export_mismatch',
    'The training set read back differs from what was to be written; it was not put in place.',
    {
      where,
      expected,
      found,
      hint: 'Check the disk, then export again.',
    },
  );
}
