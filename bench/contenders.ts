import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContenderName } from './cases.ts';
import type { Question } from './conditions.ts';
import { burnishContender, SELECTED } from './contenders/burnish.ts';
import type { Contender } from './contenders/contender.ts';
import { scriptContender } from './contenders/script.ts';
import type { BenchDataset } from './dataset.ts';
import type { ServerProcess } from './server-process.ts';

export interface Contenders {
  readonly contenders: ReadonlyMap<ContenderName, Contender>;
  /** What all of them ask, in the order of the selection. */
  readonly questions: readonly Question[];
}

/**
 * Lets Burnish ask everything once, one question after the other, which fills the caches of both processes and shows
 * which bodies the others have to send.
 */
export async function enterContenders(
  dataset: BenchDataset,
  folder: string,
  server: ServerProcess,
): Promise<Contenders> {
  const bodiesFile = join(folder, 'bodies.json');
  const burnish = burnishContender('given', dataset, folder);
  await server.begin({ seed: 0, latency: { medianMs: 0, sigma: 0 }, limit: null });
  const order = { baseUrl: server.baseUrl, records: SELECTED, concurrency: 1, limit: null, mostMs: 120_000 };
  await burnish.carryOut(order);
  const { questions } = await server.account();
  writeFileSync(bodiesFile, JSON.stringify(questions.map(({ body }) => body)));
  const script = (name: string, file: string) => scriptContender(name, file, bodiesFile, folder);
  const contenders = new Map<ContenderName, Contender>([
    ['burnish', burnish],
    ['burnish (learning)', burnishContender('learned', dataset, folder)],
    ['pool', script('pool', 'pool.mjs')],
    ['openai', script('openai', 'openai.mjs')],
    ['langchain', script('langchain', 'langchain.mjs')],
    ['paper', script('paper', 'paper.mjs')],
  ]);
  return { contenders, questions };
}
