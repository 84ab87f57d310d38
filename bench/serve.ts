// Measures `burnish serve`: the record list and the record view under load, what open event streams cost a run, and
// memory and answers with a large run; docs/performance.md explains the figures.
//
//   npm run bench:serve -- [--only load|streams|large] [--seconds 10] [--runs 3] [--json FILE]
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDataset } from './dataset.ts';
import { measureLarge } from './serve/large.ts';
import { measureLoad } from './serve/load.ts';
import { measureStreams } from './serve/streams.ts';
import { startServer } from './server-process.ts';
import { formatTable, type Row } from './table.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const runs = Number(values.runs);
if (!(seconds >= 1)) throw new Error('--seconds takes a number, 1 or more');
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number, 1 or more');

const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
};
const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
const model = await startServer();
try {
  const { path, about } = findDataset(folder);
  const dataset = basename(path);
  const data = mkdtempSync(join(folder, 'data-'));
  copyFileSync(path, join(data, dataset));
  console.log(
    `Node.js ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB; ${about}\n`,
  );
  const scene = { folder, data, dataset, model, say: (text: string) => process.stderr.write(`${text}\n`) };
  const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
    load: () => measureLoad(scene, seconds),
    streams: () => measureStreams(scene, runs),
    large: () => measureLarge(scene, seconds),
  };
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(parts))
    if (values.only === undefined || values.only === name) rows.push(...(await measure()));
  console.log(formatTable(rows));
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify({ machine, about, seconds, runs, rows }, null, 2)}\n`);
  }
} finally {
  await model.stop();
  rmSync(folder, { recursive: true, force: true });
}
