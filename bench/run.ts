// Measures Burnish against the least that would do the same; docs/performance.md explains the figures.
//
//   node bench/run.ts [--runs 3] [--json FILE]
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDataset } from './dataset.ts';
import { measureReading } from './reading.ts';
import { CONCURRENCY, EXAMPLES, LATENCY, measureRefine, type RefineResult } from './refine-overhead.ts';
import { readingRows, refineRows, startupRow } from './rows.ts';
import { startServer } from './server-process.ts';
import { measureStartup } from './startup.ts';
import { formatTable } from './table.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, json: { type: 'string' } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number, 1 or more');
if (!existsSync(new URL('../dist/cli/bin.js', import.meta.url))) {
  throw new Error('nothing is built: run `npm run build` first');
}

const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
};
const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
try {
  const dataset = findDataset(folder);
  console.log(
    `Node.js ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB; ${dataset.about}\n` +
      `server: log-normal latency, median ${LATENCY.medianMs} ms, sigma ${LATENCY.sigma}; ` +
      `${EXAMPLES} examples, ${CONCURRENCY} at once; medians of ${runs}\n`,
  );
  const startup = measureStartup();
  const refine = await measureRefineAlone();
  const reading = await measureReading(dataset, folder, runs);
  const rows = [...refineRows(refine), startupRow(startup), ...readingRows(reading)];
  console.log(formatTable(rows));
  if (values.json !== undefined) {
    const setting = {
      dataset: dataset.about,
      runs,
      examples: EXAMPLES,
      concurrency: CONCURRENCY,
      ...LATENCY,
    };
    const report = { machine, setting, rows, refine, startup, reading };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  // A slow machine is no failure; a lost record is.
  if (refine.rounds.some(({ recordsLost, requests }) => recordsLost !== 0 || requests !== EXAMPLES)) {
    process.exitCode = 1;
  }

  async function measureRefineAlone(): Promise<RefineResult> {
    const server = await startServer();
    try {
      return await measureRefine(dataset, folder, runs, server);
    } finally {
      await server.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
