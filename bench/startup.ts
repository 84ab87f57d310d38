import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from './measured-process.ts';
import { median } from './median.ts';

const PAIRS = 20;
const program = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));

export interface StartupResult {
  readonly pairs: number;
  readonly burnishMs: number;
  readonly nodeMs: number;
  /** Median of the pairs' ratios. */
  readonly ratio: number;
}

/** Measures `burnish --version` against the bare start of the same Node.js binary, in turn. */
export function measureStartup(): StartupResult {
  timeNode([program, '--version']); // fills the compile cache
  const pairs = Array.from({ length: PAIRS }, () => ({
    nodeMs: timeNode(['-e', '0']),
    burnishMs: timeNode([program, '--version']),
  }));
  return {
    pairs: PAIRS,
    burnishMs: median(pairs.map(({ burnishMs }) => burnishMs)),
    nodeMs: median(pairs.map(({ nodeMs }) => nodeMs)),
    ratio: median(pairs.map(({ burnishMs, nodeMs }) => burnishMs / nodeMs)),
  };
}

function timeNode(args: readonly string[]): number {
  const startMs = performance.now();
  const { status, error } = spawnSync(process.execPath, args, { env: plainEnvironment(), timeout: 30_000 });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`, { cause: error });
  return performance.now() - startMs;
}
