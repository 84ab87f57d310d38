import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import type { ShapeName } from '../../dataset/index.js';
import { exportTrainingSet } from '../../export/export-training-set.js';
import { toLedgerLine } from '../../export/ledger-file.js';
import { formatNumberOf } from '../../report/figures.js';
import { outcomeLines, reasonLines } from '../../report/summary.js';
import { visible } from '../../report/visible.js';
import { judgingState } from '../../run/judge-rounds.js';
import { countOutcomes } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import { findVerdictChanges } from '../../run/verdict-changes.js';
import { shortPath } from '../../short-path.js';
import type { Finish } from '../command-module.js';
import { warnOfChanges } from '../conclusion.js';
import { statusOf } from '../exit-status.js';
import { findRun } from '../find-run.js';
import { columnsOf, type Io } from '../io.js';
import { jsonOption, toOption } from '../options.js';
import { checkOutput } from '../output.js';
import { writeJson } from '../write-json.js';

interface ExportOptions {
  readonly output: string;
  readonly to?: ShapeName;
  readonly partial?: boolean;
  readonly json?: boolean;
}

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Writes the training set of a run, in dataset order, and lists every example that did not end as refined ' +
        'with its reason. The file is read back and compared with the ledger before it takes its name.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .requiredOption('-o, --output <file>', 'where it goes: .json or .jsonl, also .gz')
    .addOption(toOption())
    .option('--partial', 'leave out examples that were not answered yet, instead of refusing')
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: ExportOptions) => {
      finish(await exportRun(name, options, io));
    });
}

async function exportRun(name: string | undefined, options: ExportOptions, io: Io): Promise<number> {
  const path = resolve(io.cwd, options.output);
  const run = await readRun(await findRun(name, io.cwd));
  await checkOutput(path, [run.manifest.dataset.path]);
  for (const warning of run.warnings) io.stderr.write(`warning: ${warning}\n`);
  const { settings, dataset } = run.manifest;
  const checks = await checksOfRun(run, io);
  const ledger = await loadLedger(run, checks.suite);
  const changes = findVerdictChanges(run, ledger, checks);
  const { unjudged } = judgingState(ledger, run.manifest.settings);
  if (unjudged > 0) {
    const what = formatNumberOf(unjudged, 'example');
    io.stderr.write(`warning: ${what} with a reply that is still to be judged; \`burnish refine\` goes on\n`);
  }
  const rows = await exportTrainingSet(run.selection, ledger, {
    path,
    shape: options.to ?? settings.to ?? dataset.shape,
    partial: options.partial === true,
  });
  const reasons = reasonLines(ledger, columnsOf(io.stderr), ledger.length);
  const lines = [
    `${formatNumberOf(rows, 'row')} written to ${visible(shortPath(path, io.cwd))}`,
    ...outcomeLines(ledger),
    ...(reasons.length === 0 ? [] : ['Not refined:', ...reasons]),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  warnOfChanges(changes, io);
  if (options.json === true) {
    const notRefined = ledger.filter(({ outcome }) => outcome !== 'refined').map(toLedgerLine);
    const data = {
      output: { path, rows },
      outcomes: countOutcomes(ledger),
      verdictChanges: changes,
      notRefined,
    };
    writeJson(data, io);
  }
  return statusOf(ledger, undefined, unjudged);
}
