import { refineArguments, SELECTED } from './contenders/burnish.ts';
import type { BenchDataset } from './dataset.ts';
import { runBurnish } from './measured-process.ts';
import type { ServerProcess } from './server-process.ts';

/** How long Burnish takes, from the start of its process to its first request at the server, in milliseconds. */
export interface ResumeResult {
  /** The same command again: it makes sure that the dataset is the same. */
  readonly sameCommandMs: readonly number[];
  /** `burnish refine --run DIR`, which needs no dataset. */
  readonly runAloneMs: readonly number[];
}

const ANSWERED = SELECTED / 2;

/** Measures going on with a run of which half is answered. Each measurement answers one more example. */
export async function measureResuming(
  dataset: BenchDataset,
  folder: string,
  server: ServerProcess,
  times: number,
): Promise<ResumeResult> {
  const again = refineArguments(dataset, server.baseUrl, 'resumed');
  const alone = ['refine', '--run', 'resumed'];
  await server.begin(AT_ONCE);
  await goOn(again, ANSWERED);
  const sameCommandMs: number[] = [];
  const runAloneMs: number[] = [];
  for (let time = 0; time < times; time++) {
    sameCommandMs.push(await timeFirstRequest(again));
    runAloneMs.push(await timeFirstRequest(alone));
  }
  return { sameCommandMs, runAloneMs };

  async function timeFirstRequest(args: readonly string[]): Promise<number> {
    await server.begin(AT_ONCE);
    const { startedAtMs } = await goOn(args, 1);
    return (await server.account()).firstAtMs - startedAtMs;
  }

  function goOn(args: readonly string[], limit: number) {
    return runBurnish([...args, '--limit', `${limit}`], folder, 3);
  }
}

const AT_ONCE = { seed: 0, latency: { medianMs: 0, sigma: 0 }, limit: null };
