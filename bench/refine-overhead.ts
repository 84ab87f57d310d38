import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PoolResult } from './bare-pool.ts';
import type { Account } from './chat-server.ts';
import type { BenchDataset } from './dataset.ts';
import { type Measured, runBurnish, runMeasured } from './measured-process.ts';
import type { ServerProcess } from './server-process.ts';

export const EXAMPLES = 1000;
export const CONCURRENCY = 50;
/** Latency of the server; see `Round`. */
export const LATENCY = { medianMs: 200, sigma: 0.5 };

/** One round: both sides against the same server, with the same bodies and the same latency for each. */
export interface RefineRound {
  /** From the first request at the server to the last answer safe on the disk, in milliseconds. */
  readonly burnishMs: number;
  readonly poolMs: number;
  /** The whole command: reading the dataset, asking, checking, writing the training set. */
  readonly commandMs: number;
  /** User and system time of the whole command, and of the same command for one example. */
  readonly cpuMs: number;
  readonly cpuOfOneMs: number;
  /** User and system time of the pool, from its first request on. */
  readonly poolCpuMs: number;
  readonly maxRssMb: number;
  readonly requests: number;
  readonly recordsLost: number;
  readonly mostAtOnce: number;
}

/** What `measureRefine` found. */
export interface RefineResult {
  readonly rounds: readonly RefineRound[];
  /** Requests a second that the server answers when it does not wait, sent by the pool. */
  readonly serverRps: number;
}

/** Measures what `burnish refine` adds to sending the same requests with nothing around them. */
export async function measureRefine(
  dataset: BenchDataset,
  folder: string,
  runs: number,
  server: ServerProcess,
): Promise<RefineResult> {
  const bodiesFile = join(folder, 'bodies.json');
  // The first run fills caches, is not counted, and shows which bodies Burnish sends.
  await server.begin({ seed: 0, medianMs: 0, sigma: 0 });
  await refine(EXAMPLES, 'warm-up');
  const { bodies } = await server.account();
  writeFileSync(bodiesFile, JSON.stringify(bodies));
  const fast = await pool({ seed: 0, medianMs: 0, sigma: 0 });
  const rounds: RefineRound[] = [];
  for (let seed = 1; seed <= runs; seed++) rounds.push(await measureRound(seed));
  return { rounds, serverRps: bodies.length / (fast.ms / 1000) };

  async function measureRound(seed: number): Promise<RefineRound> {
    const round = { seed, ...LATENCY };
    // Each side goes first in turn, lest a machine that warms up or slows down favour one.
    const early = seed % 2 === 0 ? await pool(round) : null;
    await server.begin(round);
    const command = await refine(EXAMPLES, `run-${seed}`);
    const account = await server.account();
    requireSameBodies(account, bodies);
    const { ms: poolMs, cpuMs: poolCpuMs } = early ?? (await pool(round));
    const one = await refine(1, `one-${seed}`);
    return {
      burnishMs: lastSavedAt(command) - account.firstAtMs,
      poolMs,
      commandMs: command.wallMs,
      cpuMs: command.cpuMs,
      cpuOfOneMs: one.cpuMs,
      poolCpuMs,
      maxRssMb: command.maxRssMb,
      requests: account.requests,
      recordsLost: EXAMPLES - countAnswered(join(folder, `run-${seed}`)),
      mostAtOnce: account.mostAtOnce,
    };
  }

  function refine(top: number, run: string): Promise<Measured> {
    const args = ['refine', dataset.path, '--top', `${top}`, '--by', 'chars', '--repair', '0', '--run', run];
    const model = ['--model', 'bench', '--base-url', server.baseUrl, '--concurrency', `${CONCURRENCY}`];
    return runBurnish([...args, ...model], folder);
  }

  async function pool(round: Parameters<ServerProcess['begin']>[0]): Promise<{ ms: number; cpuMs: number }> {
    await server.begin(round);
    const script = fileURLToPath(new URL('./bare-pool.ts', import.meta.url));
    const args = [script, server.baseUrl, bodiesFile, join(folder, 'answers.jsonl'), `${CONCURRENCY}`];
    const { stdout } = await runMeasured(args, folder);
    const { finishedAtMs, cpuMs } = JSON.parse(stdout) as PoolResult;
    return { ms: finishedAtMs - (await server.account()).firstAtMs, cpuMs };
  }
}

/**
 * When the last answer was safe. Burnish counts an answer only after the sync that covers it, so the line of
 * progress with the full count marks that moment from outside, plus the way through a pipe.
 */
function lastSavedAt({ stderr }: Measured): number {
  const count = EXAMPLES.toLocaleString('en-US');
  const line = stderr.find(({ text }) => text.includes(`${count}/${count}`));
  if (line === undefined) throw new Error(`burnish never said that ${count} answers are saved`);
  return line.atMs;
}

function requireSameBodies(account: Account, expected: readonly string[]): void {
  const wanted = new Set(expected);
  const strange = account.bodies.filter((body) => !wanted.has(body)).length;
  if (strange > 0) throw new Error(`burnish sent ${strange} bodies that the pool does not send`);
}

/** Examples of a run that have a reply. */
function countAnswered(run: string): number {
  const lines = readFileSync(join(run, 'attempts.jsonl'), 'utf8').trimEnd().split('\n');
  const attempts = lines.map((line) => JSON.parse(line) as { example: string; reply: unknown });
  return new Set(attempts.filter(({ reply }) => reply !== null).map(({ example }) => example)).size;
}
