import type { Command } from 'commander';
import { Option } from 'commander';
import {
  examplesToAsk,
  openRefinement,
  planRefinement,
  refinementOf,
  refineRun,
} from '../../conduct/refine-run.js';
import { formatNumberOf } from '../../report/figures.js';
import { countRepaired } from '../../report/repairs.js';
import { examplesInBatches } from '../../run/batch/batch-record.js';
import { pendingExamples } from '../../run/ledger.js';
import { agreement, declined } from '../agreement.js';
import type { Finish } from '../command-module.js';
import { conclusionData, printConclusion, tellInBatches } from '../conclusion.js';
import { statusOf } from '../exit-status.js';
import type { Io } from '../io.js';
import {
  batchOptions,
  checksOption,
  fromOption,
  jsonOption,
  judgeOptions,
  modelOptions,
  policyOptions,
  selectionOptions,
  sendingOptions,
  skipBadRowsOption,
  toOption,
  wholeNumber,
} from '../options.js';
import { prepareRun, printHeader } from '../prepare-run.js';
import { printPlan } from '../print-plan.js';
import { type RefineOptions, readPromptOption } from '../refine-options.js';
import { terminalHost } from '../terminal-host.js';
import { writeJson } from '../write-json.js';

const EXAMPLES = `
The same command again goes on with the same run: what was answered is not asked
again.

Examples:
  # a pilot of 20 examples, then the rest
  $ burnish refine alpaca.json --model gpt-4o-mini --limit 20
  $ burnish refine alpaca.json --model gpt-4o-mini -o refined.json
  # a server of your own
  $ burnish refine rows.jsonl.gz --top 500 --model qwen3 \\
      --base-url http://localhost:8000/v1
  # at half the price, within a day; again to collect what it brought
  $ burnish refine alpaca.json --model gpt-4o-mini --batch
  # go on, using flagged replies too
  $ burnish refine --run runs/alpaca-1f2e3d4c --on-flag use`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Selects the examples with the longest responses, asks a model to criticise and rewrite each, checks the ' +
        'replies, keeps every attempt in a run directory, and writes the training set.',
    )
    .argument('[dataset]', 'Alpaca or fastchat rows, as .json or .jsonl, also .gz')
    .option(
      '--run <dir>',
      'the run directory (default: runs/<dataset>-<identity>); alone: go on with that run',
    )
    .option('-o, --output <file>', 'where the training set goes (default: into the run directory)');
  for (const option of selectionOptions()) command.addOption(option);
  command.addOption(
    new Option('--limit <n>', 'a pilot: ask about at most N examples now, repairs included').argParser(
      wholeNumber(1),
    ),
  );
  command.option(
    '--dry-run',
    'only tell what would be asked, what it would cost, and how long it would take',
  );
  for (const option of [...modelOptions(), fromOption(), toOption(), skipBadRowsOption()]) {
    command.addOption(option);
  }
  for (const option of [...policyOptions(), ...judgeOptions(), ...sendingOptions(), ...batchOptions()])
    command.addOption(option);
  command
    .addOption(checksOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (dataset: string | undefined, options: RefineOptions) => {
      finish((await refine(dataset, options, io)).status);
    });
}

/**
 * Runs `burnish refine`.
 *
 * @returns the exit status, and the run directory
 */
export async function refine(
  dataset: string | undefined,
  given: RefineOptions,
  io: Io,
): Promise<{ status: number; dir: string }> {
  const { run: named, dryRun, yes, json = false, ...others } = given;
  const options = await readPromptOption(others, io);
  const prepared = await prepareRun(dataset, named, options, io);
  const { dir, settings } = prepared;
  const refinement = await refinementOf(prepared, options, io);
  printHeader(prepared, io);
  if (dryRun === true) {
    printPlan(dir, await planRefinement(refinement), json, io);
    return { status: 0, dir };
  }
  const run = await openRefinement(refinement, agreement({ yes }, io), io);
  if (run === null) return { status: declined(dir, json, io), dir };
  try {
    io.stderr.write(
      `asking:    ${formatNumberOf(examplesToAsk(run, refinement).length, 'example')}` +
        ` (${run.selection.length - pendingExamples(run).length} of ${run.selection.length} done before)\n`,
    );
    if (options.batch !== true) tellInBatches(run, examplesInBatches(run.batches).size, io);
    const { end, conclusion } = await refineRun(run, refinement, terminalHost(io));
    printConclusion(run, conclusion, end, io);
    if (json) writeJson(conclusionData(run, conclusion), io);
    const status = statusOf(conclusion.ledger, end, conclusion.judging.unjudged);
    const isCutOff = end.interrupted && countRepaired(conclusion.ledger, settings).due > 0;
    return { status: isCutOff ? 130 : status, dir };
  } finally {
    await run.close();
  }
}
