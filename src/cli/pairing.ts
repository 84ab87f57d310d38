import { resolve } from 'node:path';
import {
  type Dataset,
  openDataset,
  type PairedBy,
  PairedFiles,
  type PairingSummary,
  type RowPair,
} from '../dataset/index.js';
import { formatNumberOf } from '../report/figures.js';
import { visible } from '../report/visible.js';
import type { Io } from './io.js';

/** Two files of which the rows are paired. */
export interface Pairing {
  readonly originals: Dataset;
  readonly refined: Dataset;
  readonly summary: PairingSummary;
}

/**
 * Reads two files and gives their rows in pairs, in the order of the refined file; nothing of the rows is kept. Tells on
 * stderr what was left out, and what looks as if the files did not belong together.
 *
 * @throws UserError when a file cannot be read, or when a refined row belongs to no original one; what was given before is
 *   void then
 */
export async function pairFiles(
  originalPath: string,
  refinedPath: string,
  skipBadRows: boolean,
  onPair: (pair: RowPair) => void,
  io: Io,
): Promise<Pairing> {
  const [originals, refined] = [originalPath, refinedPath].map((path) =>
    openDataset(resolve(io.cwd, path), { skipBadRows }),
  ) as [Dataset, Dataset];
  const files = new PairedFiles(originals, refined);
  for await (const pairs of files.batches()) pairs.forEach(onPair);
  const summary = files.summary();
  warn(originals, refined, summary, io);
  return { originals, refined, summary };
}

const PAIRED: Readonly<Record<PairedBy, string>> = {
  id: 'by id',
  content: 'by instruction and input',
  order: 'by order',
};

/** Which files they are, and how they were paired, a line each. */
export function pairingLines(
  originalPath: string,
  refinedPath: string,
  { originals, refined, summary }: Pairing,
): string[] {
  return [
    `original: ${visible(originalPath)} (${originals.summary().shape})`,
    `refined:  ${visible(refinedPath)} (${refined.summary().shape})`,
    `pairs:    ${formatNumberOf(summary.pairs, 'row')}, paired ${PAIRED[summary.by]}`,
  ];
}

function warn(originals: Dataset, refined: Dataset, { unrefined, reworded }: PairingSummary, io: Io): void {
  const warnings = [
    ...[originals, refined].flatMap((dataset) =>
      Object.entries(dataset.summary().badRows).map(
        ([reason, count]) => `${dataset.path}: ${formatNumberOf(count, 'row')} skipped: ${reason}`,
      ),
    ),
    ...(unrefined === 0 ? [] : [`${formatNumberOf(unrefined, 'original row')} without a refined one`]),
    ...(reworded === null
      ? []
      : [
          `${formatNumberOf(reworded.pairs, 'pair')} with the same id, but another instruction or input (first: ${reworded.first})`,
        ]),
  ];
  for (const warning of warnings) io.stderr.write(`warning: ${visible(warning)}\n`);
}
