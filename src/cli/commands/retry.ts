import type { Command } from 'commander';
import type { Call } from '../../conduct/call.js';
import type { RetryOptions as Options } from '../../conduct/call-options.js';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import { changeBudgets } from '../../conduct/price.js';
import { openRetry, planRetry, type RetryOrder, retryCallOf, retryRun } from '../../conduct/retry-run.js';
import { toLedgerLine } from '../../export/ledger-file.js';
import { formatNumberOf } from '../../report/figures.js';
import { planData, planLines } from '../../report/plan.js';
import { changeLines, changesOf, type RetryChanges } from '../../report/retry-changes.js';
import { retryLines } from '../../report/retry-list.js';
import { judgingState } from '../../run/judge-rounds.js';
import type { LedgerEntry } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { ownRun } from '../../run/own-run.js';
import { type RunRecord, readRun } from '../../run/read-run.js';
import { wouldAnswerTheSame } from '../../run/same-request.js';
import { findVerdictChanges } from '../../run/verdict-changes.js';
import { agreement, declined } from '../agreement.js';
import type { Finish } from '../command-module.js';
import { conclusionData, printConclusion } from '../conclusion.js';
import { statusOf } from '../exit-status.js';
import { findRun } from '../find-run.js';
import { columnsOf, type Io, painter } from '../io.js';
import { jsonOption, modelOptions, OF_THE_RUN, sendingOptions } from '../options.js';
import { type PromptOption, readPromptOption } from '../refine-options.js';
import { type RetryChoiceOptions, retryChoiceOptions } from '../retry-options.js';
import { takeOrder } from '../retry-order.js';
import { terminalHost } from '../terminal-host.js';
import { writeJson } from '../write-json.js';

interface RetryOptions extends RetryChoiceOptions, Omit<Options, keyof PromptOption>, PromptOption {
  readonly dryRun?: boolean;
  /** Asks no question. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ burnish retry --failed --temperature 0.7
  # what two checks found, with another model; first only look at the plan
  $ burnish retry --check truncated no_answer --model gpt-4o --dry-run
  # what was kept or blocked of the last two hours
  $ burnish retry --outcome kept blocked --since 2h --prompt mine.md`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Asks again for chosen examples of a run, for exactly those, and tells what it has changed. Earlier attempts ' +
        'stay; the best one counts. Examples that a person decided on are left alone, unless named with --ids. Of ' +
        '--failed, --flagged, --check and --outcome one is enough; --since narrows. Model, prompt and sampling can ' +
        'differ for this time.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)');
  for (const option of retryChoiceOptions()) command.addOption(option);
  command.option('--dry-run', 'only list what would be asked, and tell what it would cost');
  for (const option of [...modelOptions(OF_THE_RUN), ...sendingOptions(), jsonOption()])
    command.addOption(option);
  command.addHelpText('after', EXAMPLES).action(async (name: string | undefined, options: RetryOptions) => {
    finish(await retry(name, options, io));
  });
}

const NOTHING_TO_ASK = 'There is nothing to ask again; nothing was sent.\n';

async function retry(name: string | undefined, options: RetryOptions, io: Io): Promise<number> {
  const dir = await findRun(name, io.cwd);
  if (options.dryRun === true) {
    await plan(await readRun(dir), options, io);
    return 0;
  }
  const run = await ownRun(dir);
  try {
    const checks = await checksOfRun(run, io);
    const ledger = await loadLedger(run, checks.suite);
    const order = takeOrder(run, ledger, checks.suite, options, io);
    const { examples } = order;
    if (examples.length === 0) {
      io.stderr.write(NOTHING_TO_ASK);
      if (options.json === true) {
        const judging = judgingState(ledger, run.manifest.settings);
        const data = conclusionData(run, {
          ledger,
          changes: findVerdictChanges(run, ledger, checks),
          judging,
          output: null,
        });
        writeJson({ ...data, retry: retryData(changesOf(ledger, ledger, new Set()), order) }, io);
      }
      return statusOf(ledger);
    }
    const call = await retryCallOf(run, examples, await readPromptOption(options, io), checks, io);
    hintAtSameAnswers(order.entries, call, io);
    const budgets = changeBudgets(run.manifest.settings, options);
    if (!(await openRetry(run, examples, call, budgets, agreement(options, io))))
      return declined(run.dir, options.json === true, io);
    const earlier = run.attempts.length;
    const { end, conclusion } = await retryRun(run, examples, call, terminalHost(io));
    const asked = new Set(run.attempts.slice(earlier).map(({ example }) => example));
    const changes = changesOf(ledger, conclusion.ledger, asked);
    printChanges(changes, io);
    printConclusion(run, conclusion, end, io);
    if (options.json === true) {
      writeJson({ ...conclusionData(run, conclusion), retry: retryData(changes, order) }, io);
    }
    // Earlier answers may leave nothing pending, though not all that was ordered was asked.
    return end.interrupted ? 130 : statusOf(conclusion.ledger, end, conclusion.judging.unjudged);
  } finally {
    await run.close();
  }
}

/** Lists what would be asked, and tells what that would cost; nothing is sent or written. */
async function plan(run: RunRecord, options: RetryOptions, io: Io): Promise<void> {
  const checks = await checksOfRun(run, io);
  const order = takeOrder(run, await loadLedger(run, checks.suite), checks.suite, options, io);
  if (order.entries.length === 0 && options.json !== true) {
    io.stderr.write(NOTHING_TO_ASK);
    return;
  }
  const call = await retryCallOf(run, order.examples, await readPromptOption(options, io), checks, io);
  hintAtSameAnswers(order.entries, call, io);
  const wanted = await planRetry(run, order.examples, call, changeBudgets(run.manifest.settings, options));
  if (options.json === true) {
    const { leftAlone } = order;
    writeJson(
      { run: run.dir, examples: order.entries.map(toLedgerLine), leftAlone, plan: planData(wanted) },
      io,
    );
    return;
  }
  const lines = [...retryLines(order.entries, columnsOf(io.stdout)), ...planLines(wanted)];
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** Says so when paying again will mostly bring what is there already. */
function hintAtSameAnswers(entries: readonly LedgerEntry[], call: Call, io: Io): void {
  const { spec, ...parameters } = call;
  const same = entries.filter((entry) => wouldAnswerTheSame(entry, { ...parameters, model: spec.name }));
  if (same.length === 0) return;
  io.stderr.write(
    `note: ${formatNumberOf(same.length, 'example')} had an answer to this very request at temperature 0, and much ` +
      'the same will come again; change --temperature (0.7, say), --model or --prompt\n',
  );
}

function printChanges(changes: RetryChanges, io: Io): void {
  const asked = formatNumberOf(changes.examples.length, 'example');
  const title = painter(io.stderr, io.env)('bold', `Before and after (${asked} asked again)`);
  io.stderr.write(`${['', title, ...changeLines(changes)].join('\n')}\n`);
}

function retryData(changes: RetryChanges, { leftAlone }: RetryOrder): object {
  return { ...changes, leftAlone };
}
