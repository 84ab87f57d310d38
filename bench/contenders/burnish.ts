import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchDataset } from '../dataset.ts';
import { BURNISH, type Observed, observe } from '../measured-process.ts';
import type { Contender, Order } from './contender.ts';

/** The longest responses of the dataset that every measurement is about. */
export const SELECTED = 1000;

/**
 * Burnish as a person runs it: the built command, from the dataset to the training set.
 *
 * @param pace `given`: with the concurrency and the limit of the case as flags; `learned`: it has to find both
 */
export function burnishContender(
  pace: 'given' | 'learned',
  dataset: BenchDataset,
  folder: string,
): Contender {
  const run = `run-${pace}`;
  return {
    name: pace === 'given' ? 'burnish' : 'burnish (learning)',
    carryOut: async (order) => {
      rmSync(join(folder, run), { recursive: true, force: true });
      const flags = ['--limit', `${order.records}`, ...(pace === 'given' ? givenPace(order) : learnedPace)];
      const command = [BURNISH, ...refineArguments(dataset, order.baseUrl, run), ...flags];
      const observed = await observe(command, folder, order.mostMs);
      const lost = order.records - countAnswered(join(folder, run));
      return { finishedAtMs: lastSavedAtMs(observed), usage: observed.usage, lost };
    },
  };
}

/** The command that begins the run, or goes on with it. */
export function refineArguments(dataset: BenchDataset, baseUrl: string, run: string): string[] {
  const selection = ['--top', `${SELECTED}`, '--by', 'chars'];
  const model = ['--model', 'bench', '--base-url', baseUrl];
  return ['refine', dataset.path, ...selection, ...model, '--repair', '0', '--yes', '--run', run];
}

const learnedPace = ['--concurrency', 'auto'];

function givenPace({ concurrency, limit }: Order): string[] {
  const flags = ['--concurrency', `${concurrency}`];
  if (limit === null) return flags;
  return [...flags, limit.per === 'requests' ? '--rpm' : '--tpm', `${limit.perMinute}`];
}

/**
 * When the last answer was safe. Burnish counts an answer only after the sync that covers it, so its last line of
 * progress marks that moment from outside, plus the way through a pipe.
 */
function lastSavedAtMs({ status, stderr }: Observed): number | null {
  if (status === null) return null;
  const line = stderr.findLast(({ text }) => /^[\d,]+\/[\d,]+ · /.test(text));
  if (line === undefined)
    throw new Error(`no line of progress:\n${stderr.map(({ text }) => text).join('\n')}`);
  return line.atMs;
}

/** Examples of a run that have a reply. */
function countAnswered(run: string): number {
  const lines = readFileSync(join(run, 'attempts.jsonl'), 'utf8').split('\n').filter(Boolean);
  const attempts = lines.map((line) => JSON.parse(line) as { example: string; reply: unknown });
  return new Set(attempts.filter(({ reply }) => reply !== null).map(({ example }) => example)).size;
}
