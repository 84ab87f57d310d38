import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { observe } from '../measured-process.ts';
import type { Contender } from './contender.ts';

/** A contender that is a script of this folder; all of them send the bodies that Burnish sends. */
export function scriptContender(name: string, file: string, bodiesFile: string, folder: string): Contender {
  const script = fileURLToPath(new URL(`./${file}`, import.meta.url));
  const answersFile = join(folder, `${name}.jsonl`);
  return {
    name,
    carryOut: async ({ baseUrl, concurrency, records, mostMs }) => {
      const args = [script, baseUrl, bodiesFile, answersFile, `${concurrency}`, `${records}`];
      const { status, usage, stdout, stderr } = await observe(args, folder, mostMs);
      if (status !== 0 && status !== null) {
        throw new Error(`${file} ended with ${status}:\n${stderr.map(({ text }) => text).join('\n')}`);
      }
      const end = status === null ? null : (JSON.parse(stdout) as { finishedAtMs: number });
      return { finishedAtMs: end?.finishedAtMs ?? null, usage, lost: records - countRecords(answersFile) };
    },
  };
}

function countRecords(answersFile: string): number {
  const lines = readFileSync(answersFile, 'utf8').split('\n').filter(Boolean);
  return new Set(lines.map((line) => (JSON.parse(line) as { record: number }).record)).size;
}
