import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BURNISH, observe } from '../measured-process.ts';
import type { ServerProcess } from '../server-process.ts';

/** What all measurements of the service stand on. */
export interface ServiceScene {
  readonly folder: string;
  /** The folder with the dataset. */
  readonly data: string;
  /** The dataset's file name. */
  readonly dataset: string;
  /** Stands in for a model. */
  readonly model: ServerProcess;
  readonly say: (text: string) => void;
}

/** Far longer than all rows of the dataset take on an idle machine. */
const LONGEST_MS = 15 * 60_000;

/** Answers at once. */
export const AT_ONCE = { seed: 1, latency: { medianMs: 0, sigma: 0 }, limit: null };

/**
 * Refines the rows that `which` names, in a folder of runs of its own.
 *
 * @returns the folder of runs, and the run's name in it
 */
export async function refine(
  { folder, data, dataset, model }: ServiceScene,
  name: string,
  which: readonly string[],
): Promise<{ readonly runs: string; readonly run: string }> {
  await model.begin(AT_ONCE);
  const runs = join(folder, name);
  const about = ['--model', 'bench', '--base-url', model.baseUrl, '--run', join(runs, 'run')];
  const args = ['refine', join(data, dataset), ...about, ...which, '--concurrency', '50', '--yes'];
  const { status, stderr } = await observe([BURNISH, ...args], folder, LONGEST_MS);
  if (status !== 0) throw new Error(`the run was not made:\n${stderr.map(({ text }) => text).join('\n')}`);
  const [run] = readdirSync(runs);
  if (run === undefined) throw new Error('no run was made');
  return { runs, run };
}
