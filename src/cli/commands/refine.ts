import type { Command } from 'commander';
import { Option } from 'commander';
import type { Example } from '../../dataset/example.js';
import { loadRepairPrompt } from '../../prompt/load-prompt.js';
import { formatNumberOf } from '../../report/figures.js';
import { countRepaired } from '../../report/repairs.js';
import { examplesInBatches } from '../../run/batch/batch-record.js';
import { createRun } from '../../run/create-run.js';
import { pendingExamples } from '../../run/ledger.js';
import { limitExamples } from '../../run/limit-examples.js';
import { ownRun } from '../../run/own-run.js';
import { pendingOutsideBatches, roundsOfPending } from '../../run/pending-rounds.js';
import { readRun } from '../../run/read-run.js';
import { repairsOf, roundsWithRepairs } from '../../run/repair-rounds.js';
import { emptyRun } from '../../run/start-run.js';
import type { Task } from '../../run/task.js';
import type { Finish } from '../command-module.js';
import { conclusionData, printConclusion, tellInBatches } from '../conclusion.js';
import { askRoundsWithProgress, type Call, type CallEnd, conclude, statusOf } from '../conduct.js';
import { askInBatchesWithProgress, requireBatches } from '../conduct-batch.js';
import { judgeWithProgress } from '../conduct-judge.js';
import { agreeToCost, declined, priceFor, pricesOf, printPlan } from '../cost.js';
import type { Io } from '../io.js';
import { judgeOf } from '../judge-of-run.js';
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
import type { RefineOptions } from '../refine-options.js';
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
  options: RefineOptions,
  io: Io,
): Promise<{ status: number; dir: string }> {
  const prepared = await prepareRun(dataset, options, io);
  const { dir, draft, settings, manifest } = prepared;
  if (options.batch === true) requireBatches(prepared.spec);
  const { suite } = prepared.checks;
  const which = { suite, ids: null, limit: options.limit };
  const judge = await judgeOf(settings, prepared.spec, which, io);
  printHeader(prepared, io);
  const price = await priceFor(prepared.spec, settings, io);
  const call: Call = {
    spec: prepared.spec,
    prompt: prepared.prompt,
    purpose: 'first',
    temperature: manifest.identity.temperature,
    maxTokens: manifest.identity.maxTokens,
    price,
    prices: pricesOf(prepared.spec, price, judge),
    judge,
    batch: options.batch === true,
    checks: prepared.checks,
    sending: options,
  };
  const repairing = { suite, prompt: await loadRepairPrompt(), again: call };
  /** The repairs for which a limit leaves room beside the examples that are asked for the first time. */
  const within = (repairs: readonly Task[], asked: readonly Example[]): readonly Task[] =>
    repairs.slice(0, Math.max(0, (options.limit ?? Infinity) - asked.length));
  if (options.dryRun === true) {
    const record = draft === null ? await readRun(dir) : emptyRun(dir, draft);
    const pending = pendingOutsideBatches(record);
    await printPlan(record, pending, options.limit, call, settings, options.json === true, io, {
      due: within(await repairsOf(record, settings, repairing), pending),
      most: settings.repair,
    });
    return { status: 0, dir };
  }
  if (draft !== null) {
    const asked = draft.selection.slice(0, options.limit);
    if (!(await agreeToCost(emptyRun(dir, draft), asked, call, settings, io))) {
      return { status: declined(dir, options.json === true, io), dir };
    }
    await createRun(dir, draft.manifest, draft.selection, draft.prompt);
  }
  const run = await ownRun(dir);
  try {
    for (const warning of run.warnings) io.stderr.write(`warning: ${warning}\n`);
    const asked = pendingOutsideBatches(run).slice(0, options.limit);
    const findRepairs = async () => within(await repairsOf(run, settings, repairing), asked);
    if (draft === null && !(await agreeToCost(run, asked, call, settings, io, findRepairs))) {
      return { status: declined(dir, options.json === true, io), dir };
    }
    await run.saveSettings(settings);
    io.stderr.write(
      `asking:    ${formatNumberOf(asked.length, 'example')}` +
        ` (${run.selection.length - pendingExamples(run).length} of ${run.selection.length} done before)\n`,
    );
    if (!call.batch) tellInBatches(run, examplesInBatches(run.batches).size, io);
    const pending = roundsOfPending(run, call);
    const limited = limitExamples(options.limit);
    const ask = async (): Promise<CallEnd> => {
      const rounds = limited(roundsWithRepairs(pending, run, settings, repairing));
      const asked = call.batch
        ? await askInBatchesWithProgress(run, rounds, call, options, io)
        : await askRoundsWithProgress(run, rounds, call, io);
      return judgeWithProgress(run, call, asked, io);
    };
    const due = limited(() => repairsOf(run, settings, repairing));
    let end = await ask();
    // What a judge flags may have to be repaired, and repairs have to be judged.
    for (let repairs = 0; judge !== null && repairs < settings.repair; repairs++) {
      if (end.interrupted || end.budgetSpent !== null || (await due(new Set())).length === 0) break;
      end = await ask();
    }
    const conclusion = await conclude(run, call.checks);
    printConclusion(run, conclusion, end, io);
    if (options.json) {
      writeJson(conclusionData(run, conclusion), io);
    }
    const status = statusOf(conclusion.ledger, end, conclusion.judging.unjudged);
    const isCutOff = end.interrupted && countRepaired(conclusion.ledger, settings).due > 0;
    return { status: isCutOff ? 130 : status, dir };
  } finally {
    await run.close();
  }
}
