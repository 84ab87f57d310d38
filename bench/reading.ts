import type { BenchDataset } from './dataset.ts';
import { runBurnish } from './measured-process.ts';

export interface ReadingRun {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly maxRssMb: number;
}

/** Measures `burnish select`: reading the whole dataset and writing its longest rows. */
export async function measureReading(
  dataset: BenchDataset,
  folder: string,
  runs: number,
): Promise<ReadingRun[]> {
  const results: ReadingRun[] = [];
  for (let run = 0; run < runs; run++) {
    const args = ['select', dataset.path, '--top', '1000', '--by', 'chars', '-o', 'longest.jsonl'];
    const { wallMs, cpuMs, maxRssMb } = await runBurnish(args, folder);
    results.push({ wallMs, cpuMs, maxRssMb });
  }
  return results;
}
