// Measures Burnish, beside other ways to get the same requests answered, against a server of its own on loopback;
// docs/performance.md explains the figures.
//
//   node bench/run.ts [--full] [--only TEXT] [--runs 3] [--json FILE]
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatCase } from './case-table.ts';
import { FULL, QUICK } from './cases.ts';
import { enterContenders } from './contenders.ts';
import { findDataset } from './dataset.ts';
import { measureMatrix } from './matrix.ts';
import { BURNISH } from './measured-process.ts';
import { measureResuming } from './resume.ts';
import { startServer } from './server-process.ts';
import { measureStartup } from './startup.ts';
import { formatTable } from './table.ts';
import { lossRow, recordsLost, resumeRows, startupRow, targetRows } from './targets.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number, 1 or more');
const cases = (values.full ? FULL : QUICK).filter(({ name }) => name.includes(values.only));
if (cases.length === 0) throw new Error(`no case is named like ${values.only}`);
if (!existsSync(BURNISH)) throw new Error('nothing is built: run `npm run build` first');

const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
};
const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
const server = await startServer();
try {
  const dataset = findDataset(folder);
  console.log(
    `Node.js ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB; ` +
      `${dataset.about}; medians of ${runs}\n`,
  );
  const { contenders, questions } = await enterContenders(dataset, folder, server);
  const startup = measureStartup();
  const resume = await measureResuming(dataset, folder, server, 2 * runs + 1);
  const results = await measureMatrix(cases, {
    server,
    contenders,
    questions,
    runs,
    say: (text) => process.stderr.write(`${text}\n`),
  });
  for (const result of results) console.log(`${formatCase(result)}\n`);
  const targets = [
    ...results.flatMap(targetRows),
    lossRow(results),
    ...resumeRows(resume),
    startupRow(startup),
  ];
  console.log(formatTable(targets));
  if (values.json !== undefined) {
    const report = { machine, dataset: dataset.about, runs, targets, results, resume, startup };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  // A slow machine is no failure; a lost record is.
  if (recordsLost(results) > 0) process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
