import { basename } from 'node:path';
import type { Command } from 'commander';
import { BurnishError } from '../../errors.js';
import { formatCount, formatUsd } from '../../report/figures.js';
import { visible } from '../../report/visible.js';
import { pendingExamples } from '../../run/ledger.js';
import { readRun } from '../../run/read-run.js';
import { addUp } from '../../run/spending.js';
import type { Finish } from '../command-module.js';
import { listRuns, RUNS_FOLDER } from '../find-run.js';
import type { Io } from '../io.js';
import { jsonOption } from '../options.js';
import { writeJson } from '../write-json.js';

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(`Lists the runs below ./${RUNS_FOLDER}, the one used last first.`)
    .addOption(jsonOption())
    .action(async (options: { json?: boolean }) => {
      finish(await runs(options.json === true, io));
    });
}

type Row =
  | { run: string; model: string; selected: number; done: number; costUsd: number | null; createdAt: string }
  | { run: string; error: string };

async function runs(json: boolean, io: Io): Promise<number> {
  const rows = await Promise.all((await listRuns(io.cwd)).map(describeRun));
  if (json) {
    writeJson({ runs: rows }, io);
    return 0;
  }
  if (rows.length === 0) {
    io.stderr.write(`No runs below ./${RUNS_FOLDER}. \`burnish refine DATASET --model NAME\` begins one.\n`);
    return 0;
  }
  const width = Math.max(...rows.map(({ run }) => run.length));
  for (const row of rows) {
    const text =
      'error' in row
        ? `cannot be read: ${row.error}`
        : `${formatCount(row.done)}/${formatCount(row.selected)}  ${formatUsd(row.costUsd)}  ${row.createdAt.slice(0, 16).replace('T', ' ')}  ${row.model}`;
    io.stdout.write(`${visible(row.run).padEnd(width)}  ${visible(text)}\n`);
  }
  return 0;
}

async function describeRun(dir: string): Promise<Row> {
  const run = basename(dir);
  try {
    const record = await readRun(dir);
    const { manifest, attempts } = record;
    return {
      run,
      model: manifest.identity.model,
      selected: manifest.selected,
      done: manifest.selected - pendingExamples(record).length,
      costUsd: addUp(attempts).costUsd,
      createdAt: manifest.createdAt,
    };
  } catch (error) {
    // One damaged run must not hide the others.
    if (error instanceof BurnishError) return { run, error: error.message };
    throw error;
  }
}
